"""The figures of judgement in words: what each is called, its unit, and which ones were set for an assessment."""

from dataclasses import replace

from django.utils.translation import gettext, ngettext

from advisor.engine.judgement import Group, Judgement, Own
from advisor.engine.playbook import Figure, Playbook, Range
from reports.presenter import money, numbers
from reports.presenter.annex import ChangedFigure, ChangedSection
from reports.presenter.lexicon import Lexicon

PERCENT = 100

PLAIN: tuple[Group, ...] = ("capacity", "tolerance")
"""The groups whose figures stand in the edition's list of figures, with a name and a reason."""


def name_of(playbook: Playbook, judgement: Judgement) -> str:
    """ "Effort: One scheduler, and runs you can repeat"."""
    subject = judgement.subject
    match judgement.group:
        case "minimum":
            return playbook.capability[subject].title
        case "average":
            return gettext("Average of %(layer)s") % {"layer": playbook.layer[subject].name}
        case "effort" | "lead":
            return move_name(playbook, subject)
        case "money":
            return gettext("Day rate") if subject == "day_rate" else gettext("Budget in all")
        case _:
            return figure_of(playbook, judgement).title


def move_name(playbook: Playbook, code: str) -> str:
    """The title of a move by its code."""
    initiative, _, phase = code.partition(":")
    return playbook.initiative[initiative].words(phase or "A").title


def figure_of(playbook: Playbook, judgement: Judgement) -> Figure:
    figure: Figure = getattr(playbook.figures, judgement.name)
    return figure


def group_title(group: Group) -> str:
    return {
        "money": gettext("Money"),
        "capacity": gettext("People and time"),
        "effort": gettext("Efforts"),
        "lead": gettext("Lead times"),
        "minimum": gettext("Gate minimums"),
        "average": gettext("Gate averages"),
        "tolerance": gettext("When something counts"),
    }[group]


def unit_of(playbook: Playbook, judgement: Judgement) -> str:
    """What stands behind the number: "person-weeks", "%", "of 4"."""
    match judgement.group:
        case "effort":
            return gettext("person-weeks")
        case "lead":
            return gettext("weeks")
        case "minimum" | "average":
            return gettext("of 4")
        case "money":
            return gettext("a day") if judgement.subject == "day_rate" else ""
        case _:
            return "%" if in_percent(playbook, judgement) else figure_of(playbook, judgement).unit


def in_percent(playbook: Playbook, judgement: Judgement) -> bool:
    """Shares from 0 to 1 are shown and typed in percent."""
    return judgement.group in PLAIN and figure_of(playbook, judgement).unit.startswith("share")


def told(playbook: Playbook, judgement: Judgement, value: Own | None) -> str:
    """A value with its unit, as it is printed; empty for None."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        span = Range(low=value[0], high=value[1])
        return numbers.person_weeks(span) if judgement.group == "effort" else numbers.weeks(span)
    if judgement.group in PLAIN:
        return money.figure_value(replace(figure_of(playbook, judgement), value=value))
    if judgement.group == "average":
        return numbers.threshold(value)
    words = {"value": numbers.printed(value), "unit": unit_of(playbook, judgement)}
    return (gettext("%(value)s %(unit)s") % words).strip()


def changed_section(lexicon: Lexicon) -> ChangedSection | None:
    """The figures that differ from the edition's; None where all are its own."""
    if not lexicon.changed:
        return None
    edition = lexicon.edition or lexicon.playbook
    rows = tuple(
        ChangedFigure(
            group=group_title(each.group),
            title=name_of(edition, each),
            edition=told(edition, each, each.value) or gettext("none"),
            own=told(edition, each, value),
        )
        for each, value in lexicon.changed.values()
    )
    return ChangedSection(
        heading=ngettext("One figure is changed", "%(count)s figures are changed", len(rows))
        % {"count": numbers.in_words_first(len(rows))},
        note=gettext("Set for this assessment. Every rule works with them; the edition’s stand beside them."),
        rows=rows,
    )
