"""One organisation's assessment: its answers, and the trail of how they changed."""

import secrets
from typing import Any

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

NAME_LENGTH = 80
SCOPE_LENGTH = 200
DECISION_LENGTH = 300
REASON_LENGTH = 300
NOTE_LENGTH = 2000
PAGE_LENGTH = 22
ID_BYTES = 9


def new_public_id() -> str:
    """12 random characters: what stands in an address. Worth nothing without the right to open it."""
    return secrets.token_urlsafe(ID_BYTES)


def at_most(field: str, length: int) -> models.CheckConstraint:
    """SQLite does not hold columns to their length, so this does."""
    return models.CheckConstraint(
        condition=LessThanOrEqual(Length(field), length), name=f"%(class)s_{field}_at_most_{length}"
    )


class Assessment(models.Model):
    """One set of questions put to one organisation, under one edition of the playbook."""

    class Mode(models.TextChoices):
        FULL = "full"
        QUICK = "quick"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.CharField(max_length=40)
    mode = models.CharField(max_length=5, choices=Mode)
    client = models.ForeignKey(
        "Client", on_delete=models.DB_CASCADE, null=True, blank=True, related_name="assessments"
    )
    """Whom a consultancy made it for; None for one that nobody but the holder of its private link knows of."""
    unit = models.CharField(max_length=NAME_LENGTH, blank=True)
    """The part of the client it is about; empty for the whole."""
    kept_by_client = models.BooleanField(default=False)
    """The client answers alone, and has not shown the answers to the consultancy yet: it sees counts only."""
    archived = models.DateTimeField(null=True, blank=True)
    binned = models.DateTimeField(null=True, blank=True)
    """When it was put into the bin, from where it can be taken back for a while."""
    organisation = models.CharField(max_length=NAME_LENGTH, blank=True)
    scope = models.CharField(max_length=SCOPE_LENGTH, blank=True)
    decision = models.CharField(max_length=DECISION_LENGTH, blank=True)
    sample = models.SlugField(max_length=40, unique=True, null=True, blank=True)
    """Names one of the invented organisations that come with Groundwork; None for a real one."""
    resume_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    """SHA-256 of the private link's secret, in hexadecimal; the secret itself is nowhere."""
    link_number = models.PositiveIntegerField(default=1)
    """Raising it makes a new private link and ends the old one."""
    created = models.DateTimeField(default=timezone.now, editable=False)
    touched = models.DateTimeField(default=timezone.now, editable=False)
    """When something was last stored here."""
    opened = models.DateTimeField(default=timezone.now, editable=False)
    """When somebody last came back by the private link; showing a page never changes it."""
    look_again = models.DateTimeField(null=True, blank=True, editable=False)
    """When the night looks again whether its time is over, which is never before; None for at once. Saving never writes it."""
    version = models.PositiveIntegerField(default=0)
    """Counts how often something was stored here; 0 says that nothing was yet."""
    last_scenario = models.PositiveSmallIntegerField(default=0)
    """The highest number that a scenario has had. No number is given twice: a page that is still open names another one."""
    last_milestone = models.PositiveSmallIntegerField(default=0)

    part_of = models.ForeignKey(
        "self", on_delete=models.DB_CASCADE, null=True, blank=True, related_name="parts", editable=False
    )
    """The assessment that somebody answers as one of several people: this one holds only what they say."""
    role = models.SlugField(max_length=40, blank=True, db_index=False)
    """What they do there, one of the playbook's roles; empty unless they are one of several."""

    only_to_read = False
    """Not stored: set on what was opened for somebody who may read it and change nothing."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode__in=["full", "quick"]), name="assessment_mode_known"
            ),
            models.CheckConstraint(condition=~models.Q(edition=""), name="assessment_edition_named"),
            models.CheckConstraint(
                condition=models.Q(link_number__gte=1), name="assessment_link_number_from_1"
            ),
            at_most("organisation", NAME_LENGTH),
            at_most("unit", NAME_LENGTH),
            models.CheckConstraint(
                condition=models.Q(client__isnull=False)
                | models.Q(unit="", kept_by_client=False, archived__isnull=True, binned__isnull=True),
                name="assessment_desk_needs_client",
            ),
            models.CheckConstraint(
                condition=models.Q(part_of__isnull=True, role="")
                | (
                    models.Q(part_of__isnull=False, client__isnull=True, sample__isnull=True)
                    & ~models.Q(role="")
                ),
                name="assessment_part_has_role",
            ),
            at_most("scope", SCOPE_LENGTH),
            at_most("decision", DECISION_LENGTH),
        ]
        # For the few among the many. ``touched`` has none on purpose: every saved answer would write it. The cleaning at
        # night goes by ``look_again``, which it alone writes.
        indexes = [
            models.Index(fields=["look_again"], name="assessment_by_look_again"),
            models.Index(
                fields=["id"], condition=models.Q(sample__isnull=False), name="assessment_few_samples"
            ),
            models.Index(
                fields=["binned"], condition=models.Q(binned__isnull=False), name="assessment_few_binned"
            ),
        ]

    def __str__(self) -> str:
        return self.organisation or self.public_id


class Answer(models.Model):
    """The answer in force to one question. It stays when the question is no longer asked, and counts again when it is."""

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="answers")
    question = models.SlugField(max_length=40, db_index=False)
    value: Any = models.JSONField(null=True)
    """A level 0 to 4, an option's id, a list of ids, a number, "unknown" or "na"; None while there is only a draft."""
    na_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    draft: Any = models.JSONField(null=True)
    """What was typed last and is no answer yet, such as a note without a choice; None where there is nothing like it."""
    updated = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=0)
    """Counts how often answer or draft changed, so that a page knows whether it has seen the last word."""
    page = models.CharField(max_length=PAGE_LENGTH, blank=True)
    """The page in somebody's browser that wrote last; empty where no page did."""
    seq = models.PositiveIntegerField(default=0)
    """How many times that page had sent something by then; what it sent earlier and arrives later is dropped."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="answer_once_a_question"),
            models.CheckConstraint(condition=~models.Q(question=""), name="answer_question_named"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | models.Q(draft__isnull=False),
                name="answer_holds_something",
            ),
            at_most("na_reason", REASON_LENGTH),
            at_most("note", NOTE_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class AnswerChange(models.Model):
    """One line of the trail: an answer was given or changed. Notes are not copied here: deleting one deletes it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="changes")
    question = models.SlugField(max_length=40, db_index=False)
    old: Any = models.JSONField(null=True)
    """None where nothing was answered before."""
    new: Any = models.JSONField(null=True)
    """None where an answer was taken back."""
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["assessment", "question"], name="change_by_question")]

    def __str__(self) -> str:
        return f"{self.question}: {self.old} -> {self.new}"
