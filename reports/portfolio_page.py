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
from assessments.portfolio import Client, Unit, Workspace, clients_in, read_units, units_in
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
    """``page`` is what an address says. Six queries, however many units there are; three where all rows are at hand."""
    found = units_in(workspace, client=client, page=page)
    units = list(found)
    columns = _columns(units)
    rows = _rows(columns, units)
    groups = [
        ClientGroup(name, tuple(rows[each.pk] for each in several if each.pk in rows))
        for (_, name), several in groupby(units, key=_client_of)
    ]
    shown = [each for each in groups if each.rows]
    return PortfolioPage(
        portfolio(columns, shown, found.paginator.count), clients_in(workspace), client, found
    )


def _client_of(unit: Assessment) -> tuple[int | None, str]:
    return unit.client_id, unit.client.name if unit.client else ""


def _columns(units: Sequence[Assessment]) -> Playbook:
    """The newest edition that is in use here."""
    used = {each.edition for each in units}
    newest = current()
    if not used or newest.edition in used:
        return newest
    with suppress(LookupError):
        return edition(max(used))
    return newest


def _rows(columns: Playbook, units: Sequence[Assessment]) -> dict[int, UnitRow]:
    """By assessment, without those whose edition was taken away. Only rows that are not at hand are worked out."""
    keys = {each.pk: _key(columns, each) for each in units}
    kept = caches["fragments"].get_many(keys.values())
    missing = [each for each in units if keys[each.pk] not in kept]
    made = {keys[each.assessment.pk]: row for each in read_units(missing) if (row := _row(columns, each))}
    caches["fragments"].set_many(made, HOUR)
    found = kept | made
    return {
        each.pk: replace(row, name=each.unit or row.name, key=keys[each.pk])
        for each in units
        if (row := found.get(keys[each.pk]))
    }


def _key(columns: Playbook, unit: Assessment) -> str:
    """Names a row by all that it is made of: whatever is stored of an assessment raises its version."""
    return f"unit:{unit.public_id}:{unit.version}:{columns.edition}:{translation.get_language()}"


def _row(columns: Playbook, unit: Unit) -> UnitRow | None:
    assessment = unit.assessment
    try:
        day = day_read(assessment, unit.given, unit.own)
    except LookupError:
        return None
    return unit_row(assessment.public_id, columns, day, [_day(each) for each in unit.milestones])


def _day(milestone: Milestone) -> Day | None:
    with suppress(LookupError):
        return day_of(milestone)
    return None
