"""Every unit that a workspace looks after, each with its newest assessment, its answers, figures and milestones."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from advisor.engine.judgement import Own
from assessments.answering import Given, answers_of
from assessments.milestones import Milestone
from assessments.models import Assessment, Client, Workspace
from assessments.planning import figures_in

__all__ = ["Client", "Unit", "Workspace", "clients_in", "units_in"]

A_PAGE = 200
"""Units on one page."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The newest assessment of a part of a client, with everything that the rules need to know of it."""

    client: Client
    assessment: Assessment
    given: dict[str, Given]
    own: dict[str, Own]
    milestones: Sequence[Milestone]
    """The oldest first."""


def units_in(
    workspace: Workspace, *, client: Client | None, page: str
) -> tuple[Page[Assessment], tuple[Unit, ...]]:
    """The units on a page, by client and name; what lies in the bin or was put aside is left out.

    Left out as well is what a client keeps to itself. Five queries, however many units there are.
    """
    found = Paginator(_newest(workspace, client), A_PAGE).get_page(page)
    return found, tuple(_unit(each) for each in found)


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
        .prefetch_related("answers", "own_figures", "milestones")
        .order_by(Lower("client__name"), Lower("unit"), "pk")
    )


def _unit(assessment: Assessment) -> Unit:
    assert assessment.client is not None  # noqa: S101  that is how it was found
    figures = {each.name: each.value for each in assessment.own_figures.all()}
    milestones = sorted(assessment.milestones.all(), key=lambda each: each.number)
    return Unit(assessment.client, assessment, answers_of(assessment), figures_in(figures), milestones)


def clients_in(workspace: Workspace) -> tuple[Client, ...]:
    """Those that are not put aside, by name. One query."""
    return tuple(workspace.clients.filter(archived__isnull=True).order_by(Lower("name"), "pk"))
