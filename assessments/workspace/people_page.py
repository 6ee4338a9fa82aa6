"""What the page of a workspace's people says: who, as what, and what can be done about it by whoever looks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from assessments import mail
from assessments.models import Invitation, Membership, Role
from assessments.people import invitations_of, people_of
from assessments.workspace.people_forms import InvitationForm


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    """A role with its name and what it lets somebody do."""

    value: str
    name: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody in the workspace. ``last_owner`` says that they can neither go nor get another role."""

    membership: Membership
    role: str
    is_self: bool
    last_owner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """Somebody who was asked in and has not come yet."""

    invitation: Invitation
    role: str
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """``may_change`` is for owners; the others see who works beside them."""

    people: tuple[PersonRow, ...]
    invitations: tuple[InvitationRow, ...]
    roles: tuple[RoleChoice, ...]
    may_change: bool
    only_printed: bool
    form: InvitationForm
    problem: str = ""


def roles() -> tuple[RoleChoice, ...]:
    """All of them, with what each lets somebody do."""
    return (
        RoleChoice(
            value=Role.OWNER,
            name=gettext("Owner"),
            fact=gettext("Everything a consultant may do, and decides who is in the workspace."),
        ),
        RoleChoice(
            value=Role.CONSULTANT,
            name=gettext("Consultant"),
            fact=gettext("Works with all clients and their assessments, and shares results."),
        ),
        RoleChoice(
            value=Role.VIEWER,
            name=gettext("Viewer"),
            fact=gettext("Reads everything and changes nothing."),
        ),
    )


def role_name(role: str) -> str:
    """What a role is called."""
    return next(each.name for each in roles() if each.value == role)


def people_page(
    request: HttpRequest, membership: Membership, *, form: InvitationForm | None = None, problem: str = ""
) -> dict[str, Any]:
    """What the template prints. Two queries."""
    people, now = people_of(membership.workspace), timezone.now()
    owners = [each for each in people if each.role == Role.OWNER]
    may_change = membership.role == Role.OWNER
    page = PeoplePage(
        people=tuple(
            PersonRow(
                membership=each,
                role=role_name(each.role),
                is_self=each.user_id == request.user.pk,
                last_owner=owners == [each],
            )
            for each in people
        ),
        invitations=tuple(
            InvitationRow(invitation=each, role=role_name(each.role), over=each.expires <= now)
            for each in (invitations_of(membership.workspace) if may_change else ())
        ),
        roles=roles(),
        may_change=may_change,
        only_printed=mail.only_printed(),
        form=form or InvitationForm(),
        problem=problem,
    )
    return {"page": page, "membership": membership, "workspace": membership.workspace, "here": "people"}
