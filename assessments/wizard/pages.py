"""What the wizard's pages print: everything grouped, ordered and worded, so that templates only print."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from advisor.drawing import Hue, Svg
from advisor.drawing.mini import MiniFloor, Step, mini
from advisor.engine.playbook import Layer
from assessments.answering import Given
from assessments.models import Assessment
from assessments.questions import NOT_APPLICABLE, UNKNOWN, Asked, asked
from assessments.wizard.forms import NONE, Typed
from assessments.wizard.progress import Progress

HUES: tuple[Hue, Hue, Hue] = ("stone", "brick", "copper")
"""The colour of each floor, from the ground up."""

NO_FLOOR = "ink"


@dataclass(frozen=True, slots=True)
class Line:
    """One line to choose, as it stands in the form."""

    value: int | str
    title: str
    fact: str
    checked: bool

    @property
    def id(self) -> str:
        return f"answer-{self.value}"


@dataclass(frozen=True, slots=True)
class Row:
    """How far one part has come."""

    title: str
    count: str
    here: bool
    hue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing to put right: the field, what to do, and where the link in the summary leads."""

    field: str
    says: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question, with what was typed, and how far the assessment has come."""

    asked: Asked
    typed: Typed
    hue: str
    kicker: str
    window_title: str
    lines: tuple[Line, ...]
    specials: tuple[Line, ...]
    mistakes: tuple[Mistake, ...]
    action: str
    back: str
    skip: str
    here: str
    blocks: str
    minutes: str
    rows: tuple[Row, ...]
    house: Svg

    @property
    def error(self) -> Mapping[str, str]:
        return {each.field: each.says for each in self.mistakes}

    @property
    def described_by(self) -> str:
        return "hint answer-error" if "answer" in self.error else "hint"


def question_page(
    assessment: Assessment,
    question: Asked,
    progress: Progress,
    *,
    typed: Typed | None = None,
    mistakes: tuple[tuple[str, str], ...] = (),
    returning: bool = False,
) -> QuestionPage:
    """The page of one question on the path; ``typed`` is what could not be stored, ``returning`` leads to the review."""
    given = progress.answers.get(question.id)
    shown = typed or (Typed.from_given(question, given) if given else Typed())
    layer = progress.playbook.layer[question.layer] if question.layer else None
    lines, specials = _lines(question, shown), _specials(question, shown)
    first = {"number": "number"}.get(question.kind, lines[0].id if lines else "")
    target = {"answer": first, "na_reason": "na-reason", "note": "note"}
    return QuestionPage(
        asked=question,
        typed=shown,
        hue=hue_of(progress, question.layer),
        kicker="\N{NO-BREAK SPACE}· ".join(_kicker(question, progress, layer)),
        window_title=_window_title(question, progress, error=bool(mistakes)),
        lines=lines,
        specials=specials,
        mistakes=tuple(Mistake(field=field, says=says, target=target[field]) for field, says in mistakes),
        action=question_url(assessment, question.id, returning=returning),
        back=_back_url(assessment, question, progress, returning=returning),
        skip="" if question.allow_unknown or returning else _skip_url(assessment, question, progress),
        here=_here(question, layer),
        blocks=_blocks(progress),
        minutes=_minutes(progress.minutes_left),
        rows=_rows(progress, question),
        house=_house(progress, question),
    )


# --- Addresses --------------------------------------------------------------------------------------------------------


def question_url(assessment: Assessment, question: str, *, returning: bool = False) -> str:
    """Where one question stands; with ``returning`` its answer leads back to the review."""
    url = reverse("assessments:question", args=[assessment.public_id, question])
    return f"{url}?return=review" if returning else url


def review_url(assessment: Assessment) -> str:
    return reverse("assessments:review", args=[assessment.public_id])


def keep_url(assessment: Assessment) -> str:
    return reverse("assessments:keep", args=[assessment.public_id])


def next_url(assessment: Assessment, progress: Progress) -> str:
    """The first open question, or the review page where nothing is open."""
    return question_url(assessment, progress.open[0]) if progress.open else review_url(assessment)


def url_after(
    assessment: Assessment, question: str, before: Progress, after: Progress, *, returning: bool = False
) -> str:
    """Where an answer leads: to the next open question, and to the review where none is left.

    Somebody who came from the review goes back there, unless the answer opened new questions.
    """
    changed_only = question in before.answers and set(after.path) <= set(before.path)
    following = None if returning and changed_only else after.open_after(question)
    return question_url(assessment, following, returning=returning) if following else review_url(assessment)


def _back_url(assessment: Assessment, question: Asked, progress: Progress, *, returning: bool) -> str:
    if returning:
        return review_url(assessment)
    before = progress.before(question.id)
    if before:
        return question_url(assessment, before)
    return reverse("assessments:scope", args=[assessment.public_id])


def _skip_url(assessment: Assessment, question: Asked, progress: Progress) -> str:
    following = progress.open_after(question.id)
    return question_url(assessment, following) if following else review_url(assessment)


# --- Parts of a question page -----------------------------------------------------------------------------------------


def hue_of(progress: Progress, layer: str | None) -> str:
    """The colour of a floor by its name."""
    names = [each.id for each in progress.playbook.layers]
    return HUES[names.index(layer)] if layer in names else NO_FLOOR


def _lines(question: Asked, typed: Typed) -> tuple[Line, ...]:
    return tuple(
        Line(each.value, each.title, each.fact, str(each.value) in typed.chosen) for each in question.choices
    )


def _specials(question: Asked, typed: Typed) -> tuple[Line, ...]:
    """The answers that are offered after the "or"."""
    offered = [
        (NONE, gettext("None of these"), question.allow_none),
        (UNKNOWN, gettext("I don’t know"), question.allow_unknown),
        (NOT_APPLICABLE, gettext("Does not apply to us"), question.allow_na),
    ]
    return tuple(Line(value, title, "", value in typed.chosen) for value, title, yes in offered if yes)


def _kicker(question: Asked, progress: Progress, layer: Layer | None) -> list[str]:
    count = {"number": progress.number(question.id), "total": len(progress.path)}
    if progress.fixed:
        place = gettext("Question %(number)s of %(total)s") % count
    else:
        place = gettext("Question %(number)s of about %(total)s") % count
    if layer is None:
        return [gettext("Your organisation"), place]
    if question.part == "signal":
        return [gettext("Symptoms"), layer.name, place]
    return [layer.place, layer.name, place]


def _window_title(question: Asked, progress: Progress, *, error: bool) -> str:
    parts = [question.question, _kicker(question, progress, None)[-1], "Groundwork"]
    title = " – ".join(parts)
    return gettext("Error: %(title)s") % {"title": title} if error else title


def _here(question: Asked, layer: Layer | None) -> str:
    if question.part == "signal":
        return gettext("You look at the symptoms")
    if layer is None:
        return gettext("First, about you")
    return gettext("You are in the %(place)s") % {"place": layer.place.lower()}


def _blocks(progress: Progress) -> str:
    total = len(progress.capabilities)
    words = ngettext("%(done)s of %(total)s block answered", "%(done)s of %(total)s blocks answered", total)
    return words % {"done": progress.answered(progress.capabilities), "total": total}


def _house(progress: Progress, question: Asked) -> Svg:
    foundation, framework, attic = (
        MiniFloor(
            hue=hue, steps=tuple(_step(each, progress, question) for each in progress.of_layer(layer.id))
        )
        for layer, hue in zip(progress.playbook.layers, HUES, strict=True)
    )
    return mini((foundation, framework, attic), _blocks(progress))


def _step(capability: str, progress: Progress, question: Asked) -> Step:
    if capability == question.id:
        return "current"
    return "answered" if capability in progress.answers else "open"


def _minutes(left: int) -> str:
    return gettext("about %(minutes)s minutes left") % {"minutes": left} if left >= 2 else ""


def _rows(progress: Progress, question: Asked) -> tuple[Row, ...]:
    rows = [_row(gettext("Your organisation"), progress, progress.context, question)]
    rows += [
        _row(f"{layer.place}, {layer.name}", progress, blocks, question, layer.id)
        for layer in progress.playbook.layers
        if (blocks := progress.of_layer(layer.id))
    ]
    if progress.signals:
        rows.append(_row(gettext("Symptoms"), progress, progress.signals, question))
    return tuple(rows)


def _row(
    title: str, progress: Progress, questions: tuple[str, ...], question: Asked, layer: str | None = None
) -> Row:
    done = progress.answered(questions)
    count = gettext("%(done)s of %(total)s") % {"done": done, "total": len(questions)}
    return Row(
        title,
        count if done else gettext("not yet started"),
        question.id in questions,
        hue_of(progress, layer),
    )


# --- Answers in words -------------------------------------------------------------------------------------------------


def answer_words(question: Asked, given: Given | None) -> str:
    """An answer as a person would read it out."""
    if given is None:
        return gettext("Not answered yet")
    titles: dict[object, str] = {choice.value: choice.title for choice in question.choices}
    match given.value:
        case list(several):
            return ", ".join(titles[each] for each in several) or gettext("None of these")
        case str(special) if special == UNKNOWN:
            return gettext("I don’t know")
        case str(special) if special == NOT_APPLICABLE:
            return gettext("Does not apply to us: %(reason)s") % {"reason": given.na_reason}
        case number if question.kind == "number":
            return f"{number:g} {question.unit}".strip()
        case one:
            return titles[one]


# --- Review and hub ---------------------------------------------------------------------------------------------------


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
    done: int
    total: int
    minutes: str
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
        done=progress.answered(progress.path),
        total=len(progress.path),
        minutes=_minutes(progress.minutes_left),
        next=next_url(assessment, progress),
        quick=progress.mode == "quick",
    )


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
        hue = hue_of(progress, layer.id)
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
