"""The one place that writes and reads milestones: answers as they were on a day, kept under a name."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from assessments.answering import Given, answers_of, clean_line
from assessments.locking import locked, next_number, note_change
from assessments.models import Assessment, Milestone
from assessments.models.assessment import NAME_LENGTH

__all__ = [
    "MOST",
    "FullError",
    "Milestone",  # reports name the type, and import nothing else from the models
    "SameError",
    "delete",
    "given_at",
    "is_as_kept",
    "keep",
    "milestone_of",
    "milestones_of",
    "rename",
]

MOST = 24
"""So many of one assessment: two years of months, or six of quarters."""

type Frozen = dict[str, dict[str, Any]]


class FullError(Exception):
    """There is room for no more milestones; the message is for the person who wants one."""


class SameError(Exception):
    """Today's answers are those of the newest milestone, so that another one adds nothing."""

    def __init__(self, newest: Milestone) -> None:
        self.newest = newest
        super().__init__(newest.name)


# --- Writing ----------------------------------------------------------------------------------------------------------


def keep(*, assessment: Assessment, name: str, again: bool = False) -> Milestone:
    """Keep every answer in force, the edition, the mode and the own figures under a name.

    ``again`` keeps what the newest milestone says already. Raises RefusedError for a name that cannot be stored,
    FullError, SameError, and DeletedError if the assessment is gone.
    """
    name = clean_name(name)
    with locked(assessment):
        assessment.refresh_from_db(fields=["edition", "mode"])
        kept, made = milestones_of(assessment), _as_it_is(assessment, name)
        if kept and not again and _same(kept[-1], made):
            raise SameError(kept[-1])
        if len(kept) >= MOST:
            raise FullError(
                gettext(
                    "There are %(most)s milestones already, and room for no more. Delete one that you no longer "
                    "compare with."
                )
                % {"most": MOST}
            )
        note_change(assessment)
        made.number = next_number(assessment, "milestone")
        made.save(force_insert=True)
    return made


def rename(*, assessment: Assessment, number: int, name: str) -> None:
    """Give a milestone another name. Raises RefusedError for one that cannot be stored, and DeletedError."""
    name = clean_name(name)
    with locked(assessment):
        note_change(assessment)
        assessment.milestones.filter(number=number).update(name=name)


def delete(*, assessment: Assessment, number: int) -> None:
    """Delete a milestone; today's answers stay. Raises DeletedError."""
    with locked(assessment):
        note_change(assessment)
        assessment.milestones.filter(number=number).delete()


def clean_name(name: str) -> str:
    """A name as it is stored, in one line. Raises RefusedError."""
    return clean_line(name, NAME_LENGTH, gettext("Name"), gettext("Enter a name for the milestone"))


def _as_it_is(assessment: Assessment, name: str) -> Milestone:
    return Milestone(
        assessment=assessment,
        name=name,
        edition=assessment.edition,
        mode=assessment.mode,
        answers=_frozen(answers_of(assessment)),
        figures=dict(assessment.own_figures.values_list("name", "value")),
    )


def _frozen(given: dict[str, Given]) -> Frozen:
    return {
        question: {"value": each.value, "na_reason": each.na_reason, "note": each.note}
        for question, each in given.items()
    }


def _same(kept: Milestone, made: Milestone) -> bool:
    names = ("edition", "mode", "answers", "figures")
    return all(getattr(kept, name) == getattr(made, name) for name in names)


# --- Reading ----------------------------------------------------------------------------------------------------------


def milestones_of(assessment: Assessment) -> tuple[Milestone, ...]:
    """All of them, the oldest first. One query."""
    return tuple(assessment.milestones.order_by("number"))


def milestone_of(assessment: Assessment, number: int) -> Milestone | None:
    """The one with this number. One query."""
    return assessment.milestones.filter(number=number).first()


def given_at(milestone: Milestone) -> dict[str, Given]:
    """Every answer that the milestone keeps, by question. No query."""
    return {question: Given(**each) for question, each in milestone.answers.items()}


def is_as_kept(milestone: Milestone, assessment: Assessment, given: Mapping[str, Given]) -> bool:
    """Whether the answers of today are still those of the milestone; a note may differ. No query."""
    values = {question: each.value for question, each in given.items()}
    kept = {question: each["value"] for question, each in milestone.answers.items()}
    same_questions = (milestone.edition, milestone.mode) == (assessment.edition, assessment.mode)
    return same_questions and values == kept
