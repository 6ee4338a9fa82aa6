"""What programs see of a workspace: its clients and assessments, never what a client still keeps to itself."""

from collections.abc import Sequence
from typing import Any

from assessments.answering import answers_of
from assessments.models import Assessment, Client, Workspace

__all__ = [
    "PAGE",
    "Assessment",
    "Client",
    "Workspace",
    "answers_in_full",
    "assessment_of",
    "assessments_in",
    "clients_in",
]

PAGE = 100
"""So many at a time."""


def clients_in(workspace: Workspace, *, page: int) -> Sequence[Client]:
    """By name, one page of them; those in the bin are left out. One query."""
    found = workspace.clients.filter(binned=None).order_by("name", "pk")
    return list(found[(page - 1) * PAGE : page * PAGE])


def assessments_in(workspace: Workspace, *, client: str, page: int) -> Sequence[Assessment]:
    """The newest first, one page of them, of one client if its public id is given. One query."""
    found = Assessment.objects.filter(client__workspace=workspace, binned=None).select_related("client")
    if client:
        found = found.filter(client__public_id=client)
    return list(found.order_by("-created", "-pk")[(page - 1) * PAGE : page * PAGE])


def assessment_of(workspace: Workspace, public_id: str, *, answers: bool) -> Assessment | None:
    """One of them. With ``answers`` only if the client has shared them, as at the desk. One query."""
    found = Assessment.objects.filter(client__workspace=workspace, binned=None, public_id=public_id)
    if answers:
        found = found.filter(kept_by_client=False)
    return found.select_related("client").first()


def answers_in_full(assessment: Assessment) -> list[dict[str, Any]]:
    """Every answer in force: question, value, reason and note. One query."""
    return [
        {"question": question, "value": each.value, "na_reason": each.na_reason, "note": each.note}
        for question, each in sorted(answers_of(assessment).items())
    ]
