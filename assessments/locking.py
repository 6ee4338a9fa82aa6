"""One writer at a time on an assessment, and only while it is still there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from assessments.models import Assessment


class DeletedError(LookupError):
    """The assessment was deleted while somebody was still at work on it."""


@contextmanager
def locked(assessment: Assessment) -> Iterator[None]:
    """A transaction in which nobody else writes to the assessment. Raises DeletedError if there is none any more.

    Whoever comes second reads what the first has stored, so that two first answers never collide. SQLite has no locks
    on rows: there the whole transaction waits for its turn, see the settings.
    """
    with transaction.atomic():
        if not Assessment.objects.select_for_update().filter(pk=assessment.pk).exists():
            raise DeletedError
        yield
