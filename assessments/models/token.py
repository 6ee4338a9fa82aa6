"""Keys for programs: what a consultancy gives to its own tools."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessments.models.assessment import NAME_LENGTH, at_most, new_public_id
from assessments.models.workspace import Workspace


class ApiToken(models.Model):
    """A key by which a program reads, or reads and writes, the assessments of one workspace."""

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"

    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="api_tokens")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the key, in hexadecimal; the key itself is shown once and is nowhere."""
    begins = models.CharField(max_length=9)
    """The first letters of the key, so that people can tell one from another."""
    scope = models.CharField(max_length=5, choices=Scope)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+"
    )
    made = models.DateTimeField(default=timezone.now, editable=False)
    used = models.DateTimeField(null=True, blank=True)
    """When a program last came with it, to the hour."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="api_token_named"),
            models.CheckConstraint(
                condition=models.Q(scope__in=["read", "write"]), name="api_token_scope_known"
            ),
            at_most("name", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.begins}…)"
