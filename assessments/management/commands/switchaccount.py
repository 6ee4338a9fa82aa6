"""Switches an account off and on: for somebody who has left, and for one that others may have got into."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.accounts.leaving import ending_of
from assessments.accounts.upkeep import switch
from assessments.management.accounts import account_at


class Command(BaseCommand):
    help = (
        "Switch an account off: nobody can sign in to it, and it is signed out everywhere at once. Nothing of it is deleted "
        "(erase_person does that), and keys for programs that it has made go on working until an owner removes them. "
        "Or switch it on again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("to", choices=["off", "on"], help="what it is to be")

    def handle(self, *args: Any, email: str, to: str, **options: Any) -> None:
        user, on = account_at(email), to == "on"
        if not switch(user, on=on):
            self.stdout.write(f"{user.email} was {to} already.")
            return
        self.stdout.write(f"{user.email} is {to} now.{'' if on else ' It is signed out everywhere.'}")
        for each in () if on else ending_of(user).held:
            self.stdout.write(
                f"Nobody else owns {each.name}: `manage.py setrole ADDRESS {each.public_id} owner` makes somebody an owner."
            )
