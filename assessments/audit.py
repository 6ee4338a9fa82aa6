"""The one place that writes the trail: who did what to which object of a workspace."""

from typing import Any

from django.http import HttpRequest

from assessments.access import signed_in
from assessments.models import AuditEvent, Workspace


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
    user = request.user.pk if request is not None and signed_in(request) and not reader else None
    kind = "reader" if reader else "system" if request is None else "client" if user is None else "user"
    AuditEvent.objects.create(
        workspace=workspace.pk if workspace else None,
        actor=user,
        actor_kind=kind,
        action=action,
        subject=subject,
        details=details,
    )
