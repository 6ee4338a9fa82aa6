"""The whole comparison of two days: as a page of its own, and as a section of a report."""

from dataclasses import replace

from django.utils.translation import gettext

from advisor.engine.progress import UNMOVED
from reports.presenter import numbers
from reports.presenter.compared import Comparison, ProgressSection
from reports.presenter.parts import FloorView
from reports.presenter.progress.crossings import crossing_view, crossings_heading
from reports.presenter.progress.days import Day, Pair, day_view
from reports.presenter.progress.headline import full_stop, headline, lead
from reports.presenter.progress.notes import notes
from reports.presenter.progress.shifts import (
    course_word,
    levels_sentence,
    slopes_by_floor,
    symptom_view,
    symptoms_heading,
)
from reports.presenter.progress.works import pitfall_groups, pitfalls_heading, work_groups, works_heading
from reports.presenter.summary import in_short

NAME_LENGTH = 60
"""So much of a milestone's name stands in a report."""


def comparison(then: Day, now: Day) -> Comparison:
    """The whole comparison, in the active language."""
    pair = Pair.of(then, now)
    return Comparison(
        headline=headline(pair),
        lead=lead(pair),
        then=day_view(then, pair.was),
        now=day_view(now, pair.lexicon),
        notes=tuple(notes(pair)),
        crossings=tuple(crossing_view(pair, each) for each in reversed(pair.change.crossings)),
        crossings_heading=crossings_heading(pair.change),
        floors=tuple(slopes_by_floor(pair)),
        floors_heading=levels_sentence(pair.change) or gettext("No level has changed"),
        works=work_groups(pair),
        works_heading=works_heading(pair.change),
        pitfalls=pitfall_groups(pair),
        pitfalls_heading=pitfalls_heading(pair.change),
        symptoms=tuple(symptom_view(pair, each) for each in pair.change.moods),
        symptoms_heading=symptoms_heading(pair.change.moods),
    )


def section(then: Day, now: Day) -> tuple[ProgressSection, dict[str, str]]:
    """The same within a report: one heading, one sentence or two, and what became of each level that moved."""
    pair = Pair.of(then, now)
    words = {"name": in_short(then.name, NAME_LENGTH), "day": numbers.day(then.day)}
    says = " ".join([full_stop(headline(pair)), *lead(pair)])
    heading = gettext("Change since “%(name)s”, %(day)s") % words
    moved = [each for each in pair.change.shifts if each.course not in UNMOVED]
    marks = {each.capability: course_word(each.course, each.steps, each.now) for each in moved}
    return ProgressSection(number=then.number, heading=heading, says=says), marks


def with_marks(floors: tuple[FloorView, ...], marks: dict[str, str]) -> tuple[FloorView, ...]:
    """The floors of a report, each row with what became of it."""
    return tuple(
        replace(
            floor,
            rows=tuple(replace(row, since=marks.get(row.capability, "")) for row in floor.rows),
        )
        for floor in floors
    )
