"""What somebody enters in place of the edition's figures: numbers and ranges as people type them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext

from advisor.engine.judgement import Judgement, Own
from advisor.engine.playbook import Playbook
from assessments.answering import RefusedError, read_number
from reports.presenter import judgements, numbers


class Mistake(NamedTuple):
    """What to put right: the id of the field, and what to do."""

    target: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureField:
    """One figure on a page: what was typed, and what is wrong with it. ``high`` is used where it is a range."""

    judgement: Judgement
    title: str
    unit: str
    hint: str
    """Why the edition's value is what it is; may be empty."""
    edition: str
    allowed: str
    factor: float
    """What is typed divided by what is stored: 100 for percent."""
    low: str = ""
    high: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """The name of the field, fit for an id."""
        return self.judgement.name.replace(":", "-")

    @property
    def ranged(self) -> bool:
        return self.judgement.ranged

    @property
    def changed(self) -> bool:
        return bool(self.low or self.high)

    def filled(self, own: Own | None) -> "FigureField":
        """With a stored value in it."""
        if own is None:
            return self
        low, high = own if isinstance(own, tuple) else (own, None)
        return replace(self, low=self._typed(low), high="" if high is None else self._typed(high))

    def _typed(self, value: float) -> str:
        """Without marks of thousands, so that it is read back as the same."""
        return f"{value * self.factor:.10g}"

    def posted(self, data: Mapping[str, str]) -> "FigureField":
        """With what somebody sent, and the mistake in it."""
        sent = replace(
            self,
            low=str(data.get(self.name, "")).strip()[:MOST_TYPED],
            high=str(data.get(f"{self.name}-high", "")).strip()[:MOST_TYPED] if self.ranged else "",
        )
        try:
            sent.read()
        except RefusedError as refused:
            return replace(sent, error=str(refused))
        return sent

    @property
    def own(self) -> Own | None:
        """The value in the field; None where it is empty, or as long as there is a mistake in it."""
        return None if self.error else self.read()

    def read(self) -> Own | None:
        """The value that was typed; None where nothing was. Raises RefusedError with what to do."""
        if not self.changed:
            return None
        if not self.ranged:
            return self._held(self._number(self.low))
        if not (self.low and self.high):
            raise RefusedError(
                gettext("%(title)s: enter both ends, or leave both empty") % {"title": self.title}
            )
        low, high = self._number(self.low), self._number(self.high)
        if low > high:
            raise RefusedError(
                gettext("%(title)s: the lower end, %(low)s, is above the upper one, %(high)s")
                % {"title": self.title, "low": self.low, "high": self.high}
            )
        return self._held((low, high))

    def _number(self, typed: str) -> float:
        number = read_number(typed)
        if number is None:
            words = {"title": self.title, "typed": typed, "allowed": self.allowed}
            raise RefusedError(gettext("%(title)s: “%(typed)s” is not a number; enter %(allowed)s") % words)
        return number / self.factor

    def _held(self, own: Own) -> Own:
        if not self.judgement.takes(own):
            typed = (
                gettext("%(low)s to %(high)s") % {"low": self.low, "high": self.high}
                if self.ranged
                else self.low
            )
            words = {"title": self.title, "typed": typed, "allowed": self.allowed}
            raise RefusedError(gettext("%(title)s: %(typed)s is not possible; enter %(allowed)s") % words)
        return own


MOST_TYPED = 40


@dataclass(frozen=True)
class FiguresForm:
    """The figures of one group, filled or sent."""

    fields: tuple[FigureField, ...]

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(Mistake(each.name, each.error) for each in self.fields if each.error)

    @property
    def entered(self) -> dict[str, Own | None]:
        """What to store, by the name of the figure; None goes back to the edition's."""
        return {each.judgement.name: each.own for each in self.fields}

    @property
    def changed(self) -> int:
        return sum(1 for each in self.fields if each.changed)


def field_of(edition: Playbook, judgement: Judgement) -> FigureField:
    """An empty field for a figure; ``edition`` is the one without figures of somebody's own."""
    percent = judgements.in_percent(edition, judgement)
    factor = judgements.PERCENT if percent else 1
    plain = judgement.group in judgements.PLAIN
    return FigureField(
        judgement=judgement,
        title=judgements.name_of(edition, judgement),
        unit=judgements.unit_of(edition, judgement),
        hint=judgements.figure_of(edition, judgement).reason if plain else "",
        edition=judgements.told(edition, judgement, judgement.value),
        allowed=_allowed(judgement, factor),
        factor=factor,
    )


def _allowed(judgement: Judgement, factor: float) -> str:
    words = {
        "least": numbers.printed(judgement.least * factor),
        "most": numbers.printed(judgement.most * factor),
    }
    if judgement.whole:
        return gettext("a whole number from %(least)s to %(most)s") % words
    return gettext("a number from %(least)s to %(most)s") % words


def figures_form(
    edition: Playbook, shown: Iterable[Judgement], own: Mapping[str, Own], data: Mapping[str, str] | None
) -> FiguresForm:
    """What is stored, or what somebody sent instead."""
    empty = [field_of(edition, each) for each in shown]
    if data is not None:
        return FiguresForm(tuple(each.posted(data) for each in empty))
    return FiguresForm(tuple(each.filled(own.get(each.judgement.name)) for each in empty))
