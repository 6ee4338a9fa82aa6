"""The trail: lines are added, and nobody changes them or takes them away while they are to be kept."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from assessments import audit
from assessments.models import AuditEvent
from assessments.trail import KEPT_MONTHS, protect, unprotect
from tests.factories import WorkspaceFactory


@pytest.fixture
def event(db: None) -> AuditEvent:
    """A line of a trail that is protected as in use; other tests have to be able to empty the table."""
    unprotect(connection)
    protect(connection)
    workspace = WorkspaceFactory()
    audit.note(None, "assessment.removed", workspace=workspace, subject="abc", after_days=30)
    return AuditEvent.objects.get()


def test_a_line_says_who_did_what_to_which(event: AuditEvent) -> None:
    assert (event.actor, event.actor_kind, event.action) == (None, "system", "assessment.removed")
    assert (event.subject, event.details) == ("abc", {"after_days": 30})


def test_it_can_be_neither_changed_nor_deleted(event: AuditEvent) -> None:
    for change in (
        lambda: AuditEvent.objects.update(action="nothing"),
        event.delete,
        AuditEvent.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert AuditEvent.objects.get().action == "assessment.removed"


def test_it_goes_when_its_time_is_over(event: AuditEvent) -> None:
    long_ago = timezone.now() - timedelta(days=31 * KEPT_MONTHS + 1)
    old = AuditEvent.objects.create(actor_kind="system", action="assessment.removed", at=long_ago)
    AuditEvent.objects.filter(pk=old.pk).delete()
    assert AuditEvent.objects.get() == event
