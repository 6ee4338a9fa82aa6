"""The one place that writes and reads a "what if" that somebody kept under a name."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from assessments.answering import RefusedError, clean_line
from assessments.locking import locked, next_number, note_change
from assessments.models import Assessment, Scenario
from assessments.models.assessment import NAME_LENGTH

__all__ = [
    "MOST",
    "NAME_LENGTH",
    "Kept",
    "RefusedError",
    "delete_scenario",
    "keep_scenario",
    "rename_scenario",
    "scenario_numbered",
    "scenarios_of",
]

MOST = 3
"""So many fit beside each other on a page; more than that nobody compares."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept "what if": levels as they might become, whatever is answered today."""

    number: int
    """Counts within the assessment, from 1."""
    name: str
    levels: Mapping[str, int]
    """Capability to level 0 to 4."""


# --- Reading ----------------------------------------------------------------------------------------------------------


def scenarios_of(assessment: Assessment) -> tuple[Kept, ...]:
    """In the order in which they were kept. One query; none for a sample, which keeps nothing."""
    if assessment.sample:
        return ()
    return tuple(_kept(each) for each in assessment.scenarios.order_by("number"))


def scenario_numbered(assessment: Assessment, number: int) -> Kept | None:
    """One query; None where there is none, or none any more."""
    return next((_kept(each) for each in assessment.scenarios.filter(number=number)), None)


def _kept(row: Scenario) -> Kept:
    return Kept(row.number, row.name, row.levels)


# --- Writing ----------------------------------------------------------------------------------------------------------


def keep_scenario(*, assessment: Assessment, name: str, levels: Mapping[str, int]) -> Kept:
    """Keep these levels under a name.

    Whoever calls has held the levels against the answers. Raises RefusedError where the name cannot be, or where there
    are as many as there may be already; raises DeletedError.
    """
    named = _cleaned(name)
    with locked(assessment):
        note_change(assessment)
        present = scenarios_of(assessment)
        if len(present) >= MOST:
            raise RefusedError(
                gettext("There are %(most)s named plans already. Delete one, then save this one.")
                % {"most": MOST}
            )
        _must_be_new(named, present)
        number = next_number(assessment, "scenario")
        row = Scenario.objects.create(assessment=assessment, number=number, name=named, levels=dict(levels))
    return _kept(row)


def rename_scenario(*, assessment: Assessment, number: int, name: str) -> None:
    """Give a kept one another name. Raises RefusedError as ``keep_scenario`` does, and DeletedError."""
    named = _cleaned(name)
    with locked(assessment):
        note_change(assessment)
        _must_be_new(named, [each for each in scenarios_of(assessment) if each.number != number])
        assessment.scenarios.filter(number=number).update(name=named)


def delete_scenario(*, assessment: Assessment, number: int) -> None:
    """Forget a kept one; nothing happens where there is none. Raises DeletedError."""
    with locked(assessment):
        note_change(assessment)
        assessment.scenarios.filter(number=number).delete()


def _cleaned(name: str) -> str:
    """One line of plain text."""
    missing = gettext("Enter a name for the plan, such as “Hire two people”")
    return clean_line(name, NAME_LENGTH, gettext("Name"), missing)


def _must_be_new(name: str, others: "tuple[Kept, ...] | list[Kept]") -> None:
    if any(each.name.casefold() == name.casefold() for each in others):
        raise RefusedError(
            gettext("A plan is called “%(name)s” already. Enter another name.") % {"name": name}
        )
