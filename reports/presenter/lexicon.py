"""The words for ids: layers, questions, answers, reasons and sources, as one edition has them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language, gettext

from advisor.drawing.svg import Hue
from advisor.engine.advice import Move, Reason
from advisor.engine.asking import path
from advisor.engine.judgement import Group, Judgement, Own, changed
from advisor.engine.playbook import Layer, Playbook, Question, Range, Signal
from advisor.engine.situation import UNKNOWN, Situation
from reports.presenter import numbers
from reports.presenter.offers import Offered
from reports.presenter.parts import LayerTag, Quoted, Reached, Reference, Why
from reports.presenter.voiced import Voice

HUES: tuple[Hue, ...] = ("stone", "brick", "copper")
"""From the ground up."""

RESTS_ON: Mapping[str, tuple[Group, ...]] = {
    "R-GATE-1": ("minimum",),
    "R-GATE-2": ("average",),
    "R-GATE-3": ("tolerance",),
    "R-GATE-5": ("minimum", "average"),
    "R-BOT-4": ("tolerance",),
    "R-LANE-3": ("capacity",),
    "R-ORD-8": ("capacity", "effort", "lead"),
    "R-BUD": ("capacity", "effort"),
    "R-CONF-5": ("tolerance",),
    "R-CONF-6": ("tolerance",),
}
"""Which figures of judgement a rule works with."""

SILENT_NOTES = ("R-PIT", "R-HOME", "R-GATE-1")
"""Rules whose own words stand beside the finding already."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Looks words up for one situation. Nothing here depends on the advice."""

    playbook: Playbook
    situation: Situation
    given: Collection[str] | None = None
    """The questions that have an answer, where that is known: a situation keeps no "don't know" about the organisation."""
    edition: Playbook | None = None
    """The edition without figures of somebody's own; None where ``playbook`` is just that."""
    own: Mapping[str, Own] = field(default_factory=dict)
    """Figures of somebody's own, by name; ``playbook`` has them already."""
    offers: Offered = field(default_factory=Offered)
    """What the consultancy behind this report calls its own services."""
    voices: Mapping[str, Voice] = field(default_factory=dict)
    """What several people said, by question, where enough of them did."""

    # --- Figures ------------------------------------------------------------------------------------------------------

    @cached_property
    def changed(self) -> dict[str, tuple[Judgement, Own]]:
        """The figures that differ from the edition's, by name."""
        found = changed(self.edition or self.playbook, self.own, self.situation.size)
        return {each.name: (each, value) for each, value in found}

    def calculated_effort(self, code: str) -> str:
        """The edition's effort of a move, where somebody set another one."""
        judgement, _ = self.changed.get(f"effort:{code}", (None, None))
        if judgement is None or not isinstance(judgement.value, tuple):
            return ""
        low, high = judgement.value
        return numbers.person_weeks(Range(low=low, high=high))

    # --- Layers -------------------------------------------------------------------------------------------------------

    @cached_property
    def tags(self) -> dict[str, LayerTag]:
        return {
            layer.id: LayerTag(id=layer.id, name=layer.name, place=layer.place, hue=hue)
            for layer, hue in zip(self.playbook.layers, HUES, strict=True)
        }

    def layer(self, layer: str) -> Layer:
        return self.playbook.layer[layer]

    def name(self, layer: str) -> str:
        return self.playbook.layer[layer].name

    # --- Questions and answers ----------------------------------------------------------------------------------------

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The questions of this situation, in order. An answer to any other one is left over and counts for nothing."""
        return path(self.playbook, self.situation)

    def asks(self, question: str) -> bool:
        return question in self._asked

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(self.asked)

    def answered(self, question: str) -> bool:
        """Whether there is an answer at all; "don't know" is one."""
        if self.given is not None:
            return question in self.given
        levels, signals = self.situation.levels, self.situation.signals
        return question in levels or question in signals or self.situation.given(question) is not None

    def title(self, question: str) -> str:
        """The short name of any question."""
        playbook = self.playbook
        found = (
            playbook.capability.get(question)
            or playbook.signal.get(question)
            or playbook.question.get(question)
        )
        return found.title if found else question

    def titles(self, questions: Iterable[str]) -> str:
        """A list with semicolons, since many titles hold a comma or an "and" of their own."""
        return "; ".join(self.title(each) for each in questions)

    def answer(self, question: str) -> str:
        """The answer to any question in words."""
        if not self.asks(question):
            return gettext("not asked")
        if question in self.playbook.capability:
            return self._level(question)
        if signal := self.playbook.signal.get(question):
            return numbers.unbroken(self._symptom(signal))
        if context := self.playbook.question.get(question):
            return numbers.unbroken(self._context(context))
        return ""

    def _level(self, capability: str) -> str:
        answer = self.situation.levels.get(capability)
        if answer is None:
            return gettext("not answered")
        if answer is UNKNOWN:
            return gettext("don’t know")
        return of_four(answer) if isinstance(answer, int) else gettext("does not apply")

    def _symptom(self, signal: Signal) -> str:
        given = self.situation.signals.get(signal.id)
        if given is None:
            return gettext("not answered")
        for option in signal.options:
            if option.id == given:
                return option.title
        return gettext("does not apply") if given == "not_applicable" else gettext("don’t know")

    def _context(self, question: Question) -> str:
        given = self.situation.given(question.id)
        titles = {each.id: each.title for each in question.options}
        if given is None:
            return gettext("don’t know") if self.answered(question.id) else gettext("not answered")
        if isinstance(given, bool):
            return titles["yes" if given else "no"]
        if isinstance(given, tuple):
            return listed([titles.get(each, each.replace("_", " ")) for each in given]) or gettext("none")
        if question.kind == "number" and isinstance(given, int | float):
            return numbers.people(given)
        if str(given) == "unknown":
            return titles.get("unknown", gettext("don’t know"))
        return titles.get(str(given), str(given))

    def href(self, question: str) -> str:
        """Where the answer stands in the list of all answers, if it does."""
        return f"#{anchor(question)}" if self.asks(question) else ""

    def quote(self, question: str) -> Quoted:
        return Quoted(
            question=question,
            title=self.title(question),
            answer=self.answer(question),
            href=self.href(question),
        )

    def quotes(self, questions: Iterable[str]) -> tuple[Quoted, ...]:
        known = (self.playbook.capability, self.playbook.signal, self.playbook.question)
        return tuple(
            self.quote(each) for each in dict.fromkeys(questions) if any(each in ids for ids in known)
        )

    def used(self, reasons: Iterable[Reason]) -> tuple[Quoted, ...]:
        """The answers that these reasons looked at, each once."""
        return self.quotes(used.question for reason in reasons for used in reason.answers)

    def short(self, move: Move) -> str:
        """The short name of a move."""
        return self.playbook.initiative[move.initiative].words(move.phase).short

    # --- Reasons and sources ------------------------------------------------------------------------------------------

    def whys(self, *reasons: Reason) -> tuple[Why, ...]:
        """The reasons in words, each rule once; several notes of one rule stand together."""
        together: dict[str, list[Reason]] = {}
        for reason in reasons:
            together.setdefault(reason.rule, []).append(reason)
        return tuple(self._why(rule, found) for rule, found in together.items())

    def _why(self, rule: str, reasons: list[Reason]) -> Why:
        words = self.playbook.rule[rule]
        notes = dict.fromkeys([*(_note(each) for each in reasons), self._own_figures(rule)])
        return Why(
            rule=rule,
            title=words.title,
            says=numbers.unbroken(words.says),
            note=" ".join(each for each in notes if each),
            answers=self.used(reasons),
            sources=self.references(source for each in reasons for source in each.sources),
        )

    def _own_figures(self, rule: str) -> str:
        """The words of a rule tell the edition's figures, so it has to be said where others hold."""
        groups = {each.group for each, _ in self.changed.values()}
        if not groups.intersection(RESTS_ON.get(rule, ())):
            return ""
        return gettext("Here with figures of your own; the list of changed figures has them.")

    def references(self, ids: Iterable[str]) -> tuple[Reference, ...]:
        return tuple(self._references[each] for each in dict.fromkeys(ids) if each in self._references)

    @cached_property
    def _references(self) -> dict[str, Reference]:
        """All of the edition's, as each of them is told many times."""
        return {each: self._reference(each) for each in self.playbook.source}

    def _reference(self, name: str) -> Reference:
        source = self.playbook.source[name]
        words = {"publisher": source.publisher, "title": source.title, "year": source.year}
        if source.mark == "J":
            text = source.title
        elif source.year is None or str(source.year) in source.title:
            text = gettext("%(publisher)s: %(title)s") % words
        else:
            text = gettext("%(publisher)s: %(title)s (%(year)s)") % words
        return Reference(text=text, url=source.url)


def _note(reason: Reason) -> str:
    if not reason.says or reason.rule in SILENT_NOTES:
        return ""
    if reason.rule == "R-ORD-3":
        return gettext("It has to come before “%(title)s”.") % {"title": reason.says}
    return reason.says


def anchor(question: str) -> str:
    """Where the answer to a question stands in the list of all answers."""
    return f"answer-{question}"


def of_four(level: int) -> str:
    return _of_four() % {"level": level}


def reached(level: int) -> Reached:
    """The same, taken apart around its figure."""
    before, after = (_of_four() % {"level": "\0"}).split("\0")
    return Reached(before=before, figure=str(level), after=after)


def _of_four() -> str:
    return gettext("%(level)s of 4")


def listed(words: Iterable[str]) -> str:
    """ "A, B and C"."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def lower(words: str) -> str:
    """As in the middle of a sentence, in English; other languages keep their capitals, since nouns may need them."""
    return words[:1].lower() + words[1:] if (get_language() or "en").startswith("en") else words
