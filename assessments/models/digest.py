"""What the desk's list shows of an assessment, worked out once for each version of its answers."""

from typing import Any

from django.db import models


class Digest(models.Model):
    """A finding in short. It holds for one version and one stamp, and is worth nothing beyond them.

    Nothing but the list is ever read from here: every report is worked out from the answers.
    """

    assessment = models.OneToOneField(
        "Assessment", on_delete=models.DB_CASCADE, primary_key=True, related_name="digest"
    )
    version = models.PositiveIntegerField()
    """The assessment's version when its answers were read."""
    stamp = models.CharField(max_length=32)
    """Stands for the rules and the editions it was worked out with."""
    answered = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    """How many questions there are as far as the answers tell; 0 where somebody took the edition away."""
    complete = models.BooleanField()
    found = models.CharField(max_length=20, blank=True)
    """The layer to invest in, "undetermined" or "none"; empty without a result, and where the client keeps the answers."""
    details: Any = models.JSONField(default=dict)
    """What the row draws and says of the result."""

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.found}"
