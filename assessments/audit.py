"""The one place that writes the trail: who did what to which object of a workspace."""

from typing import Any

from django.http import HttpRequest

from assessments.access import signed_in
from assessments.models import ApiToken, AuditEvent, Workspace


def note(
    request: HttpRequest | None,
    action: str,
    *,
    workspace: Workspace | None,
    subject: str = "",
    reader: bool = False,
    **details: Any,
) -> None:
    """Add a line, in the transaction of what it tells of. ``details`` are names, roles and counts, never answers.

    ``request`` is None for what the server does by itself; ``reader`` says that somebody came by a link to read.
    """
    kind, actor = ("reader", None) if reader else _actor(request)
    AuditEvent.objects.create(
        workspace=workspace.pk if workspace else None,
        actor=actor,
        actor_kind=kind,
        action=action,
        subject=subject,
        details=details,
    )


def _actor(request: HttpRequest | None) -> tuple[str, int | None]:
    """Who it was: the server itself, a program with its key, somebody with an account, or somebody without one."""
    if request is None:
        return "system", None
    token = getattr(request, "auth", None)  # where a program came in by a key
    if isinstance(token, ApiToken):
        return "token", token.pk
    return ("user", request.user.pk) if signed_in(request) else ("client", None)
