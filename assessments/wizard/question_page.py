"""What the page of one question prints, so that its template only prints."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from advisor.drawing import MiniFloor, Place, Step, Svg
from advisor.drawing.mini import mini
from advisor.engine.playbook import Layer
from assessments.floors import HUES, hue_of, place_of
from assessments.models import Assessment
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW, Asked
from assessments.wizard.addresses import Sender, back_url, question_url, skip_url
from assessments.wizard.forms import NONE, Mistake, Typed, typed_in
from assessments.wizard.progress import Progress
from assessments.wizard.recheck import Walk
from assessments.wizard.saving import new_page
from assessments.wizard.steps import window_title

YOU_ARE_HERE: Mapping[Place, str | Promise] = {
    "foundation": _("You are in the foundation"),
    "framework": _("You are in the framework"),
    "attic": _("You are in the attic"),
}
"""A sentence each, since other languages decline the floor."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line to choose, as it stands in the form."""

    value: int | str
    title: str
    fact: str
    checked: bool
    name: str = "answer"

    @property
    def id(self) -> str:
        return f"{self.name}-{self.value}"


@dataclass(frozen=True, slots=True)
class Row:
    """How far one part has come."""

    title: str
    count: str
    here: bool
    hue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What can be filled in at one question, what was typed, and what is wrong with it."""

    asked: Asked
    typed: Typed
    lines: tuple[Line, ...]
    specials: tuple[Line, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def error(self) -> Mapping[str, str]:
        return {each.field: each.says for each in self.mistakes}

    @property
    def tick(self) -> str:
        """The kind of field with which a line is chosen."""
        return "checkbox" if self.asked.kind == "many" else "radio"

    @property
    def special_tick(self) -> str:
        """The same for the lines after the "or"; a lone one beside a number has to be unticked again."""
        return "radio" if self.asked.kind == "choice" else "checkbox"

    @property
    def exclusive(self) -> bool:
        """The lines after the "or" rule the others out, which radio buttons do by themselves."""
        return self.asked.kind == "many"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(Fields):
    """One question, with what was typed, and how far the assessment has come."""

    edition: str
    hue: str
    kicker: str
    window_title: str
    action: str
    page: str
    seen: int
    back: str
    skip: str
    reminder: str
    """On a re-check: that the answer from before is only shown."""
    here: str
    answered: str
    minutes: str
    rows: tuple[Row, ...]
    house: Svg

    @property
    def blank(self) -> bool:
        """Nothing is chosen yet, and nothing is wrong."""
        return self.typed.empty and not self.mistakes

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
    seen: int | None = None,
    sender: Sender = "",
    walk: Walk | None = None,
) -> QuestionPage:
    """The page of one question on the path.

    ``typed`` is what could not be stored, ``seen`` the revision that whoever typed it knows, ``sender`` where the answer
    leads back to, ``walk`` the re-check that is under way.
    """
    row = progress.rows.get(question.id)
    shown = typed or typed_in(question, row)
    layer = progress.playbook.layer[question.layer] if question.layer else None
    lines, specials = lines_of(question, shown), specials_of(question, shown)
    first = {"number": "number"}.get(question.kind, lines[0].id if lines else "")
    target = {"answer": first, "na_reason": "na-reason", "note": "note"}
    return QuestionPage(
        edition=assessment.edition,
        asked=question,
        typed=shown,
        hue=hue_of(progress.playbook, question.layer),
        kicker="\N{NO-BREAK SPACE}· ".join(_kicker(question, progress, layer, walk)),
        window_title=_window_title(question, progress, walk, error=bool(mistakes)),
        lines=lines,
        specials=specials,
        mistakes=tuple(Mistake(field=field, says=says, target=target[field]) for field, says in mistakes),
        action=question_url(assessment, question.id, sender=sender),
        page=new_page(),
        seen=seen if seen is not None else row.revision if row else 0,
        back=back_url(assessment, question.id, progress, sender=sender, walk=walk),
        skip="" if question.allow_unknown or sender else skip_url(assessment, question.id, progress),
        reminder=_reminder(question, progress, walk),
        here=_here(question, progress),
        answered=_count(progress),
        minutes=progress.time_left,
        rows=_rows(progress, question),
        house=_house(progress, question),
    )


# --- Its parts ---------------------------------------------------------------------------------------------------------


def lines_of(question: Asked, typed: Typed, name: str = "answer") -> tuple[Line, ...]:
    """The answers to choose from, in a field of this name."""
    return tuple(
        Line(each.value, each.title, each.fact, str(each.value) in typed.chosen, name)
        for each in question.choices
    )


def specials_of(question: Asked, typed: Typed, name: str = "answer") -> tuple[Line, ...]:
    """The answers that are offered after the "or"."""
    offered = [
        (NONE, gettext("None of these"), question.allow_none),
        (DONT_KNOW, gettext("I don’t know"), question.allow_unknown),
        (DOES_NOT_APPLY, gettext("Does not apply to us"), question.allow_na),
    ]
    return tuple(Line(value, title, "", value in typed.chosen, name) for value, title, yes in offered if yes)


def _kicker(question: Asked, progress: Progress, layer: Layer | None, walk: Walk | None) -> list[str]:
    if walk and (place := walk.place(question.id)):
        return [gettext("Re-check of %(layer)s") % {"layer": walk.layer.name}, place]
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


def _reminder(question: Asked, progress: Progress, walk: Walk | None) -> str:
    if walk is None or question.id not in walk.questions or question.id not in progress.answers:
        return ""
    return gettext("Your answer from before is marked. If it still holds, press Continue.")


def _window_title(question: Asked, progress: Progress, walk: Walk | None, *, error: bool) -> str:
    place = _kicker(question, progress, None, walk)[-1]
    return window_title(f"{question.question} – {place} – Groundwork", error=error)


def _here(question: Asked, progress: Progress) -> str:
    if question.part == "signal":
        return gettext("You look at the symptoms")
    if question.layer is None:
        return gettext("First, about you")
    return str(YOU_ARE_HERE[place_of(progress.playbook, question.layer)])


def _count(progress: Progress) -> str:
    """How much is done, on every page by the same measure."""
    total = len(progress.path)
    words = ngettext(
        "%(done)s of %(total)s question answered", "%(done)s of %(total)s questions answered", total
    )
    return words % {"done": progress.answered(progress.path), "total": total}


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


def _rows(progress: Progress, question: Asked) -> tuple[Row, ...]:
    rows = [_row(gettext("Your organisation"), progress, progress.context, question)]
    rows += [
        _row(_floor(layer), progress, blocks, question, layer.id)
        for layer in progress.playbook.layers
        if (blocks := progress.of_layer(layer.id))
    ]
    if progress.signals:
        rows.append(_row(gettext("Symptoms"), progress, progress.signals, question))
    return tuple(rows)


def _floor(layer: Layer) -> str:
    return gettext("%(place)s, %(layer)s") % {"place": layer.place, "layer": layer.name}


def _row(
    title: str, progress: Progress, questions: tuple[str, ...], question: Asked, layer: str | None = None
) -> Row:
    done = progress.answered(questions)
    count = gettext("%(done)s of %(total)s") % {"done": done, "total": len(questions)}
    return Row(
        title,
        count if done else gettext("not yet started"),
        question.id in questions,
        hue_of(progress.playbook, layer),
    )
