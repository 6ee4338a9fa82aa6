"""A consultancy's own rooms: who works in them, for which clients, and what happened there."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from assessments.models.assessment import NAME_LENGTH, at_most, new_public_id


class Workspace(models.Model):
    """Everything of one consultancy. Nothing in it is ever seen from another one."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="workspace_named"),
            at_most("name", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody may do in a workspace; each may do what the next one may."""

    OWNER = "owner"
    CONSULTANT = "consultant"
    VIEWER = "viewer"


class Membership(models.Model):
    """One person in one workspace."""

    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Invitation(models.Model):
    """Somebody was asked into a workspace by mail. It ends when it is used, taken back, or too old."""

    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the link, in hexadecimal."""
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+"
    )
    made = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), "workspace", name="invitation_once_an_address"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"


class Client(models.Model):
    """An organisation that a consultancy works for. Its assessments hang on it, by unit."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="clients")
    name = models.CharField(max_length=NAME_LENGTH)
    created = models.DateTimeField(default=timezone.now, editable=False)
    archived = models.DateTimeField(null=True, blank=True)
    """When it was put aside; None while there is work for it."""
    binned = models.DateTimeField(null=True, blank=True)
    """When it was put into the bin, and its assessments with it at the same moment."""

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="client_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="client_named"),
            at_most("name", NAME_LENGTH),
        ]
        indexes = [
            models.Index(
                fields=["binned"], condition=models.Q(binned__isnull=False), name="client_few_binned"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HandOverCode(models.Model):
    """A consultancy lets the owners of assessments hand them over to it: whoever has the link may do so until it ends."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the link, in hexadecimal."""
    made = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.workspace}: {self.expires:%Y-%m-%d}"


class HandOver(models.Model):
    """An assessment that its owner has handed over, and that waits until the consultancy says which client it is of."""

    assessment = models.OneToOneField(
        "Assessment", on_delete=models.DB_CASCADE, primary_key=True, related_name="handed_over"
    )
    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="inbox")
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.assessment} to {self.workspace}"


ACTION_LENGTH = 40


class AuditEvent(models.Model):
    """One line of the trail: who did what to which object, and when. Lines are added and never changed.

    There are no answers and no notes in it. It outlives what it is about, hence plain ids instead of foreign keys.
    """

    workspace = models.BigIntegerField(null=True)
    """The id of the workspace; None for what happened in none."""
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.BigIntegerField(null=True)
    """The id of the account; None for somebody without one."""
    actor_kind = models.CharField(max_length=10)
    """ "user", "client", "reader", "token" or "system"."""
    action = models.CharField(max_length=ACTION_LENGTH)
    """Such as "member.role" or "assessment.binned"."""
    subject = models.CharField(max_length=40, blank=True)
    """The public id of what it was done to."""
    details: Any = models.JSONField(default=dict)
    """Roles, counts and the ids of what else it concerns: no name, no address, no answer, so that erasing is erasing."""
    network = models.CharField(max_length=45, null=True, blank=True)  # noqa: DJ001  adding it leaves the table, and what protects it, as it is
    """Where it came from, without the part that names one machine; None for what the server did by itself."""

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-at"], name="event_by_workspace"),
            models.Index(fields=["at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
