"""What people make of the advice: their own figures, their own plan, what they tried out, and what they kept."""

from typing import Any

from django.db import models
from django.utils import timezone

from assessments.models.assessment import NAME_LENGTH, Assessment, at_most

FIGURE_LENGTH = 60
OWNER_LENGTH = 80
REMARK_LENGTH = 300


class OwnFigure(models.Model):
    """A figure of judgement that somebody set for this assessment, in place of the edition's."""

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="own_figures")
    name = models.CharField(max_length=FIGURE_LENGTH)
    """As ``advisor.engine.judgement`` names it: "capacity_use", "effort:dv_i_ci", "minimum:dv_ci"."""
    value: Any = models.JSONField()
    """A number, or a list of the lower and the upper one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "name"], name="own_figure_once_a_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="own_figure_named"),
            at_most("name", FIGURE_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class PlanChange(models.Model):
    """What somebody changed about one initiative in the plan. What is empty is as calculated."""

    class Slot(models.TextChoices):
        NOW = "now"
        NEXT = "next"
        LATER = "later"
        DROPPED = "dropped"

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="plan_changes")
    code = models.CharField(max_length=40)
    """The initiative's id, with ":B" for its second phase."""
    slot = models.CharField(max_length=7, choices=Slot, blank=True)
    owner = models.CharField(max_length=OWNER_LENGTH, blank=True)
    due = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=REMARK_LENGTH, blank=True)
    risk = models.CharField(max_length=REMARK_LENGTH, blank=True)
    """Why this place is accepted although something comes first that it needs."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="plan_change_once_a_move"),
            models.CheckConstraint(
                condition=models.Q(slot__in=["", "now", "next", "later", "dropped"]),
                name="plan_change_slot_known",
            ),
            models.CheckConstraint(condition=~models.Q(code=""), name="plan_change_code_named"),
            at_most("owner", OWNER_LENGTH),
            at_most("note", REMARK_LENGTH),
            at_most("risk", REMARK_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.slot or 'as calculated'}"


class Scenario(models.Model):
    """A "what if" that somebody kept under a name: levels as they might become."""

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="scenarios")
    number = models.PositiveSmallIntegerField()
    """Counts within the assessment, from 1; it stands in addresses."""
    name = models.CharField(max_length=NAME_LENGTH)
    levels: Any = models.JSONField()
    """Capability id to level 0 to 4; only what differs from the answers."""
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="scenario_number_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="scenario_named"),
            at_most("name", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """Answers, edition and own figures as they were on a day. The advice follows from them and is not kept."""

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    """Counts within the assessment, from 1; it stands in addresses."""
    name = models.CharField(max_length=NAME_LENGTH)
    edition = models.CharField(max_length=40)
    mode = models.CharField(max_length=5, choices=Assessment.Mode)
    answers: Any = models.JSONField()
    """Question to ``{"value": ..., "na_reason": ..., "note": ...}``, for every answer in force."""
    figures: Any = models.JSONField(default=dict)
    """Own figures by name, as in ``OwnFigure``."""
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="milestone_number_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="milestone_named"),
            models.CheckConstraint(condition=~models.Q(edition=""), name="milestone_edition_named"),
            models.CheckConstraint(
                condition=models.Q(mode__in=["full", "quick"]), name="milestone_mode_known"
            ),
            at_most("name", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.created:%Y-%m-%d}"
