"""What a comparison of two days prints; see ``progress`` for how it comes about."""

from dataclasses import dataclass
from typing import Literal

from advisor.drawing.svg import Svg
from reports.presenter.parts import Drawn, LayerTag

type Direction = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One of the two days: "After the first quarter", "3 March 2026", and how the result of that day reads."""

    name: str
    day: str
    asked: str
    """ "Full assessment" or "Quick check"."""
    bottleneck: str
    confidence: str
    answered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingView:
    """A gate then and now, each with its symbol and word; no symbol where the floor was not part of the picture."""

    layer: LayerTag
    then: Svg | None
    then_word: str
    now: Svg | None
    now_word: str
    says: str
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftView:
    """An answer then and now, in words, and what became of it: "up 1", "same", "now known: 2"."""

    capability: str
    title: str
    then: str
    now: str
    says: str
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopesView:
    """One floor: the slopes as a drawing, and the rows as its twin."""

    layer: LayerTag
    says: str
    drawing: Drawn
    rows: tuple[ShiftView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Things of which the same became: "Done", and their titles."""

    heading: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two days side by side. ``notes`` say what is not compared, and why; a section without rows is left out."""

    headline: str
    lead: tuple[str, ...]
    then: DayView
    now: DayView
    notes: tuple[str, ...]
    crossings: tuple[CrossingView, ...]
    """The top floor first, as in the house; so are the floors."""
    crossings_heading: str
    floors: tuple[SlopesView, ...]
    floors_heading: str
    works: tuple[Group, ...]
    works_heading: str
    pitfalls: tuple[Group, ...]
    pitfalls_heading: str
    symptoms: tuple[ShiftView, ...]
    symptoms_heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSection:
    """Within a report: "Change since After the first quarter, 3 March 2026". ``number`` is that of the milestone."""

    number: int
    heading: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """A milestone in a list, with the result of its day: a fact a line, or one that says why there is none."""

    number: int
    name: str
    day: str
    facts: tuple[str, ...]
