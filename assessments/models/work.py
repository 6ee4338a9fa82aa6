"""What is stored of work that is done beside the pages: who does it, and what is on its way to somebody."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.models.assessment import Assessment
from assessments.models.workspace import Client, Invitation


class Worker(models.Model):
    """A process that takes work from the queue. One that is not seen any more has lost what it had begun."""

    name = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    seen = models.DateTimeField(db_index=True)
    """By the clock of the database, so that those of machines need not agree."""

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A mail that the mail server has not taken yet. It goes when it was taken, or with whom it is about."""

    sealed = models.TextField()
    """Address, subject and text, under the server's key: the database alone tells nobody who was written to, or what."""
    to = models.CharField(max_length=64, db_index=True)
    """Keyed fingerprint of the address, in hexadecimal, by which the mails to somebody are found to be erased."""
    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.DB_CASCADE, null=True, related_name="+")
    made = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.pk}, tried {self.tries} times"


class Parcel(models.Model):
    """A file that a worker has made for somebody who waits for it. It goes after an hour, or with what it is about."""

    task = models.UUIDField(unique=True)
    """The work that made it."""
    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, null=True, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.DB_CASCADE, null=True, related_name="+")
    content: Any = models.BinaryField()
    made = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment=None) ^ Q(client=None), name="parcel_is_about_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}, {self.made:%Y-%m-%d %H:%M}"


class Erased(models.Model):
    """What was deleted for good: the same list as in the file beside the database, for all machines together."""

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=12)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "fingerprint", "at"], name="erased_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}, {self.at:%Y-%m-%d}"
