"""A workshop on one assessment: who is in the room, what was voted on, and what the room made of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessments.models.assessment import NOTE_LENGTH, Assessment, at_most, new_public_id

CODE_LENGTH = 6
EMAIL_LENGTH = 254


class Workshop(models.Model):
    """The room. Everything that its screens show follows from here and from its rounds; nothing is counted twice."""

    assessment = models.OneToOneField(Assessment, on_delete=models.DB_CASCADE, related_name="workshop")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, null=True, blank=True)
    """What people type to come in; None once it has ended."""
    link_number = models.PositiveIntegerField(default=1)
    """Raised with every new code: makes a new join link and ends the old one."""
    join_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    """SHA-256 of the join link's secret, in hexadecimal; the secret itself is nowhere."""
    stage_number = models.PositiveIntegerField(default=1)
    stage_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    """The same of the link to the screen."""

    version = models.PositiveIntegerField(default=1)
    """Raised by everything that facilitators do, so that screens know whether they show the latest."""
    step = models.PositiveIntegerField(default=0)
    """Raised by what moves a question on. Whoever acts says which step they saw, so that two do not act on one."""
    last_act = models.CharField(max_length=20, blank=True)
    last_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+"
    )
    """What was done last, and by whom, for the facilitator who comes second."""

    question = models.SlugField(max_length=40, blank=True, db_index=False)
    """What the room looks at; empty before the first question."""
    locked = models.BooleanField(default=False)
    """Newcomers wait outside until a facilitator lets them in."""
    asks_roles = models.BooleanField(default=False)
    expected = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many votes are waited for, where a facilitator has lowered it; None for everybody who is in."""
    dark = models.BooleanField(default=False)
    """Whether the screen has a dark ground."""
    timer_ends = models.DateTimeField(null=True, blank=True)
    timer_seconds = models.PositiveSmallIntegerField(default=0)
    """How long it runs altogether."""
    timer_closes = models.BooleanField(default=False)
    """Whether voting closes when it has run out."""

    opened = models.DateTimeField(default=timezone.now, editable=False)
    active = models.DateTimeField(default=timezone.now, editable=False)
    """When a facilitator last did something."""
    ended = models.DateTimeField(null=True, blank=True)
    votes_deleted = models.DateTimeField(null=True, blank=True)
    """When the single votes were deleted; the counts stay."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended__isnull=True) | models.Q(code__isnull=True),
                name="workshop_ended_has_no_code",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ended", "active"],
                condition=models.Q(votes_deleted__isnull=True),
                name="workshop_few_with_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"Workshop on {self.assessment_id}"


class Participant(models.Model):
    """One phone in the room. No name, no address, no time: only what lets it come back and vote once."""

    workshop = models.ForeignKey(Workshop, on_delete=models.DB_CASCADE, related_name="participants")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the phone's cookie together with the workshop, so that nobody follows it to the next."""
    number = models.PositiveSmallIntegerField()
    """In the order of joining, from 1, for facilitators who have to take one out."""
    role = models.SlugField(max_length=40, blank=True, db_index=False)
    admitted = models.BooleanField(default=True)
    """False for whoever waits outside a locked room."""
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="participant_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"Phone {self.number}"


class Round(models.Model):
    """One vote on one question. It opens, closes and is revealed, and never goes back once it is."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"
        REVEALED = "revealed"

    workshop = models.ForeignKey(Workshop, on_delete=models.DB_CASCADE, related_name="rounds")
    question = models.SlugField(max_length=40, db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    by_hand = models.BooleanField(default=False)
    """Hands were raised and counted by the facilitator."""
    people = models.PositiveSmallIntegerField(default=0)
    """How many voted, known from the reveal on."""
    counts: Any = models.JSONField(default=dict)
    """How many gave which answer, by its value as text, counted at the reveal; empty where there were too few."""
    roles: Any = models.JSONField(default=dict)
    """The same by role, as far as roles are large enough; under "" all the others."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "question", "number"], name="round_once_a_question_and_number"
            ),
            models.UniqueConstraint(
                fields=["workshop"],
                condition=~models.Q(state="revealed"),
                name="round_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "closed", "revealed"]), name="round_state_known"
            ),
            models.CheckConstraint(condition=~models.Q(question=""), name="round_question_named"),
        ]

    def __str__(self) -> str:
        return f"{self.question}, round {self.number}: {self.state}"


class Vote(models.Model):
    """What one phone says in one round. It has no time of its own; it is deleted thirty days after the workshop."""

    round = models.ForeignKey(Round, on_delete=models.DB_CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.DB_CASCADE, related_name="votes")
    value = models.CharField(max_length=40)
    """An answer's value as text."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="vote_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"A vote in {self.round_id}"


class Agreement(models.Model):
    """What the room made of a question: whether it agreed, and what the facilitators noted. The answer is in the assessment."""

    workshop = models.ForeignKey(Workshop, on_delete=models.DB_CASCADE, related_name="agreements")
    question = models.SlugField(max_length=40, db_index=False)
    agreed = models.DateTimeField(null=True, blank=True)
    before: Any = models.JSONField(null=True)
    """The answer that counted before with its reason, so that agreeing can be undone; None where there was none."""
    value: Any = models.JSONField(null=True)
    """The answer on which the room agreed: where another one counts by now, somebody changed it elsewhere."""
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    note_shown = models.BooleanField(default=False)
    """Whether the note is printed in the report; if not, only facilitators see it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "question"], name="agreement_once_a_question"),
            models.CheckConstraint(condition=~models.Q(question=""), name="agreement_question_named"),
            at_most("note", NOTE_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {'agreed' if self.agreed else 'open'}"


class CopyWish(models.Model):
    """An address to which the report is sent once; it says nothing about who voted what, and goes when it was sent."""

    workshop = models.ForeignKey(Workshop, on_delete=models.DB_CASCADE, related_name="wishes")
    email = models.EmailField(max_length=EMAIL_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "email"], name="wish_once_an_address"),
        ]

    def __str__(self) -> str:
        return "A wish for the report"
