"""The one place that writes the trail: who did what to which object of a workspace."""

from calendar import monthrange
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from assessments import chain, throttle
from assessments.access import signed_in
from assessments.http import coarse, network_of
from assessments.models import ApiToken, Assessment, AuditEvent, Workspace
from assessments.trail import KEPT_MONTHS

MOST_REFUSED = 20
"""Lines an hour about one person whose role does not allow something: more say nothing more."""


def note(
    request: HttpRequest | None,
    action: str,
    *,
    workspace: Workspace | None,
    subject: str = "",
    reader: bool = False,
    **details: Any,
) -> None:
    """Add a line, in the transaction of what it tells of. ``details`` are roles, counts and ids, never names or answers.

    ``request`` is None for what the server does by itself; ``reader`` says that somebody came by a link to read.
    """
    kind, actor = ("reader", None) if reader else _actor(request)
    event = AuditEvent.objects.create(
        workspace=workspace.pk if workspace else None,
        actor=actor,
        actor_kind=kind,
        action=action,
        subject=subject,
        details=details,
        network=coarse(network_of(request)) if request else None,
    )
    chain.seal_soon(event)


def happened(action: str, *, workspace: Workspace, subject: str) -> bool:
    """Whether the trail tells of this. One query, which looks through all that it has about the workspace."""
    return AuditEvent.objects.filter(workspace=workspace.pk, action=action, subject=subject).exists()


def note_work(request: HttpRequest | None, action: str, assessment: Assessment, **details: Any) -> None:
    """A line about work with a client; none where the assessment is in no workspace, whose trail nobody could read."""
    if assessment.client:
        note(request, action, workspace=assessment.client.workspace, subject=assessment.public_id, **details)


def note_account(request: HttpRequest | None, action: str, user: int | None, **details: Any) -> None:
    """A line about an account, which is in no workspace; ``user`` is None where no account has the address."""
    event = AuditEvent.objects.create(
        actor=user,
        actor_kind="user" if request else "system",
        action=action,
        details=details,
        network=coarse(network_of(request)) if request else None,
    )
    chain.seal_soon(event)


def note_refused(request: HttpRequest, workspace: Workspace) -> None:
    """Somebody wanted to open what their role does not allow: a line, and no more than a few an hour."""
    try:
        throttle.check_in("refusals noted", str(request.user.pk), most=MOST_REFUSED)
    except throttle.TooOftenError:
        return
    except throttle.CacheAwayError:  # rather a line too many than none
        pass
    match = request.resolver_match
    note(request, "access.refused", workspace=workspace, page=match.url_name if match else "")


def delete_old(now: datetime) -> int:
    """Delete the lines that have been kept for long enough; how many."""
    return chain.shorten(months_before(now, KEPT_MONTHS))


def months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier, or the last one of a shorter month."""
    years, month = divmod(moment.month - 1 - months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _actor(request: HttpRequest | None) -> tuple[str, int | None]:
    """Who it was: the server itself, a program with its key, somebody with an account, or somebody without one."""
    if request is None:
        return "system", None
    token = getattr(request, "auth", None)  # where a program came in by a key
    if isinstance(token, ApiToken):
        return "token", token.pk
    return ("user", request.user.pk) if signed_in(request) else ("client", None)
