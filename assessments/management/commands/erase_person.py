"""Deletes what is stored of a person, when they ask the operator for it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.erasing import HeldError, erase_person


class Command(BaseCommand):
    help = (
        "Delete the account, the invitations and the place in plans of whoever has this address, and write a fingerprint "
        "of it on the list that replay_erasures reads after a backup was put back. Be sure who asks for it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the person")
        parser.add_argument(
            "--with-workspaces",
            action="store_true",
            help="delete the workspaces that nobody else owns too, with all clients and assessments in them",
        )

    def handle(self, *args: Any, email: str, with_workspaces: bool, **options: Any) -> None:
        try:
            gone = erase_person(email, with_workspaces=with_workspaces)
        except HeldError as held:
            raise CommandError(
                f"Nobody else owns {held}. Let another person become an owner first, or delete these workspaces with "
                "everything in them by --with-workspaces."
            ) from held
        self.stdout.write(
            f"Deleted: accounts {gone.accounts}, workspaces {gone.workspaces}, invitations {gone.invitations}, "
            f"owners of moves {gone.plan_owners}."
        )
        if gone.still_named_in:
            self.stdout.write(
                f"The address still stands in what was written in {', '.join(gone.still_named_in)}. Whoever owns these "
                "assessments has to change that."
            )
