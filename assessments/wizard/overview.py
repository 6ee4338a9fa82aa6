"""What the review and the list of all questions print: every answer in words, by floor."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.answering import Given
from assessments.models import Assessment
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW, Asked, asked
from assessments.wizard.addresses import next_url, question_url
from assessments.wizard.floors import NO_FLOOR, hue_of
from assessments.wizard.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question and its answer."""

    question: Asked
    words: str
    state: str
    note: str
    url: str
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The questions of one floor, or of one of the parts beside the house."""

    id: str
    title: str
    kicker: str
    hue: str
    state: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All questions of one assessment by floor, with what is still open on top."""

    sections: tuple[Section, ...]
    open: tuple[Entry, ...]
    unused: tuple[Entry, ...]
    standing: str
    begun: bool
    next: str
    quick: bool

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
        sections=tuple(_sections(progress, entries)),
        open=tuple(entries[each] for each in progress.open),
        unused=tuple(entries[each] for each in progress.unused if each in entries),
        standing=_standing(progress),
        begun=bool(progress.answered(progress.path)),
        next=next_url(assessment, progress),
        quick=progress.mode == "quick",
    )


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
    return Entry(
        question=question,
        words=answer_words(question, given),
        state=gettext("Completed") if given else gettext("Not yet answered"),
        note=given.note if given else "",
        url=question_url(assessment, question.id, returning=returning),
        answered=given is not None,
    )


def _sections(progress: Progress, entries: Mapping[str, Entry]) -> list[Section]:
    parts: list[tuple[str, str | Promise, str | Promise, str, tuple[str, ...]]] = [
        ("organisation", _("Your organisation"), "", NO_FLOOR, progress.context)
    ]
    for layer in progress.playbook.layers:
        hue = hue_of(progress.playbook, layer.id)
        parts.append((layer.id, layer.name, layer.place, hue, progress.of_layer(layer.id)))
    parts.append(("symptoms", _("Symptoms"), "", NO_FLOOR, progress.signals))
    return [
        Section(
            id=part,
            title=str(title),
            kicker=str(kicker),
            hue=hue,
            state=_state(progress.answered(questions), len(questions)),
            entries=tuple(entries[each] for each in questions),
        )
        for part, title, kicker, hue, questions in parts
        if questions
    ]


def _state(done: int, total: int) -> str:
    if not done:
        return gettext("Not yet started")
    if done == total:
        return gettext("Completed")
    return gettext("%(done)s of %(total)s answered") % {"done": done, "total": total}


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
