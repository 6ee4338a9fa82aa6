"""Everything that is stored of an account, to take along; and the end of an account."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest

from assessments import audit
from assessments.accounts import sessions
from assessments.accounts.models import User
from assessments.erasures import record
from assessments.letters import erase_letters_to
from assessments.models import AuditEvent, Invitation, Membership, Role, Ruling, Workspace

type Json = dict[str, Any]

MOST_LINES = 5_000
"""Lines of the trail in one file, the newest."""


# --- Taking along ---------------------------------------------------------------------------------------------------------


def data_of(user: User) -> Json:
    """All of it, without what opens anything. Seven queries."""
    return {
        "about": {
            "email": user.email,
            "name": user.name,
            "joined": user.joined.isoformat(),
            "last_signed_in": user.last_login and user.last_login.isoformat(),
        },
        "workspaces": [
            {"name": each.workspace.name, "role": each.role, "since": each.since.isoformat()}
            for each in Membership.objects.filter(user=user).select_related("workspace").order_by("pk")
        ],
        "invitations": [
            {"workspace": each.workspace.name, "role": each.role, "made": each.made.isoformat()}
            for each in Invitation.objects.filter(email=user.email).select_related("workspace").order_by("pk")
        ],
        "second_steps": [
            {"kind": each.type, "made": each.created_at.isoformat()}
            for each in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "connections": [
            {"server": each.provider, "since": each.date_joined.isoformat()}
            for each in SocialAccount.objects.filter(user=user).order_by("pk")
        ],
        "signed_in": [
            {"browser": each.user_agent, "network": each.ip, "since": each.created_at.isoformat()}
            for each in UserSession.objects.filter(user=user).order_by("pk")
        ],
        "trail": [_line(each, user) for each in _trail_of(user)],
    }


def _trail_of(user: User) -> list[AuditEvent]:
    mine = AuditEvent.objects.filter(Q(actor=user.pk, actor_kind="user") | Q(details__user=user.pk))
    return list(mine.order_by("-pk")[:MOST_LINES])


def _line(event: AuditEvent, user: User) -> Json:
    return {
        "at": event.at.isoformat(),
        "what": event.action,
        "by_you": event.actor == user.pk,
        "network": event.network,
    }


# --- Ending ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of an account means for the workspaces that somebody is in."""

    left: tuple[Workspace, ...]
    """Others own these too, or somebody else works on in them."""
    erased: tuple[Workspace, ...]
    """Nobody else is in these: they go, with all clients and assessments."""
    held: tuple[Workspace, ...]
    """Others are in these and nobody else owns them: first somebody has to."""


def ending_of(user: User) -> Ending:
    """One query."""
    others = Count("memberships", filter=~Q(memberships__user=user))
    owners = Count("memberships", filter=~Q(memberships__user=user) & Q(memberships__role=Role.OWNER))
    mine = Workspace.objects.filter(memberships__user=user).values("pk")
    found = (
        Workspace.objects.filter(pk__in=mine).annotate(others=others, owners=owners).order_by("name", "pk")
    )
    owned = set(Membership.objects.filter(user=user, role=Role.OWNER).values_list("workspace", flat=True))
    alone = [each for each in found if not each.others]
    held = [each for each in found if each.others and not each.owners and each.pk in owned]
    left = [each for each in found if each not in alone and each not in held]
    return Ending(tuple(left), tuple(alone), tuple(held))


class HeldError(Exception):
    """Somebody is the only owner of a workspace in which others work."""


def end_account(*, request: HttpRequest | None, user: User) -> None:
    """Delete the account with everything that is stored of it, and the workspaces in which nobody else is.

    The trail keeps the number that the account had, and nothing that says whose it was. Where a report prints who judged
    something differently, the name goes. Raises HeldError.
    """
    with transaction.atomic():
        ending = ending_of(user)
        if ending.held:
            raise HeldError
        for workspace in ending.erased:
            audit.note(request, "workspace.erased", workspace=workspace, subject=workspace.public_id)
            workspace.delete()
            record("workspace", workspace.public_id)
        audit.note_account(request, "account.deleted", user.pk)
        Ruling.objects.filter(by=user).update(by_name="")
        Invitation.objects.filter(email=user.email).delete()
        erase_letters_to(user.email)
        if request is not None:
            sessions.sign_out(request)
        sessions.forget_everywhere(user)
        user.delete()
        record("person", user.email)
