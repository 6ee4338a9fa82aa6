"""The one place that writes and reads how the reports of a workspace say who prepared them."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest

from assessments import audit
from assessments.colours import nearest
from assessments.logos import Logo
from assessments.models import Assessment, Brand, Workspace

__all__ = ["Prepared", "brand_in", "brand_of", "branding_marked", "remove_brand", "set_brand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Who prepared a report, with ``mark`` naming logo and colours in their addresses."""

    mark: str
    name: str
    contact: str
    footer: str
    accent: str
    """Of paper and light grounds, such as "#0e4a7b"; empty for ink."""
    logo: bytes
    """A PNG; empty without one."""
    width: int
    height: int


# --- Reading ----------------------------------------------------------------------------------------------------------


def brand_of(assessment: Assessment) -> Prepared | None:
    """Of the workspace that the assessment belongs to. One query; none for one that belongs to none."""
    if assessment.client_id is None:
        return None
    return _prepared(Brand.objects.filter(workspace__clients=assessment.client_id).first())


def brand_in(workspace: Workspace) -> Brand | None:
    """One query."""
    return Brand.objects.filter(workspace=workspace).first()


def branding_marked(mark: str) -> Brand | None:
    """The one whose logo and colours have this in their addresses. One query."""
    return Brand.objects.filter(mark=mark).first()


def _prepared(row: Brand | None) -> Prepared | None:
    if row is None:
        return None
    return Prepared(
        mark=row.mark,
        name=row.name,
        contact=row.contact,
        footer=row.footer,
        accent=row.accent,
        logo=bytes(row.logo or b""),
        width=row.logo_width,
        height=row.logo_height,
    )


# --- Writing ----------------------------------------------------------------------------------------------------------


def set_brand(
    *,
    request: HttpRequest,
    workspace: Workspace,
    name: str,
    contact: str,
    footer: str,
    accent: str,
    accent_dark: str,
    logo: Logo | None,
    without_logo: bool,
) -> Brand:
    """Store it all, as the form has checked it; without a new logo the old one stays unless it shall go.

    An accent without one for dark grounds gets the nearest that can be read there.
    """
    with transaction.atomic():
        row = Brand.objects.select_for_update().filter(workspace=workspace).first() or Brand(
            workspace=workspace
        )
        row.mark = secrets.token_urlsafe(16)
        row.name, row.contact, row.footer = name, contact, footer
        row.accent = accent
        row.accent_dark = accent_dark or (nearest(accent, "dark") if accent else "")
        if without_logo:
            row.logo, row.logo_width, row.logo_height = None, 0, 0
        if logo:
            row.logo, row.logo_width, row.logo_height = logo.png, logo.width, logo.height
        row.save()
        audit.note(
            request, "brand.changed", workspace=workspace, subject=workspace.public_id, logo=bool(row.logo)
        )
    return row


def remove_brand(*, request: HttpRequest, workspace: Workspace) -> None:
    """Reports then say nothing about who prepared them."""
    with transaction.atomic():
        if Brand.objects.filter(workspace=workspace).delete()[0]:
            audit.note(request, "brand.removed", workspace=workspace, subject=workspace.public_id)
