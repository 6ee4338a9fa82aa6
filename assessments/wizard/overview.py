"""What the review and the list of all questions print: every answer in words, by floor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from assessments.answering import Given
from assessments.floors import NO_FLOOR, hue_of
from assessments.models import Answer, Assessment
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW, Asked, asked
from assessments.retention import kept_until
from assessments.wizard.addresses import next_url, question_url, sheet_url
from assessments.wizard.forms import Typed
from assessments.wizard.progress import Progress

ORGANISATION, SYMPTOMS = "organisation", "symptoms"
"""The parts before and after the house; the others go by the ids of the layers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The questions of one floor, or of one of the parts beside the house, as far as they are asked."""

    id: str
    title: str
    kicker: str
    hue: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question and its answer. ``begun`` holds what was typed and is no answer yet."""

    question: Asked
    words: str
    state: str
    note: str
    begun: tuple[str, ...]
    url: str
    answered: bool

    @property
    def completed(self) -> bool:
        return self.answered and not self.begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part with its questions, and where they stand on one page."""

    part: Part
    state: str
    entries: tuple[Entry, ...]
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All questions of one assessment by floor, with what is still open on top."""

    sections: tuple[Section, ...]
    open: tuple[Entry, ...]
    unused: tuple[Entry, ...]
    count: str
    standing: str
    begun: bool
    next: str
    quick: bool
    until: datetime | None

    @property
    def complete(self) -> bool:
        return not self.open

    @property
    def open_title(self) -> str:
        return ngettext(
            "%(count)s question is still open", "%(count)s questions are still open", len(self.open)
        ) % {"count": len(self.open)}


def overview(assessment: Assessment, progress: Progress, *, returning: bool = False) -> Overview:
    """The assessment at a glance; with ``returning`` each answer leads back to the review."""
    entries = {
        each: _entry(assessment, question, progress, returning=returning)
        for each in (*progress.path, *progress.unused)
        if (question := asked(progress.playbook, each))
    }
    return Overview(
        sections=tuple(_section(assessment, part, progress, entries) for part in parts_of(progress)),
        open=tuple(entries[each] for each in progress.open),
        unused=tuple(entries[each] for each in progress.unused if each in entries),
        count=_count(progress),
        standing=_standing(progress),
        begun=bool(progress.answered(progress.path)),
        next=next_url(assessment, progress),
        quick=progress.mode == "quick",
        until=kept_until(assessment, finished=not progress.open),
    )


def _count(progress: Progress) -> str:
    words = {"done": progress.answered(progress.path), "total": len(progress.path)}
    return gettext("%(done)s of %(total)s questions") % words


def _standing(progress: Progress) -> str:
    words = {
        "done": progress.answered(progress.path),
        "total": len(progress.path),
        "minutes": progress.minutes_left,
    }
    if progress.time_left:
        return gettext("%(done)s of %(total)s questions answered, about %(minutes)s minutes left") % words
    return gettext("%(done)s of %(total)s questions answered") % words


def _entry(assessment: Assessment, question: Asked, progress: Progress, *, returning: bool) -> Entry:
    given = progress.answers.get(question.id)
    begun = _begun(question, progress.rows.get(question.id))
    return Entry(
        question=question,
        words=answer_words(question, given),
        state=_state_of_one(answered=given is not None, begun=bool(begun)),
        note=given.note if given else "",
        begun=begun,
        url=question_url(assessment, question.id, sender="review" if returning else ""),
        answered=given is not None,
    )


def _begun(question: Asked, row: Answer | None) -> tuple[str, ...]:
    """What was typed and is no answer yet, a line each."""
    if row is None or row.draft is None:
        return ()
    typed = Typed.from_draft(row.draft)
    titles = {str(choice.value): choice.title for choice in question.choices}
    special = {DONT_KNOW: gettext("I don’t know"), DOES_NOT_APPLY: gettext("Does not apply to us")}
    chosen = [titles.get(each) or special.get(each, "") for each in typed.chosen]
    return tuple(each for each in (", ".join(chosen), typed.number, typed.na_reason, typed.note) if each)


def _section(assessment: Assessment, part: Part, progress: Progress, entries: Mapping[str, Entry]) -> Section:
    return Section(
        part=part,
        state=state_of(part, progress),
        entries=tuple(entries[each] for each in part.questions),
        sheet=sheet_url(assessment, part.id),
    )


# --- Parts -------------------------------------------------------------------------------------------------------------


def parts_of(progress: Progress) -> tuple[Part, ...]:
    """The parts in which something is asked, in the order in which it is asked."""
    before = Part(
        id=ORGANISATION,
        title=gettext("Your organisation"),
        kicker="",
        hue=NO_FLOOR,
        questions=progress.context,
    )
    floors = (
        Part(
            id=layer.id,
            title=layer.name,
            kicker=layer.place,
            hue=hue_of(progress.playbook, layer.id),
            questions=progress.of_layer(layer.id),
        )
        for layer in progress.playbook.layers
    )
    after = Part(id=SYMPTOMS, title=gettext("Symptoms"), kicker="", hue=NO_FLOOR, questions=progress.signals)
    return tuple(part for part in (before, *floors, after) if part.questions)


def state_of(part: Part, progress: Progress) -> str:
    """How far a part has come, in words."""
    done, total = progress.answered(part.questions), len(part.questions)
    if done == total:
        return gettext("Completed")
    if not done and not set(part.questions) & set(progress.begun):
        return gettext("Not yet started")
    return gettext("%(done)s of %(total)s answered") % {"done": done, "total": total}


def _state_of_one(*, answered: bool, begun: bool) -> str:
    if begun:
        return gettext("Begun")
    return gettext("Completed") if answered else gettext("Not yet started")


# --- Answers in words --------------------------------------------------------------------------------------------------


def answer_words(question: Asked, given: Given | None) -> str:
    """An answer as a person would read it out."""
    if given is None:
        return gettext("Not answered yet")
    titles: dict[object, str] = {choice.value: choice.title for choice in question.choices}
    match given.value:
        case list(several):
            return ", ".join(titles[each] for each in several) or gettext("None of these")
        case str(special) if special == DONT_KNOW:
            return gettext("I don’t know")
        case str(special) if special == DOES_NOT_APPLY:
            return gettext("Does not apply to us: %(reason)s") % {"reason": given.na_reason}
        case number if question.kind == "number":
            return f"{number:g} {question.unit}".strip()
        case one:
            return titles[one]
