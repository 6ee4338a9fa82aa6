"""Lets somebody in again who has forgotten the password, where no mail reaches them."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.accounts.upkeep import password_link
from assessments.management.accounts import account_at


class Command(BaseCommand):
    help = (
        "Print a link by which somebody chooses a new password; it works once, within three days, and ends when somebody "
        "signs in. You never know the password, and the old one works until then. Be sure who asks for it, and give the link "
        "to nobody else. A second step stays on: switchoffsecondstep is for who has lost that too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = account_at(email)
        if not user.is_active:
            raise CommandError(
                f"{user.email} is switched off. `manage.py switchaccount {user.email} on` comes first."
            )
        self.stdout.write(password_link(user))
        if not settings.PUBLIC_URL:
            self.stderr.write(
                "Put the address of this server in front of it: GROUNDWORK_PUBLIC_URL does not say what that is."
            )
