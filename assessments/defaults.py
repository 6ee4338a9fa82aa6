"""The one place that writes and reads what a workspace sets once for all its assessments: figures, and names of offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.http import HttpRequest

from advisor.engine.judgement import Own
from assessments import audit
from assessments.models import Assessment, Client, DefaultFigure, Offer, OwnFigure, Workspace
from assessments.planning import figures_in

__all__ = [
    "KINDS",
    "Kind",
    "Offers",
    "copy_defaults",
    "default_figures",
    "offers_in",
    "offers_of",
    "set_defaults",
    "set_offers",
]

type Kind = Literal["managed", "build"]

KINDS: tuple[Kind, ...] = ("managed", "build")


@dataclass(frozen=True, slots=True)
class Offers:
    """What a consultancy calls its services. The names are its own words and stand beside the advice, never in it."""

    by: str
    """The workspace."""
    names: Mapping[tuple[str, str], str]
    """By layer and kind; only those that have one."""


# --- Figures ----------------------------------------------------------------------------------------------------------


def default_figures(workspace: Workspace) -> dict[str, Own]:
    """Figures of judgement that new assessments of this workspace begin with, by name. One query."""
    return figures_in({each.name: each.value for each in workspace.default_figures.order_by("pk")})


def set_defaults(*, request: HttpRequest, workspace: Workspace, figures: Mapping[str, Own | None]) -> None:
    """Set these figures; None takes one back to the edition's. Assessments that are there already keep theirs.

    Whoever calls has held the values against ``advisor.engine.judgement``.
    """
    back = [name for name, value in figures.items() if value is None]
    rows = [
        DefaultFigure(
            workspace=workspace, name=name, value=list(value) if isinstance(value, tuple) else value
        )
        for name, value in figures.items()
        if value is not None
    ]
    with transaction.atomic():
        workspace.default_figures.filter(name__in=back).delete()
        DefaultFigure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["workspace", "name"], update_fields=["value"]
        )
        audit.note(
            request,
            "defaults.changed",
            workspace=workspace,
            subject=workspace.public_id,
            figures=[each.name for each in rows],
        )


def copy_defaults(*, assessment: Assessment) -> None:
    """Give a new assessment of a client the figures of its workspace as its own, in the transaction that makes it.

    From then on they belong to the assessment: whatever the workspace sets later, its report stays as it is. A figure
    that the assessment has already stays too. Nothing happens to one that belongs to no client.
    """
    if assessment.client_id is None:
        return
    rows = DefaultFigure.objects.filter(workspace__clients=assessment.client_id).order_by("pk")
    OwnFigure.objects.bulk_create(
        [OwnFigure(assessment=assessment, name=each.name, value=each.value) for each in rows],
        ignore_conflicts=True,
    )


# --- Offers -----------------------------------------------------------------------------------------------------------


def offers_in(workspace: Workspace) -> Offers:
    """One query."""
    return Offers(
        workspace.name, {(each.layer, _kind(each)): each.name for each in workspace.offers.order_by("pk")}
    )


def offers_of(assessment: Assessment) -> Offers | None:
    """Of the workspace that the assessment belongs to; None without any. One query, none where it belongs to none."""
    if assessment.client_id is None:
        return None
    workspaces = Client.objects.filter(pk=assessment.client_id).values("workspace")
    rows = list(Offer.objects.filter(workspace__in=workspaces).select_related("workspace").order_by("pk"))
    if not rows:
        return None
    return Offers(rows[0].workspace.name, {(each.layer, _kind(each)): each.name for each in rows})


def _kind(offer: Offer) -> Kind:
    return "managed" if offer.kind == Offer.Kind.MANAGED else "build"


def set_offers(*, request: HttpRequest, workspace: Workspace, names: Mapping[tuple[str, Kind], str]) -> None:
    """Store all names in place of those before; empty ones are none."""
    rows = [
        Offer(workspace=workspace, layer=layer, kind=kind, name=name)
        for (layer, kind), name in names.items()
        if name
    ]
    with transaction.atomic():
        workspace.offers.all().delete()
        Offer.objects.bulk_create(rows)
        audit.note(
            request, "offers.changed", workspace=workspace, subject=workspace.public_id, offers=len(rows)
        )
