"""Where a consultant judges something differently from what the rules found."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessments.models.assessment import NAME_LENGTH, REASON_LENGTH, Assessment, at_most


class Ruling(models.Model):
    """A consultant's own verdict on the bottleneck or on a gate. It stands beside what was calculated, never in its place."""

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="rulings")
    subject = models.CharField(max_length=20)
    """ "bottleneck", or the layer whose gate it is about."""
    verdict = models.CharField(max_length=20)
    """The layer that is the bottleneck; "open" or "closed" for a gate."""
    reason = models.CharField(max_length=REASON_LENGTH)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=NAME_LENGTH)
    """As it was printed then, whatever becomes of the account."""
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "subject"], name="ruling_once_a_subject"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="ruling_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(subject="bottleneck") | models.Q(verdict__in=["open", "closed"]),
                name="ruling_on_a_gate_opens_or_closes_it",
            ),
            at_most("reason", REASON_LENGTH),
            at_most("by_name", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.verdict}"
