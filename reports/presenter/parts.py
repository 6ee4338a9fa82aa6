"""The small parts that sections of a report are made of, and those of its first page."""

from dataclasses import dataclass
from typing import Literal

from advisor.drawing.svg import Hue, Svg

# --- Small parts ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerTag:
    """The name of a floor: "Foundation", "DevOps", and the colour that only ever names it."""

    id: str
    name: str
    place: str
    hue: Hue


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """An answer as it was given: "Pipeline orchestration: 1 of 4". ``href`` leads to it in the list of all answers.

    A question that this situation does not ask stands in no list: it has no ``href``, and "not asked" as its answer.
    """

    question: str
    title: str
    answer: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source: "DORA: Accelerate State of DevOps 2019". ``url`` may be empty."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One reason: the rule in words, what it means here, the answers it used, the sources behind it."""

    rule: str
    title: str
    says: str
    note: str
    answers: tuple[Quoted, ...]
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A level in words, taken apart so that its figure can stand out: "", "1", " of 4"."""

    before: str
    figure: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The same chart for wide screens, phones and paper; its table twin stands beside it.

    ``scale`` says what a piece of it stands for; empty where that is plain.
    """

    screen: Svg
    phone: Svg
    paper: Svg
    scale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A heading with a few short lines, for the first page."""

    title: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A large figure and what it counts: "36 of 36", "questions answered"."""

    figure: str
    label: str


# --- First page -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One side of "you named" and "the answers show". ``layer`` is None where no floor is meant."""

    kicker: str
    title: str
    layer: LayerTag | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was named against what was measured. ``chain`` explains step by step how the gap below causes the pain above."""

    differs: bool
    """The two differ in a way that the two headings do not explain by themselves."""
    named: Compared
    shown: Compared
    title: str
    says: str
    chain: tuple[str, ...]
    whys: tuple[Why, ...]

    @property
    def sides(self) -> tuple[Compared, Compared]:
        return self.named, self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """One capability: "1 of 4", "below, needs 2". ``figure`` is the level, "?" or "–"; no ``href`` where it was not asked.

    ``reached`` is None where there is no level; ``words`` then say why.
    """

    capability: str
    title: str
    href: str
    figure: str
    reached: Reached | None
    words: str
    needs: str
    below: bool
    strip: Svg
    """Four cells, with the full reading of the row in its title."""
    since: str = ""
    """What became of it since a milestone: "up 1"; empty without one."""
    voted: str = ""
    """How far several people lay apart: "votes run from 1 to 3"; empty where one answered, or too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorView:
    """One floor with its gate and its rows. Without ``asked`` it has no levels, and ``status`` says why."""

    layer: LayerTag
    asked: bool
    gate: Literal["open", "near", "closed", "blocked", "undetermined", "not_started"] | None
    gate_word: str
    gate_reason: str
    symbol: Svg | None
    tags: tuple[tuple[str, bool], ...]
    """Words beside the floor, and whether each is solid: ("Bottleneck", True)."""
    on_sand: bool
    """The floor below does not carry this one."""
    status_title: str
    status: str
    whys: tuple[Why, ...]
    """Why this floor is part of the picture, or why it is not; ``whys_title`` may be empty."""
    whys_title: str
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseView:
    """The house as drawings for wide screens, narrower ones and paper. ``floors`` (top one first) is its table twin."""

    sheet: Svg
    narrow: Svg
    printed: Svg
    label: str
    """What the drawing is, in a few words."""
    floors: tuple[FloorView, ...]
