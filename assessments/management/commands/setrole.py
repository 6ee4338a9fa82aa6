"""Gives somebody a role in a workspace: where its last owner is gone, nobody at the desk can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.management.accounts import account_at
from assessments.models import Role, Workspace
from assessments.people import LastOwnerError, give_role


class Command(BaseCommand):
    help = (
        "Make somebody owner, consultant or viewer of a workspace, whether they are in it or not. It stands in the trail of "
        "the workspace as done by this server. Owners do this at the desk; this is for a workspace whose owner is gone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument(
            "workspace", help="its id, which listaccounts shows and addresses of the desk hold"
        )
        parser.add_argument("role", choices=Role.values, help="what they may do there")

    def handle(self, *args: Any, email: str, workspace: str, role: str, **options: Any) -> None:
        user = account_at(email)
        found = Workspace.objects.filter(public_id=workspace).first()
        if found is None:
            raise CommandError(
                f"There is no workspace with the id {workspace}. `manage.py listaccounts` shows them."
            )
        try:
            before = give_role(workspace=found, user=user, role=Role(role))
        except LastOwnerError as last:
            raise CommandError(
                f"{user.email} is the only owner of {found.name}. Make somebody else an owner first."
            ) from last
        was = f" Before: {before}." if before else " They were not in it before."
        self.stdout.write(f"{user.email} is {role} of {found.name} now.{was}")
