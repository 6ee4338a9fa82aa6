"""How far somebody has come: which questions are theirs, which are open, and how long the rest takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from advisor.engine.asking import path, seconds
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Mode, Situation
from assessments.answering import Given, given_in, rows_of, situation_from
from assessments.models import Answer, Assessment
from assessments.playbooks import edition


@dataclass(frozen=True)
class Progress:
    """The questions of one assessment and what has become of them. Nothing here says how good an answer is."""

    playbook: Playbook
    mode: Mode
    path: tuple[str, ...]
    answers: Mapping[str, Given]
    rows: Mapping[str, Answer]
    """Answers and drafts as they are stored."""

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The questions without an answer, in the order in which they are asked."""
        return tuple(each for each in self.path if each not in self.answers)

    @cached_property
    def fixed(self) -> bool:
        """No answer can change any more which questions are asked: only those about the organisation decide that."""
        return not any(each in self.playbook.question for each in self.open)

    @property
    def begun(self) -> tuple[str, ...]:
        """Questions where somebody has left something that is no answer yet."""
        return tuple(each for each, row in self.rows.items() if row.draft and any(row.draft.values()))

    @property
    def unused(self) -> tuple[str, ...]:
        """Questions with an answer that is not in use at the moment."""
        return tuple(each for each in self.answers if each not in self.path)

    @property
    def minutes_left(self) -> int:
        return minutes(self.playbook, self.mode, self.open)

    @property
    def time_left(self) -> str:
        """How long the open questions take, in words; nothing where that is hardly any time."""
        left = self.minutes_left
        return gettext("about %(minutes)s minutes left") % {"minutes": left} if left >= 2 else ""

    def number(self, question: str) -> int:
        """The question's place in the path, from 1."""
        return self.path.index(question) + 1

    def before(self, question: str) -> str | None:
        """The question asked before this one."""
        place = self.path.index(question)
        return self.path[place - 1] if place else None

    def open_after(self, question: str) -> str | None:
        """The next question without an answer behind this one."""
        place = self.path.index(question) if question in self.path else -1
        return next((each for each in self.path[place + 1 :] if each not in self.answers), None)

    def answered(self, questions: Iterable[str]) -> int:
        return sum(1 for each in questions if each in self.answers)

    def of_layer(self, layer: str) -> tuple[str, ...]:
        """The capabilities asked about on one floor."""
        return tuple(each.id for each in self.playbook.capabilities_of[layer] if each.id in self.path)

    @property
    def context(self) -> tuple[str, ...]:
        return tuple(each for each in self.path if each in self.playbook.question)

    @property
    def capabilities(self) -> tuple[str, ...]:
        return tuple(each for each in self.path if each in self.playbook.capability)

    @property
    def signals(self) -> tuple[str, ...]:
        return tuple(each for each in self.path if each in self.playbook.signal)


def progress_of(assessment: Assessment) -> Progress:
    """How far this assessment has come. One query."""
    return _progress(assessment, rows_of(assessment))


def progress_with(progress: Progress, assessment: Assessment, row: Answer) -> Progress:
    """How far it has come now that this row has been stored. No query."""
    return _progress(assessment, {**progress.rows, row.question: row})


def _progress(assessment: Assessment, rows: Mapping[str, Answer]) -> Progress:
    playbook, answers = edition(assessment.edition), given_in(rows)
    situation = situation_from(playbook, assessment, answers)
    return Progress(playbook, situation.mode, path(playbook, situation), answers, rows)


def has_edition(assessment: Assessment) -> bool:
    """Whether its questions are still there; somebody may have taken the edition away."""
    try:
        edition(assessment.edition)
    except LookupError:
        return False
    return True


def expected(playbook: Playbook, mode: Mode) -> Progress:
    """What lies ahead of somebody who has answered nothing yet."""
    return Progress(playbook, mode, path(playbook, Situation(mode=mode)), {}, {})


def minutes(playbook: Playbook, mode: Mode, questions: Iterable[str]) -> int:
    """How long these questions take, in whole minutes."""
    return round(seconds(playbook, mode, questions) / 60)
