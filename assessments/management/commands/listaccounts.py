"""Lists who has an account, whether they can sign in, and what they may do where."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef, Q

from assessments.accounts.models import User
from assessments.models import Membership, Role, Workspace


class Command(BaseCommand):
    help = (
        "List the accounts: address, name, when somebody signed in last, second step, and the role in each workspace with "
        "the id by which other commands name it. Workspaces that nobody owns come last."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "words", nargs="?", default="", help="only those with these words in address, name or workspace"
        )

    def handle(self, *args: Any, words: str, **options: Any) -> None:
        wanted = Q(email__icontains=words) | Q(name__icontains=words)
        wanted |= Q(memberships__workspace__name__icontains=words)
        found = list(User.objects.filter(wanted).distinct().order_by("email") if words else _everybody())
        memberships: dict[int, list[Membership]] = {}
        for each in Membership.objects.select_related("workspace").order_by("workspace__name", "pk"):
            memberships.setdefault(each.user_id, []).append(each)
        second = set(Authenticator.objects.values_list("user", flat=True))
        for user in found:
            self._tell(user, memberships.get(user.pk, []), second_step=user.pk in second)
        self.stdout.write(f"Accounts: {len(found)}.")
        for workspace in _ownerless():
            self.stdout.write(f"Nobody owns the workspace {workspace.name} ({workspace.public_id}).")

    def _tell(self, user: User, memberships: list[Membership], *, second_step: bool) -> None:
        told = [user.email if not user.name else f"{user.email} ({user.name})"]
        if not user.is_active:
            told.append("switched off")
        seen = f"signed in last on {user.last_login:%Y-%m-%d}" if user.last_login else "never signed in"
        told += [seen, "second step" if second_step else "no second step"]
        self.stdout.write(", ".join(told))
        for each in memberships:
            self.stdout.write(f"    {each.role} of {each.workspace.name} ({each.workspace.public_id})")


def _everybody() -> Any:
    return User.objects.order_by("email")


def _ownerless() -> Any:
    owners = Membership.objects.filter(role=Role.OWNER, workspace=OuterRef("pk"))
    return Workspace.objects.filter(~Exists(owners)).order_by("name")
