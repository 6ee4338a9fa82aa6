"""From the units of a workspace to the page that shows them side by side; a row is worked out once as long as it stays."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from django.core.cache import caches
from django.core.paginator import Page
from django.utils import translation

from advisor.engine.playbook import Playbook
from assessments.access import Assessment
from assessments.milestones import Milestone
from assessments.playbooks import current, edition
from assessments.portfolio import Client, Unit, Workspace, clients_in, units_in
from reports.presenter.portfolio import ClientGroup, Portfolio, UnitRow, portfolio, unit_row
from reports.presenter.progress import Day
from reports.telling import day_of, day_read

HOUR = 60 * 60


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """The grid, the clients to choose from, and which of many pages this is."""

    grid: Portfolio
    clients: Sequence[Client]
    client: Client | None
    page: Page[Assessment]


def portfolio_page(workspace: Workspace, *, client: Client | None, page: str) -> PortfolioPage:
    """``page`` is what an address says. Six queries, however many units there are."""
    found, units = units_in(workspace, client=client, page=page)
    columns = _columns(units)
    groups = [
        ClientGroup(key.public_id, key.name, tuple(row for unit in several if (row := _row(columns, unit))))
        for key, several in groupby(units, key=lambda each: each.client)
    ]
    shown = [each for each in groups if each.rows]
    return PortfolioPage(
        portfolio(columns, shown, found.paginator.count), clients_in(workspace), client, found
    )


def _columns(units: Sequence[Unit]) -> Playbook:
    """The newest edition that is in use here."""
    used = {each.assessment.edition for each in units}
    newest = current()
    if not used or newest.edition in used:
        return newest
    with suppress(LookupError):
        return edition(max(used))
    return newest


def _row(columns: Playbook, unit: Unit) -> UnitRow | None:
    """None for one whose edition was taken away. Whatever is stored of an assessment raises its version."""
    assessment, kept = unit.assessment, caches["fragments"]
    key = f"unit:{assessment.public_id}:{assessment.version}:{columns.edition}:{translation.get_language()}"
    row: UnitRow | None = kept.get(key)
    if row is None:
        try:
            day = day_read(assessment, unit.given, unit.own)
        except LookupError:
            return None
        row = unit_row(assessment.public_id, columns, day, [_day(each) for each in unit.milestones])
        kept.set(key, row, HOUR)
    return replace(row, name=assessment.unit or row.name)


def _day(milestone: Milestone) -> Day | None:
    with suppress(LookupError):
        return day_of(milestone)
    return None
