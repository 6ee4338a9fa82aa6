"""What becomes of stages, moves, effort, duration and confidence."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext

from advisor.engine.advice import Advice, Difference
from advisor.engine.playbook import Range
from reports.presenter import numbers
from reports.presenter.whatif.lists import move_codes
from reports.presenter.whatif.parts import FigureRow


def figure_rows(found: Difference) -> Iterable[FigureRow]:
    """Figures on both sides; effort and duration only where they are known on both."""
    before, after = found.before, found.after
    yield _counted(gettext("Stages"), len(before.roadmap), len(after.roadmap))
    yield _counted(gettext("Moves in the roadmap"), len(move_codes(before)), len(move_codes(after)))
    effort_before, effort_after = whole_effort(before), whole_effort(after)
    if effort_before is not None and effort_after is not None:
        yield FigureRow(
            title=gettext("Effort, middle value"),
            before=_person_weeks(effort_before),
            after=_person_weeks(effort_after),
            difference=effort_difference(found) or gettext("the same"),
        )
    weeks_before, weeks_after = _weeks(before), _weeks(after)
    if weeks_before is not None and weeks_after is not None:
        yield FigureRow(
            title=gettext("Planned duration"),
            before=_in_weeks(weeks_before),
            after=_in_weeks(weeks_after),
            difference=_weeks_difference(weeks_before, weeks_after),
        )
    yield FigureRow(
        title=gettext("Confidence"),
        before=_confidence(before),
        after=_confidence(after),
        difference=gettext("the same")
        if before.confidence.level == after.confidence.level
        else gettext("higher")
        if TRUST.index(after.confidence.level) > TRUST.index(before.confidence.level)
        else gettext("lower"),
    )


TRUST = ("low", "medium", "high")


def _confidence(advice: Advice) -> str:
    return {"high": gettext("high"), "medium": gettext("medium"), "low": gettext("low")}[
        advice.confidence.level
    ]


def _counted(title: str, before: int, after: int) -> FigureRow:
    words = {"count": numbers.in_words(abs(after - before))}
    changed = gettext("%(count)s more") % words if after > before else gettext("%(count)s fewer") % words
    difference = gettext("the same") if before == after else changed
    return FigureRow(
        title=title, before=numbers.in_words(before), after=numbers.in_words(after), difference=difference
    )


def whole_effort(advice: Advice) -> Decimal | None:
    """Of the whole programme in person-weeks, rounded as estimates are; None where it is not known."""
    if advice.budget is None:
        return None if advice.roadmap else Decimal(0)
    return numbers.estimate(advice.budget.released.middle + advice.budget.held.middle)


def _person_weeks(amount: Decimal) -> str:
    if not amount:
        return gettext("none")
    return numbers.person_weeks(Range(low=float(amount), high=float(amount)))


def effort_difference(found: Difference) -> str:
    """ "13 person-weeks less"; empty where it is the same, or not known."""
    before, after = whole_effort(found.before), whole_effort(found.after)
    if before is None or after is None or before == after:
        return ""
    words = {"effort": _person_weeks(abs(before - after))}
    return gettext("%(effort)s less") % words if after < before else gettext("%(effort)s more") % words


def _weeks(advice: Advice) -> int | None:
    """All stages one after the other, as planned; None where durations are not known."""
    planned = [each.planned_weeks for each in advice.roadmap]
    known = [each for each in planned if each is not None]
    return int(numbers.rounded(sum(known))) if len(known) == len(planned) else None


def _in_weeks(count: int) -> str:
    return numbers.weeks_whole(count) if count else gettext("none")


def _weeks_difference(before: int, after: int) -> str:
    if before == after:
        return gettext("the same")
    words = {"weeks": numbers.weeks_whole(abs(before - after))}
    return gettext("%(weeks)s less") % words if after < before else gettext("%(weeks)s more") % words


def behind(found: Difference) -> str:
    """How much of today's plan is done then, where nothing else takes its place."""
    before, after = whole_effort(found.before), whole_effort(found.after)
    judged = "undetermined" not in (found.before.bottleneck.kind, found.after.bottleneck.kind)
    if not judged or found.moves_new or before is None or after is None or before - after <= 1:
        return ""
    return _person_weeks(before - after)
