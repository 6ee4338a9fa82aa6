"""Deletes somebody's account, for an operator who is asked to by mail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.accounts.leaving import HeldError, ending_of
from assessments.accounts.models import User
from assessments.erasing import Gone, erase_person
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
        ending = ending_of(user) if user else None
        if dry_run:
            account = (
                f"the account {address}.{_with(ending.erased)}"
                if ending
                else f"no account: none has {address}."
            )
            self.stdout.write(f"Would delete {account}")
            self.stdout.write(
                f"Invitations to it: {Invitation.objects.filter(email__iexact=address).count()}."
            )
            return
        try:
            gone = erase_person(address)
        except HeldError as held:
            names = ", ".join(each.name for each in ending.held) if ending else ""
            raise CommandError(
                f"{address} is the only owner of {names}, where others work. Make one of them an owner first."
            ) from held
        self._tell(address, gone, _with(ending.erased) if ending else None)

    def _tell(self, address: str, gone: Gone, beside: str | None) -> None:
        if beside is None and not (gone.invitations or gone.plan_owners or gone.still_named_in):
            raise CommandError(f"There is no account with {address}, and nobody was invited by it.")
        if beside is None:
            self.stdout.write(f"There is no account with {address}. Invitations deleted: {gone.invitations}.")
        else:
            self.stdout.write(f"Deleted the account {address}.{beside}")
        if gone.plan_owners:
            self.stdout.write(f"Taken out of plans as the owner of moves: {gone.plan_owners}.")
        if gone.still_named_in:
            named = ", ".join(gone.still_named_in)
            self.stdout.write(f"The address still stands in what was written in: {named}. Change that there.")


def _with(workspaces: tuple[Any, ...]) -> str:
    names = ", ".join(each.name for each in workspaces)
    return f" With it, since nobody else is in there: {names}." if names else ""
