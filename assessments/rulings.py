"""The one place that writes and reads where consultants judge differently from the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from assessments import audit
from assessments.answering import RefusedError, clean_line
from assessments.locking import locked, note_change
from assessments.models import Assessment
from assessments.models.assessment import NAME_LENGTH, REASON_LENGTH

__all__ = ["REASON_LENGTH", "RefusedError", "Verdict", "clean_reason", "record_rulings", "rulings_of"]

GONE = gettext_lazy("somebody who has left")
"""Whose account was deleted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A ruling as it is stored. ``subject`` is "bottleneck" or a layer; ``verdict`` a layer, or "open" or "closed"."""

    subject: str
    verdict: str
    reason: str
    by: str
    on: date


def rulings_of(assessment: Assessment) -> tuple[Verdict, ...]:
    """In the order in which they were made. One query; none where no consultancy knows of the assessment."""
    if assessment.client_id is None:
        return ()
    return tuple(
        Verdict(
            each.subject, each.verdict, each.reason, each.by_name or str(GONE), timezone.localdate(each.at)
        )
        for each in assessment.rulings.order_by("at", "pk")
    )


def record_rulings(
    request: HttpRequest, *, assessment: Assessment, wanted: Mapping[str, tuple[str, str]]
) -> None:
    """Make these the rulings: verdict and reason by subject. One that is not among them is taken back.

    Those that stay as they were keep their day and the name of whoever made them. Whoever calls has held the verdicts
    against the edition, and the reasons against ``clean_reason``. Raises DeletedError.
    """
    name = str(request.user)[:NAME_LENGTH]
    with transaction.atomic(), locked(assessment):
        note_change(assessment)
        present = {each.subject: each for each in assessment.rulings.all()}
        workspace = assessment.client.workspace if assessment.client else None
        for subject in present.keys() - wanted.keys():
            present[subject].delete()
            audit.note(
                request, "ruling.withdrawn", workspace=workspace, subject=assessment.public_id, about=subject
            )
        for subject, (verdict, reason) in wanted.items():
            old = present.get(subject)
            if old and (old.verdict, old.reason) == (verdict, reason):
                continue
            new = {"verdict": verdict, "reason": reason, "by_id": request.user.pk, "by_name": name}
            assessment.rulings.update_or_create(subject=subject, defaults={**new, "at": timezone.now()})
            audit.note(
                request,
                "ruling.made",
                workspace=workspace,
                subject=assessment.public_id,
                about=subject,
                verdict=verdict,
            )


def clean_reason(reason: str) -> str:
    """A reason as it is stored, in one line. Raises RefusedError."""
    missing = gettext("Enter why you judge this differently. The reason is printed in the report.")
    return clean_line(reason, REASON_LENGTH, gettext("Reason"), missing)
