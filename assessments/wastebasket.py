"""The bin of a workspace: what was deleted waits there for a while, and can be taken back as it was."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from assessments import audit
from assessments.answering import delete_assessment
from assessments.erasures import record
from assessments.models import Assessment, Client, Workspace

DAYS = 30
"""So long something can be taken back."""

SINGLE = Q(client__binned=None) | ~Q(client__binned=F("binned"))


def assessments_in(workspace: Workspace) -> QuerySet[Assessment]:
    """The assessments that were deleted by themselves, the latest first, with their clients."""
    found = Assessment.objects.filter(SINGLE, client__workspace=workspace, binned__isnull=False)
    return found.select_related("client").order_by("-binned", "-pk")


def clients_in(workspace: Workspace) -> QuerySet[Client]:
    """The clients that were deleted, with everything about them, the latest first."""
    return workspace.clients.filter(binned__isnull=False).order_by("-binned", "-pk")


def restorable_until(binned: datetime) -> datetime:
    """When something that was deleted at this moment is gone for good."""
    return binned + timedelta(days=DAYS)


# --- Into the bin and out of it ---------------------------------------------------------------------------------------


def bin_assessment(*, request: HttpRequest | None, assessment: Assessment) -> None:
    """Put an assessment of a client into the bin. From then on nobody finds it, its private link included."""
    with transaction.atomic():
        if Assessment.objects.filter(pk=assessment.pk, binned=None).update(binned=timezone.now()):
            _note(request, "assessment.binned", assessment)


def restore_assessment(*, request: HttpRequest, assessment: Assessment) -> None:
    """Take an assessment back as it was; its client too, where that was deleted after it."""
    with transaction.atomic():
        if assessment.client and assessment.client.binned:
            Client.objects.filter(pk=assessment.client.pk).update(binned=None)
        Assessment.objects.filter(pk=assessment.pk).update(binned=None)
        _note(request, "assessment.restored", assessment)


def bin_client(*, request: HttpRequest, client: Client) -> None:
    """Put a client into the bin, with all its assessments. What is there already stays there by itself."""
    now = timezone.now()
    with transaction.atomic():
        if Client.objects.filter(pk=client.pk, binned=None).update(binned=now):
            count = client.assessments.filter(binned=None).update(binned=now)
            _note_client(request, "client.binned", client, assessments=count)


def restore_client(*, request: HttpRequest, client: Client) -> None:
    """Take a client back, and the assessments that were deleted with it."""
    with transaction.atomic():
        client.assessments.filter(binned=client.binned).update(binned=None)
        Client.objects.filter(pk=client.pk).update(binned=None)
        _note_client(request, "client.restored", client)


# --- For good ---------------------------------------------------------------------------------------------------------


def erase_assessment(*, request: HttpRequest | None, assessment: Assessment) -> None:
    """Delete an assessment in the bin for good, with its answers, notes and links."""
    with transaction.atomic():
        _note(request, "assessment.erased", assessment)
        delete_assessment(assessment=assessment)


def erase_client(*, request: HttpRequest | None, client: Client) -> None:
    """Delete a client in the bin for good, with all its assessments. The trail keeps no name of it."""
    with transaction.atomic():
        _note_client(request, "client.erased", client, assessments=client.assessments.count())
        record("client", client.public_id)
        client.delete()


def erase_expired(now: datetime) -> int:
    """Delete for good what has been in a bin for long enough; how many assessments."""
    over = now - timedelta(days=DAYS)
    count = 0
    for client in Client.objects.filter(binned__lte=over).select_related("workspace"):
        count += client.assessments.count()
        erase_client(request=None, client=client)
    for assessment in Assessment.objects.filter(binned__lte=over).select_related("client__workspace"):
        erase_assessment(request=None, assessment=assessment)
        count += 1
    return count


def count_expired(now: datetime) -> int:
    """How many assessments that would be."""
    over = now - timedelta(days=DAYS)
    return Assessment.objects.filter(Q(binned__lte=over) | Q(client__binned__lte=over)).count()


def _note(request: HttpRequest | None, action: str, assessment: Assessment) -> None:
    workspace = assessment.client.workspace if assessment.client else None
    audit.note(request, action, workspace=workspace, subject=assessment.public_id)


def _note_client(request: HttpRequest | None, action: str, client: Client, **details: Any) -> None:
    audit.note(request, action, workspace=client.workspace, subject=client.public_id, **details)
