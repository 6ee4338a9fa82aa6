"""What a page of a "what if" consists of."""

from dataclasses import dataclass

from advisor.drawing import Svg
from reports.presenter.parts import LayerTag
from reports.presenter.trials import ChoiceFloor, Start


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLevel:
    """ "Pipeline orchestration", "from 1 to 2"."""

    title: str
    layer: LayerTag
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same thing today and with the tried levels."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePair:
    layer: LayerTag
    before: str
    before_symbol: Svg
    after: str
    after_symbol: Svg
    says: str
    """ "opens", "closes"; empty where nothing changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What goes and what comes. ``says`` is the whole of it in a sentence; the lists may be empty."""

    says: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """ "Effort", "127 person-weeks", "114 person-weeks", "13 person-weeks less"."""

    title: str
    before: str
    after: str
    difference: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """A tried level without the level that has to carry it. ``query`` leads to where that one is tried too."""

    says: str
    remedy: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Everything that changes, beside what it was."""

    changed: tuple[ChangedLevel, ...]
    headline: Pair
    before_house: Svg
    after_house: Svg
    unsupported: tuple[Unsupported, ...]
    gates: tuple[GatePair, ...]
    """The floor of the bottleneck first, then the others as in the house."""
    gates_say: str
    bottleneck: Pair
    bottleneck_says: str
    pitfalls: Listed
    holds: Listed
    moves: Listed
    figures: tuple[FigureRow, ...]
    first_before: tuple[str, ...]
    first_after: tuple[str, ...]
    first_says: str
    unknown: Unsupported | None
    """Why no bottleneck can be named then, and the levels to try too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage:
    """Levels to try, and their effect."""

    floors: tuple[ChoiceFloor, ...]
    """The top floor first, as in the house."""
    starts: tuple[Start, ...]
    summary: str
    """The whole effect in one sentence, to be read out."""
    effect: Effect
    levels: tuple[tuple[str, int], ...]
    """What is tried, for the form that keeps it."""
    query: str
