"""From milestones to the pages about them: the list, and two days side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from assessments.access import Assessment
from assessments.milestones import MOST, Milestone, milestones_of
from reports.presenter import numbers
from reports.presenter.compared import Comparison, MilestoneView
from reports.presenter.progress import Day, comparison, milestone
from reports.telling import day_of, newest_that_differs, today

NOW = "now"
"""How today is called in an address, where a milestone is called by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestonesPage:
    """The list, the newest first, and what was typed into the form below it."""

    rows: tuple[MilestoneView, ...]
    full: bool
    kept: str
    """The name of the one that was kept just now."""
    name: str
    error: str
    same: Milestone | None
    """The newest one, where it says what today's answers say."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that can be compared."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """Two days, and the days that can be chosen. Without a comparison ``missing`` says why."""

    then: tuple[Choice, ...]
    now: tuple[Choice, ...]
    comparison: Comparison | None
    missing: str

    @property
    def title(self) -> str:
        return self.comparison.headline if self.comparison else self.missing


# --- The list -----------------------------------------------------------------------------------------------------------


def milestones_page(
    assessment: Assessment, *, kept: str = "", name: str = "", error: str = "", same: Milestone | None = None
) -> MilestonesPage:
    """All milestones. One query. ``kept`` is the number of the newest one, as an address has it."""
    found = milestones_of(assessment)
    return MilestonesPage(
        rows=tuple(_row(each) for each in reversed(found)),
        full=len(found) >= MOST,
        kept=next((each.name for each in found if str(each.number) == kept), ""),
        name=name,
        error=error,
        same=same,
    )


def _row(found: Milestone) -> MilestoneView:
    try:
        return milestone(day_of(found))
    except LookupError:
        return MilestoneView(
            number=found.number, name=found.name, day=_day(found), facts=(_taken_away(found.edition),)
        )


def _day(found: Milestone) -> str:
    return numbers.day(timezone.localdate(found.created))


def _taken_away(edition: str) -> str:
    return gettext("The edition it was asked under, %(edition)s, is not on this server any more") % {
        "edition": edition
    }


# --- Two days side by side ------------------------------------------------------------------------------------------------


def compare_page(assessment: Assessment, *, then: str, now: str) -> ComparePage | None:
    """Two days by number or NOW; for one that is not there the newest is taken. None without a milestone. Two queries."""
    found = {str(each.number): each for each in milestones_of(assessment)}
    if not found:
        return None
    last = now if now in found else NOW
    current = _or_none(lambda: today(assessment)) if last == NOW else None
    first = then if then in found else _earlier(assessment, found, last, current)
    if last != NOW and int(first) > int(last):  # asked for the other way round
        first, last = last, first
    before = _or_none(lambda: day_of(found[first]))
    after = current if last == NOW else _or_none(lambda: day_of(found[last]))
    earlier, later = found[first], found.get(last, assessment)
    lost = later if before else earlier
    return ComparePage(
        then=tuple(_choice(each, first) for each in found.values()),
        now=(
            *(_choice(each, last) for each in found.values()),
            Choice(NOW, gettext("Today"), last == NOW),
        ),
        comparison=comparison(before, after) if before and after else None,
        missing="" if before and after else _nothing(lost.edition),
    )


def _or_none(look: Callable[[], Day]) -> Day | None:
    """A day; None where the edition it was asked under was taken away."""
    try:
        return look()
    except LookupError:
        return None


def _nothing(edition: str) -> str:
    return gettext("Nothing can be compared: edition %(edition)s is not on this server any more") % {
        "edition": edition
    }


def _choice(each: Milestone, chosen: str) -> Choice:
    words = gettext("%(name)s, %(day)s") % {"name": each.name, "day": _day(each)}
    return Choice(str(each.number), words, str(each.number) == chosen)


def _earlier(assessment: Assessment, found: dict[str, Milestone], last: str, current: Day | None) -> str:
    """The day to compare with where none was named: before today the newest that differs, before a milestone the last."""
    if current and (differing := newest_that_differs(assessment, found.values(), current.given)):
        return str(differing.number)
    before = [each for each in found if last == NOW or int(each) < int(last)]
    return (before or [last])[-1]
