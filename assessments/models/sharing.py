"""What a consultancy hands out: links to read a report by, and how a report says who prepared it."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from assessments.models.assessment import NAME_LENGTH, Assessment, at_most, new_public_id
from assessments.models.plan import FIGURE_LENGTH
from assessments.models.workspace import Workspace

LINE_LENGTH = 120
"""A line below a report: contact, footer."""
COLOUR = r"^#[0-9a-f]{6}$"


class ShareLink(models.Model):
    """A link by which somebody without an account reads one report, and changes nothing."""

    assessment = models.ForeignKey(Assessment, on_delete=models.DB_CASCADE, related_name="share_links")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    """Stands in the address of the report once somebody came in; worth nothing without that."""
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the link's secret, in hexadecimal; the secret itself is nowhere."""
    label = models.CharField(max_length=NAME_LENGTH)
    passphrase = models.CharField(max_length=128, blank=True)
    """Hashed as passwords are; empty for a link without one."""
    made = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+"
    )
    """None where the holder of the private link made it."""
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    openings = models.PositiveIntegerField(default=0)
    opened = models.DateTimeField(null=True, blank=True)
    """When somebody last came in by it."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(label=""), name="share_link_labelled"),
            at_most("label", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return self.label


class Brand(models.Model):
    """How the reports of a workspace say who prepared them."""

    workspace = models.OneToOneField(Workspace, on_delete=models.DB_CASCADE, related_name="brand")
    mark = models.CharField(max_length=22, unique=True)
    """Random, and another one at every change: names logo and colours in their addresses."""
    name = models.CharField(max_length=NAME_LENGTH)
    contact = models.CharField(max_length=LINE_LENGTH, blank=True)
    footer = models.CharField(max_length=LINE_LENGTH, blank=True)
    accent = models.CharField(max_length=7, blank=True, validators=[RegexValidator(COLOUR)])
    """On light grounds and on paper; empty for ink."""
    accent_dark = models.CharField(max_length=7, blank=True, validators=[RegexValidator(COLOUR)])
    logo = models.BinaryField(null=True, blank=True)
    """A PNG of ours, made anew from what was sent; None without one."""
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="brand_named"),
            models.CheckConstraint(
                condition=models.Q(accent="") | models.Q(accent__regex=COLOUR), name="brand_accent_is_colour"
            ),
            models.CheckConstraint(
                condition=models.Q(accent_dark="") | models.Q(accent_dark__regex=COLOUR),
                name="brand_dark_is_colour",
            ),
            at_most("name", NAME_LENGTH),
            at_most("contact", LINE_LENGTH),
            at_most("footer", LINE_LENGTH),
        ]

    def __str__(self) -> str:
        return self.name


class DefaultFigure(models.Model):
    """A figure of judgement that new assessments of a workspace begin with, in place of the edition's."""

    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="default_figures")
    name = models.CharField(max_length=FIGURE_LENGTH)
    """As in ``OwnFigure``."""
    value: Any = models.JSONField()
    """A number, or a list of the lower and the upper one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="default_figure_once_a_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="default_figure_named"),
            at_most("name", FIGURE_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class Offer(models.Model):
    """What a consultancy calls a service of its own, for the work of one layer."""

    class Kind(models.TextChoices):
        MANAGED = "managed"
        BUILD = "build"

    workspace = models.ForeignKey(Workspace, on_delete=models.DB_CASCADE, related_name="offers")
    layer = models.SlugField(max_length=40, db_index=False)
    kind = models.CharField(max_length=7, choices=Kind)
    """As the playbook's advice on sourcing has it: run for the client, or built with them."""
    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "layer", "kind"], name="offer_once_a_kind"),
            models.CheckConstraint(condition=~models.Q(name=""), name="offer_named"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["managed", "build"]), name="offer_kind_known"
            ),
            at_most("name", NAME_LENGTH),
        ]

    def __str__(self) -> str:
        return self.name
