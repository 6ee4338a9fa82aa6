"""Several people who answer the same assessment separately: the link they come by, and what they said, counted."""

from typing import Any

from django.db import models
from django.utils import timezone

from assessments.models.assessment import NOTE_LENGTH, Assessment, at_most, new_public_id


class Survey(models.Model):
    """Asks several people. Who comes in by its link answers an assessment of their own, see ``Assessment.part_of``."""

    assessment = models.OneToOneField(Assessment, on_delete=models.DB_CASCADE, related_name="survey")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    link_number = models.PositiveIntegerField(default=1)
    """Raising it makes a new link and ends the old one."""
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the link's secret, in hexadecimal; the secret itself is nowhere."""
    opened = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()
    """From then on nobody else comes in."""
    closed = models.DateTimeField(null=True, blank=True)
    """When it was closed; None while people may still answer."""
    counted = models.DateTimeField(null=True, blank=True)
    """When the answers were counted last, which stays when it is opened again."""
    people = models.PositiveIntegerField(default=0)
    """How many had answered something when it was counted last."""

    class Meta:
        indexes = [models.Index(fields=["closed"], name="survey_by_closed")]

    def __str__(self) -> str:
        return f"Survey of {self.assessment_id}"


class Tally(models.Model):
    """What several people said to one question, counted when the survey was closed. Nobody can be made out in it."""

    survey = models.ForeignKey(Survey, on_delete=models.DB_CASCADE, related_name="tallies")
    question = models.SlugField(max_length=40, db_index=False)
    counts: Any = models.JSONField(default=dict)
    """How many gave which answer, by its value as text; empty where there were too few."""
    roles: Any = models.JSONField(default=dict)
    """The same by role, as far as roles are large enough; under "" all the others."""
    remarks: Any = models.JSONField(default=list)
    """What people noted, in the order of the alphabet."""
    agreed = models.DateTimeField(null=True, blank=True)
    """When somebody settled on the answer that counts, which is in the assessment."""
    dissent = models.TextField(max_length=NOTE_LENGTH, blank=True)
    """What remained open when they did."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "question"], name="tally_once_a_question"),
            models.CheckConstraint(condition=~models.Q(question=""), name="tally_question_named"),
            at_most("dissent", NOTE_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.counts}"
