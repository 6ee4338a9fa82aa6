"""One writer at a time on an assessment, and only while it is still there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from assessments.models import Assessment
from assessments.statements import touch


class DeletedError(LookupError):
    """The assessment was deleted while somebody was still at work on it."""


@contextmanager
def locked(assessment: Assessment) -> Iterator[None]:
    """A transaction in which nobody else writes to the assessment. Raises DeletedError if there is none any more.

    Whoever comes second reads what the first has stored, so that two first answers never collide. SQLite has no locks
    on rows: there the whole transaction waits for its turn, see the settings, and writing finds out who is gone.
    """
    with transaction.atomic():
        if connection.features.has_select_for_update and not _lock(assessment):
            raise DeletedError
        try:
            yield
        except Assessment.DoesNotExist as gone:
            raise DeletedError from gone


def _lock(assessment: Assessment) -> bool:
    return Assessment.objects.select_for_update().filter(pk=assessment.pk).exists()


def next_number(assessment: Assessment, kind: Literal["scenario", "milestone"]) -> int:
    """A number that no scenario or milestone of this assessment has had before. Only while it is locked."""
    field = f"last_{kind}"
    Assessment.objects.filter(pk=assessment.pk).update(**{field: F(field) + 1})
    assessment.refresh_from_db(fields=[field])
    number: int = getattr(assessment, field)
    return number


def note_change(assessment: Assessment) -> None:
    """Note that something was stored here just now. Raises DeletedError if there is no assessment any more."""
    assessment.touched = timezone.now()
    assessment.version += 1
    if not touch(assessment, assessment.touched):
        raise DeletedError
