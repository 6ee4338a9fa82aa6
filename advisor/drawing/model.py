"""What a house is made of: the numbers and words that a drawing needs, given by the caller."""

from dataclasses import dataclass

from advisor.drawing.gate import GateState
from advisor.drawing.masonry import COURSES, AnswerState, Place
from advisor.drawing.svg import Hue


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A capability. ``lines`` is its label, one or two lines of about 13 letters; longer ones are broken or shrunk.

    ``level`` 0 to 4 counts only in state "level". ``minimum`` is what the gate asks for, ``planned`` the level the
    roadmap raises it to. ``title`` is the full reading ("Data quality testing: 1 of 4, needs 2"); with a ``href``
    the block becomes a link of that name.
    """

    lines: tuple[str, ...]
    level: int | None = None
    state: AnswerState = "level"
    minimum: int | None = None
    planned: int | None = None
    href: str = ""
    title: str = ""
    here: bool = False
    """The one that is being spoken of: it has an ink frame."""

    @property
    def reading(self) -> str:
        return self.title or f"{' '.join(self.lines)}: {self.figure or '…'}"

    @property
    def figure(self) -> str:
        marks = {"level": str(self.courses), "unknown": "?", "not_applicable": "–", "not_asked": ""}
        return marks[self.state]

    @property
    def courses(self) -> int:
        """How many courses are built."""
        return max(0, min(COURSES, self.level or 0)) if self.state == "level" else 0


@dataclass(frozen=True, slots=True)
class Tag:
    """A word beside a floor. One floor at most should carry a solid one."""

    word: str
    solid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A layer. ``gate`` is the effective state of its own gate, None where there is none (then no symbol).

    ``kicker`` is printed as it comes: give it in capitals.
    """

    place: Place
    hue: Hue
    name: str
    blocks: tuple[Block, ...]
    kicker: str = ""
    gate: GateState | None = None
    gate_word: str = ""
    gate_reason: str = ""
    tags: tuple[Tag, ...] = ()
    below_unknown: bool = False
    """The floor below cannot be judged, so it is not known to be sand."""

    @property
    def reading(self) -> str:
        gate = ", ".join(filter(None, (self.gate_word, self.gate_reason)))
        blocks = "; ".join(block.reading for block in self.blocks)
        return f"{self.name}{f' ({gate})' if gate else ''}: {blocks}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The words of the title block. A sign without a word is left out, and so is one that the drawing does not use."""

    built: str = ""
    planned: str = ""
    minimum: str = ""
    unknown: str = ""
    not_applicable: str = ""
    not_asked: str = ""
    sand: str = ""
    notes: tuple[str, ...] = ()
    """What stands at the other end: "SECTION A-A", "1 COURSE = 1 LEVEL"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Three floors from the ground up: foundation, framework, attic. An empty ``title`` is composed of all words."""

    floors: tuple[Floor, Floor, Floor]
    title: str = ""
    key: Key | None = None

    @property
    def reading(self) -> str:
        return self.title or " ".join(floor.reading for floor in reversed(self.floors))
