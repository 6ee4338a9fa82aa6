"""Rows of telling: PDFs that were made already."""

from django.db import models
from django.utils import timezone


class MadePdf(models.Model):
    """The PDF of a report as it reads right now, so that the same report is never set twice.

    ``digest`` names the HTML it was made of: a report that changed has another one, and its PDF replaces this row. It
    goes with its assessment.
    """

    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.DB_CASCADE, related_name="+")
    paper = models.CharField(max_length=6)
    """ "a4" or "letter"."""
    language = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    """SHA-256 in hexadecimal."""
    content = models.BinaryField()
    made = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "paper", "language"], name="made_pdf_one_for_each_paper"
            ),
            models.CheckConstraint(
                condition=models.Q(paper__in=["a4", "letter"]), name="made_pdf_paper_known"
            ),
        ]
        indexes = [models.Index(fields=["made"], name="made_pdf_by_time")]

    def __str__(self) -> str:
        return f"{self.paper}, {self.language}, {self.made:%Y-%m-%d %H:%M}"
