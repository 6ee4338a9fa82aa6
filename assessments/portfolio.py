"""Every unit that a workspace looks after, each with its newest assessment, its answers, figures and milestones."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.db.models.functions import Lower

from advisor.engine.judgement import Own
from assessments.answering import Given, answers_of
from assessments.milestones import Milestone
from assessments.models import Assessment, Client, Workspace
from assessments.planning import figures_in

__all__ = ["Client", "Unit", "Workspace", "clients_in", "read_units", "units_in"]

A_PAGE = 60
"""Units on one page."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The newest assessment of a part of a client, with everything that the rules need to know of it."""

    assessment: Assessment
    given: dict[str, Given]
    own: dict[str, Own]
    milestones: Sequence[Milestone]
    """The oldest first."""


def units_in(workspace: Workspace, *, client: Client | None, page: str) -> Page[Assessment]:
    """The newest assessment of each unit, with its client, by client and unit; ``page`` is what an address says.

    What lies in the bin or was put aside is left out, and what a client keeps to itself. Two queries.
    """
    return Paginator(_newest(workspace, client), A_PAGE).get_page(page)


def read_units(assessments: Sequence[Assessment]) -> tuple[Unit, ...]:
    """What the rules need to know of them, in this order. Three queries, none without any."""
    prefetch_related_objects(assessments, "answers", "own_figures", "milestones")
    return tuple(_unit(each) for each in assessments)


def _newest(workspace: Workspace, client: Client | None) -> QuerySet[Assessment]:
    shown = Assessment.objects.filter(
        client__workspace=workspace,
        client__archived__isnull=True,
        archived__isnull=True,
        binned__isnull=True,
        kept_by_client=False,
    )
    if client:
        shown = shown.filter(client=client)
    newer = shown.filter(client=OuterRef("client"), unit=OuterRef("unit"), pk__gt=OuterRef("pk"))
    return (
        shown.filter(~Exists(newer))
        .select_related("client")
        .order_by(Lower("client__name"), Lower("unit"), "pk")
    )


def _unit(assessment: Assessment) -> Unit:
    figures = {each.name: each.value for each in assessment.own_figures.all()}
    milestones = sorted(assessment.milestones.all(), key=lambda each: each.number)
    return Unit(assessment, answers_of(assessment), figures_in(figures), milestones)


def clients_in(workspace: Workspace) -> tuple[Client, ...]:
    """Those that are not put aside, by name. One query."""
    return tuple(workspace.clients.filter(archived__isnull=True).order_by(Lower("name"), "pk"))
