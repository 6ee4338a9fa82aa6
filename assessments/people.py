"""The one place that decides who works in a workspace: inviting, joining, roles, leaving; and new workspaces."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from assessments import throttle
from assessments.accounts.access import account_of
from assessments.accounts.models import User
from assessments.answering import clean_line
from assessments.audit import note
from assessments.links import TOKEN_LENGTH, digest_of
from assessments.models import Invitation, Membership, Role, Workspace
from assessments.models.assessment import NAME_LENGTH

INVITATION_LASTS = timedelta(days=7)
MOST_AN_HOUR = 20
"""Invitations that one person may send: enough for a team, too few for a nuisance."""


class LastOwnerError(Exception):
    """Somebody has to be left who may do everything."""


class AlreadyInError(Exception):
    """The person is in the workspace already."""


# --- Inviting ---------------------------------------------------------------------------------------------------------


def invite(*, request: HttpRequest, workspace: Workspace, email: str, role: Role) -> tuple[Invitation, str]:
    """Ask somebody in; returns the invitation and the secret of its link, which is stored nowhere.

    A second invitation to the same address takes the place of the first. Raises AlreadyInError, and TooOftenError.
    """
    throttle.check_in("invitations by", str(request.user.pk), most=MOST_AN_HOUR)
    address, secret = email.lower(), secrets.token_urlsafe(32)
    with _alone_in(workspace):
        if workspace.memberships.filter(user__email=address).exists():
            raise AlreadyInError
        workspace.invitations.filter(email=address).delete()
        made = Invitation.objects.create(
            workspace=workspace,
            email=address,
            role=role,
            digest=digest_of(secret),
            invited_by_id=account_of(request).pk,
            expires=timezone.now() + INVITATION_LASTS,
        )
        note(request, "member.invited", workspace=workspace, invitation=made.pk, role=role)
    return made, secret


def take_back(*, request: HttpRequest, invitation: Invitation) -> None:
    """End an invitation that nobody has used; its link opens nothing any more."""
    with _alone_in(invitation.workspace):
        if Invitation.objects.filter(pk=invitation.pk).delete()[0]:
            note(request, "member.uninvited", workspace=invitation.workspace, invitation=invitation.pk)


def join(*, request: HttpRequest, invitation: Invitation) -> Membership:
    """Let whoever is signed in into the workspace. The invitation ends with it; a role they have already stays.

    Raises Http404 if it ended in the meantime.
    """
    workspace = invitation.workspace
    with _alone_in(workspace):
        open_ones = Invitation.objects.filter(pk=invitation.pk, expires__gt=timezone.now())
        if not open_ones.delete()[0]:
            raise Http404
        membership, is_new = Membership.objects.get_or_create(
            workspace=workspace, user_id=account_of(request).pk, defaults={"role": invitation.role}
        )
        if is_new:
            note(request, "member.joined", workspace=workspace, role=membership.role)
    return membership


# --- Roles, and going ---------------------------------------------------------------------------------------------------


def change_role(*, request: HttpRequest, membership: Membership, role: Role) -> None:
    """Give somebody another role. Raises LastOwnerError, and Http404 if they have gone in the meantime."""
    workspace = membership.workspace
    with _alone_in(workspace):
        before = _still_there(membership)
        if before.role == role:
            return
        if role != Role.OWNER:
            _keep_an_owner(before)
        workspace.memberships.filter(pk=membership.pk).update(role=role)
        note(request, "member.role", workspace=workspace, user=before.user_id, before=before.role, now=role)
        _end_invitations_of(workspace, before, request)


def remove(*, request: HttpRequest, membership: Membership) -> None:
    """Take somebody out of the workspace, or let them go by themselves. Raises as ``change_role`` does."""
    workspace = membership.workspace
    with _alone_in(workspace):
        before = _still_there(membership)
        _keep_an_owner(before)
        action = "member.left" if before.user_id == request.user.pk else "member.removed"
        note(request, action, workspace=workspace, user=before.user_id, role=before.role)
        if action == "member.removed":
            _end_invitations_of(workspace, before, request)
        before.delete()


def give_role(*, workspace: Workspace, user: User, role: Role) -> str:
    """What whoever runs the server does: somebody has this role from now on; what they were before, "" for not being in.

    Raises LastOwnerError.
    """
    with _alone_in(workspace):
        before = workspace.memberships.filter(user=user).first()
        if before is None:
            Membership.objects.create(workspace=workspace, user=user, role=role)
            note(None, "member.let_in", workspace=workspace, user=user.pk, role=role)
        elif before.role != role:
            _keep_an_owner(before)
            workspace.memberships.filter(pk=before.pk).update(role=role)
            note(None, "member.role", workspace=workspace, user=user.pk, before=before.role, now=role)
            _end_invitations_of(workspace, before, None)
    return before.role if before else ""


def _end_invitations_of(workspace: Workspace, member: Membership, request: HttpRequest | None) -> None:
    """End what an owner has sent and nobody has used: else they could come back by one, in any role they liked."""
    if member.role != Role.OWNER:
        return
    for each in workspace.invitations.filter(invited_by=member.user_id):
        note(request, "member.uninvited", workspace=workspace, invitation=each.pk)
        each.delete()


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(workspace=membership.workspace_id, role=Role.OWNER)
    if membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwnerError


def _still_there(membership: Membership) -> Membership:
    found = Membership.objects.filter(pk=membership.pk).select_related("user").first()
    if found is None:
        raise Http404
    return found


@contextmanager
def _alone_in(workspace: Workspace) -> Iterator[None]:
    """A transaction in which nobody else changes who is in the workspace, so that two owners cannot leave at once.

    SQLite has no locks on rows: there every transaction waits for its turn, see the settings.
    """
    with transaction.atomic():
        if connection.features.has_select_for_update:
            Workspace.objects.select_for_update().filter(pk=workspace.pk).exists()
        yield


# --- Workspaces ---------------------------------------------------------------------------------------------------------


def start_workspace(*, request: HttpRequest | None, owner: User, name: str) -> Workspace:
    """A new workspace with its first owner. Raises RefusedError for a name that cannot be stored."""
    cleaned = clean_name(name)
    with transaction.atomic():
        workspace = Workspace.objects.create(name=cleaned)
        Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
        note(request, "workspace.started", workspace=workspace, subject=workspace.public_id, owner=owner.pk)
    return workspace


def rename_workspace(*, request: HttpRequest, workspace: Workspace, name: str) -> None:
    """Give a workspace another name. Raises RefusedError for one that cannot be stored."""
    cleaned = clean_name(name)
    with transaction.atomic():
        Workspace.objects.filter(pk=workspace.pk).update(name=cleaned)
        note(request, "workspace.renamed", workspace=workspace, subject=workspace.public_id)


def clean_name(name: str) -> str:
    """A name as it is stored, in one line. Raises RefusedError."""
    return clean_line(name, NAME_LENGTH, gettext("Name"), gettext("Enter a name for the workspace"))


# --- Reading ------------------------------------------------------------------------------------------------------------


def people_of(workspace: Workspace) -> tuple[Membership, ...]:
    """Everybody in the workspace: owners first, then by name. One query."""
    found = workspace.memberships.select_related("user")
    order = list(Role)
    return tuple(sorted(found, key=lambda each: (order.index(Role(each.role)), str(each.user).casefold())))


def invitations_of(workspace: Workspace) -> tuple[Invitation, ...]:
    """Those that nobody has used, the newest first, those that are too old among them. One query."""
    return tuple(workspace.invitations.order_by("-made", "-pk"))


def member_in(workspace: Workspace, number: int) -> Membership:
    """One of the people in this workspace. Raises Http404 for those of others too."""
    found = workspace.memberships.filter(pk=number).select_related("user", "workspace").first()
    if found is None:
        raise Http404
    return found


def invitation_in(workspace: Workspace, number: int) -> Invitation:
    """One of the invitations into this workspace. Raises Http404 for those into others too."""
    found = workspace.invitations.filter(pk=number).select_related("workspace").first()
    if found is None:
        raise Http404
    return found


def invitation_behind(token: str) -> Invitation | None:
    """The invitation to which this link leads, as long as it is in force."""
    return _in_force(digest=digest_of(token)) if len(token) == TOKEN_LENGTH else None


def invitation_numbered(number: int | None) -> Invitation | None:
    """The invitation with this number, as long as it is in force."""
    return None if number is None else _in_force(pk=number)


def _in_force(**which: str | int) -> Invitation | None:
    found = Invitation.objects.filter(**which, expires__gt=timezone.now())
    return found.select_related("workspace", "invited_by").first()
