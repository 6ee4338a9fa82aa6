"""Deletes somebody's account, for an operator who is asked to by mail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.accounts.leaving import HeldError, end_account, ending_of
from assessments.accounts.models import User
from assessments.models import Invitation


class Command(BaseCommand):
    help = (
        "Delete an account with everything that is stored of it, the invitations to its address, and the workspaces in "
        "which nobody else is. A workspace with others in it needs another owner first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *args: Any, email: str, dry_run: bool = False, **options: Any) -> None:
        address = email.strip().lower()
        user = User.objects.filter(email=address).first()
        if user is None:
            count = 0 if dry_run else Invitation.objects.filter(email=address).delete()[0]
            if count:
                self.stdout.write(f"There is no account with {address}. Invitations deleted: {count}.")
                return
            raise CommandError(f"There is no account with {address}, and nobody was invited by it.")
        ending = ending_of(user)
        if dry_run:
            self.stdout.write(f"Would delete the account {address}.{_with(ending.erased)}")
            return
        try:
            end_account(request=None, user=user)
        except HeldError as held:
            names = ", ".join(each.name for each in ending.held)
            raise CommandError(
                f"{address} is the only owner of {names}, where others work. Make one of them an owner first."
            ) from held
        self.stdout.write(f"Deleted the account {address}.{_with(ending.erased)}")


def _with(workspaces: tuple[Any, ...]) -> str:
    names = ", ".join(each.name for each in workspaces)
    return f" With it, since nobody else is in there: {names}." if names else ""
