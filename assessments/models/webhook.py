"""Where programs of a consultancy are told that an assessment is complete, and what was sent there."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessments.models.assessment import Assessment, at_most, new_public_id
from assessments.models.workspace import Workspace

URL_LENGTH = 500
SAID_LENGTH = 200


class Webhook(models.Model):
    """An address of a workspace's own, to which signed messages are sent."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="webhooks")
    url = models.CharField(max_length=URL_LENGTH)
    secret = models.CharField(max_length=300)
    """What messages are signed with, under the server's key: the database alone signs nothing."""
    active = models.BooleanField(default=True)
    made = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "url"], name="webhook_once_an_address"),
            models.CheckConstraint(condition=~models.Q(url=""), name="webhook_has_an_address"),
            at_most("url", URL_LENGTH),
        ]

    def __str__(self) -> str:
        return self.url


class Completion(models.Model):
    """Says that an assessment is complete and that this was told; gone once a question is open again."""

    assessment = models.OneToOneField(Assessment, on_delete=models.DB_CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.at:%Y-%m-%d}"


class Delivery(models.Model):
    """A message on its way, stored together with what it tells of, so that none is lost."""

    webhook = models.ForeignKey(Webhook, on_delete=models.DB_CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=40, unique=True)
    """The same at every try, so that whoever receives it twice knows."""
    kind = models.CharField(max_length=40)
    body: Any = models.JSONField()
    made = models.DateTimeField(default=timezone.now, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    """When it is sent the next time; None once it was taken, or given up."""
    delivered = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=SAID_LENGTH, blank=True)
    """What came of the last try, in a few words."""

    class Meta:
        indexes = [
            models.Index(fields=["next_try"], name="delivery_by_next_try"),
            models.Index(fields=["made"], condition=models.Q(next_try=None), name="delivery_done_by_time"),
        ]
        constraints = [at_most("said", SAID_LENGTH)]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
