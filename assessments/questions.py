"""Every question of an edition in one shape, whatever it asks about, and which answers it accepts."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext

from advisor.engine.playbook import Capability, Playbook, Question, Signal
from advisor.engine.situation import Special

type Value = int | float | str | list[str]
"""An answer as it is stored: a level, a number, an option's id, a list of ids, DONT_KNOW or DOES_NOT_APPLY."""

DONT_KNOW: str = Special.UNKNOWN.value
DOES_NOT_APPLY: str = Special.NOT_APPLICABLE.value
"""How these two answers are stored and sent, whatever the question."""

MARK_OF_THOUSANDS = "[ \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]"
NUMBER = re.compile(
    rf"(?P<sign>-?)(?P<whole>\d{{1,3}}(?:{MARK_OF_THOUSANDS}\d{{3}})+|\d*)(?:[.,](?P<part>\d+))?"
)
TWO_WAYS = re.compile(r"-?(?!0)\d{1,3}[.,]\d{3}")
"""What one half of the world reads as thousands and the other half as a decimal fraction."""

LONGEST_NUMBER = 30


class RefusedError(ValueError):
    """An answer that the question does not accept; the message is for the person who answers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose."""

    value: int | str
    title: str
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about the organisation, a capability or a symptom."""

    id: str
    part: Literal["context", "capability", "signal"]
    kind: Literal["choice", "many", "number"]
    layer: str | None
    title: str
    question: str
    hint: str
    why: str = ""
    who: tuple[str, ...] = ()
    covers: str = ""
    counts: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    metric: str = ""
    error_noun: str
    choices: tuple[Choice, ...] = ()
    allow_unknown: bool
    allow_na: bool = False
    allow_none: bool = False
    """Several may be chosen, or none at all."""
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""

    def accept(self, value: object) -> Value:
        """The value as it is stored; a number may come as it was typed.

        Raises RefusedError for anything that this question does not offer.
        """
        if value == DOES_NOT_APPLY and self.allow_na:
            return DOES_NOT_APPLY
        if value == DONT_KNOW and self.allow_unknown:
            return DONT_KNOW
        match self.kind:
            case "choice":
                return self._accept_one(value)
            case "many":
                return self._accept_many(value)
            case "number":
                return self._accept_number(value)

    def _accept_one(self, value: object) -> int | str:
        for choice in self.choices:
            if choice.value == value and type(choice.value) is type(value):
                return choice.value
        raise RefusedError(self.nothing_chosen)

    def _accept_many(self, value: object) -> list[str]:
        if not isinstance(value, list | tuple):
            raise RefusedError(self.nothing_chosen)
        offered = [str(choice.value) for choice in self.choices]
        if any(each not in offered for each in value) or not (value or self.allow_none):
            raise RefusedError(self.nothing_chosen)
        return [each for each in offered if each in value]

    def _accept_number(self, value: object) -> int | float:
        if isinstance(value, str):
            value = read_number(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise RefusedError(self.nothing_chosen)
        too_low = self.minimum is not None and value < self.minimum
        too_high = self.maximum is not None and value > self.maximum
        if too_low or too_high:
            raise RefusedError(self.out_of_range)
        return int(value) if value == int(value) else float(value)

    @property
    def nothing_chosen(self) -> str:
        """What to do, in the words that stand at the field and in the summary of mistakes."""
        words = {"noun": self.error_noun, "title": self.title}
        if self.kind == "number":
            return self._enter_number
        if self.allow_none:
            return gettext("Select %(noun)s, or ‘None of these’") % words
        if self.allow_unknown:
            return gettext("Select %(noun)s, or ‘I don’t know’") % words
        return gettext("Select %(noun)s") % words

    @property
    def _enter_number(self) -> str:
        if self.allow_unknown:
            return gettext("Enter %(noun)s as a number, or select ‘I don’t know’") % {"noun": self.error_noun}
        return gettext("Enter %(noun)s as a number") % {"noun": self.error_noun}

    @property
    def out_of_range(self) -> str:
        """Which numbers are accepted."""
        words = {"title": self.title, "low": _plain(self.minimum), "high": _plain(self.maximum)}
        if self.minimum is not None and self.maximum is not None:
            return gettext("%(title)s must be between %(low)s and %(high)s") % words
        if self.minimum is not None:
            return gettext("%(title)s must be %(low)s or more") % words
        return gettext("%(title)s must be %(high)s or less") % words


def asked(playbook: Playbook, question: str) -> Asked | None:
    """The question with this id, or None where the edition has none."""
    if found := playbook.capability.get(question):
        return _from_capability(found)
    if signal := playbook.signal.get(question):
        return _from_signal(signal)
    if context := playbook.question.get(question):
        return _from_context(context)
    return None


def _from_capability(capability: Capability) -> Asked:
    return Asked(
        id=capability.id,
        part="capability",
        kind="choice",
        layer=capability.layer,
        title=capability.title,
        question=capability.question,
        hint=capability.choose,
        why=capability.matters,
        who=capability.who,
        covers=capability.covers,
        counts=capability.counts,
        evidence=capability.evidence,
        metric=capability.metric,
        error_noun=capability.error_noun,
        choices=tuple(Choice(level, each.title, each.fact) for level, each in enumerate(capability.levels)),
        allow_unknown=True,
        allow_na=capability.allow_na,
    )


def _from_signal(signal: Signal) -> Asked:
    return Asked(
        id=signal.id,
        part="signal",
        kind="choice",
        layer=signal.layer,
        title=signal.title,
        question=signal.question,
        hint=signal.hint,
        who=signal.who,
        error_noun=signal.error_noun,
        choices=tuple(Choice(each.id, each.title, each.fact) for each in signal.options),
        allow_unknown=True,
        allow_na=signal.allow_na,
    )


def _from_context(question: Question) -> Asked:
    return Asked(
        id=question.id,
        part="context",
        kind=question.kind,
        layer=None,
        title=question.title,
        question=question.question,
        hint=question.hint,
        why=question.used_for,
        error_noun=question.error_noun,
        choices=tuple(Choice(each.id, each.title, each.fact) for each in question.options),
        allow_unknown=question.allow_unknown,
        allow_none=question.kind == "many" and not any(each.id == "other" for each in question.options),
        minimum=question.minimum,
        maximum=question.maximum,
        unit=question.unit,
    )


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


# --- Numbers as people type them ----------------------------------------------------------------------------------------


def read_number(text: str) -> float | None:
    """The number in a text, with a decimal point or comma and with spaces between thousands; None where it is none.

    Raises RefusedError for "1,000" and "1.000", which would be 1 to some readers and 1000 to others.
    """
    typed = text.strip()
    found = NUMBER.fullmatch(typed)
    if found is None or len(typed) > LONGEST_NUMBER or not (found["whole"] or found["part"]):
        return None
    digits = re.sub(MARK_OF_THOUSANDS, "", found["whole"])
    number = float(f"{found['sign']}{digits or 0}.{found['part'] or 0}")
    if TWO_WAYS.fullmatch(typed):
        words = {"typed": typed, "thousands": re.sub("[.,]", "", typed), "fraction": type_number(number)}
        raise RefusedError(
            gettext("%(typed)s can be read in two ways: enter %(thousands)s or %(fraction)s") % words
        )
    return number


def type_number(number: float) -> str:
    """A number as it stands in a field, so that it is read back as the same."""
    text = str(int(number)) if number == int(number) else str(number)
    return f"{text}0" if TWO_WAYS.fullmatch(text) else text
