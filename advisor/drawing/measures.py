"""Where everything in a house lies: one set of measures for each use, and the plan that follows from it."""

from dataclasses import dataclass, replace

from advisor.drawing.masonry import COURSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Lengths in units of the view box; what is not named here follows from them."""

    left: float
    right: float
    top: float
    bay: float
    """The width of one of six bays; more or fewer share the same room."""
    post: float
    pad: float
    course: float
    gap: float
    label: float
    least: float
    """The smallest type allowed."""
    figure: float
    rise: float
    overhang: float
    ground_reach: float
    """How far the ground line runs beyond the body."""
    gate: float = 0
    gate_x: float = 0
    word: float = 0
    beam: float = 8
    band: float = 15
    labels: bool = True
    figures: bool = True

    @property
    def head(self) -> float:
        """From a floor's ceiling to its topmost course."""
        return 12 + 2 * self.label + 9 if self.labels else 12

    @property
    def masonry(self) -> float:
        return COURSES * self.course + (COURSES - 1) * self.gap

    @property
    def storey(self) -> float:
        """The clear height of a floor."""
        return self.head + self.masonry + self.gap


SHEET = Measures(
    left=218.5, right=218.5, top=38, bay=120, post=8, pad=7, course=21, gap=5, label=15, least=12.5, figure=20.5,
    rise=70, overhang=46, ground_reach=62, gate=54, gate_x=74, word=15.5,
)  # fmt: skip
"""The result page: 1165 units wide, shown at 1136 pixels."""

PRINT = Measures(
    left=62, right=128, top=4, bay=92.8, post=6, pad=5, course=18.6, gap=4.6, label=12.4, least=12.25, figure=16,
    rise=42, overhang=36, ground_reach=56, gate=37, gate_x=47, word=12.4, beam=7.5,
)  # fmt: skip
"""Paper: 753 units wide, shown at 174 mm, so that 12.4 units are 8.1 points."""

NARROW = Measures(
    left=58, right=58, top=8, bay=104, post=6, pad=5, course=20, gap=5, label=15, least=13.5, figure=18.5,
    rise=52, overhang=40, ground_reach=48, gate=50, word=15, beam=7.5,
)  # fmt: skip
"""Screens between a phone and a desk: 746 units wide, gates under the house."""

LANDING = replace(SHEET, left=64, right=64, top=5, label=16.2, figures=False)
"""The landing page: 856 units wide, no figures, no gates."""

SMALL = Measures(
    left=22, right=22, top=3, bay=52, post=4, pad=3.5, course=10.5, gap=3.4, label=0, least=0, figure=0,
    rise=34, overhang=18, ground_reach=22, beam=5, band=8, labels=False, figures=False,
)  # fmt: skip
"""The landing page on a phone: 360 units wide, an illustration without words."""


# --- The plan -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Storey:
    """A floor's place in the drawing: ``courses`` is the upper edge of its topmost course."""

    top: float
    courses: float
    bottom: float
    bay: float
    first: float
    """The left edge of its first block."""

    @property
    def centre(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Plan:
    """The places that follow from the measures and from what the gates let stand on what."""

    measures: Measures
    bays: int
    sand_under_framework: bool
    shift: float = 0
    """Extra room at the left."""

    @property
    def body(self) -> float:
        return 6 * self.measures.bay + self.measures.post

    @property
    def bay(self) -> float:
        return 6 * self.measures.bay / self.bays

    @property
    def width(self) -> float:
        return self.right + self.measures.right

    @property
    def left(self) -> float:
        return self.shift + self.measures.left

    @property
    def right(self) -> float:
        return self.left + self.body

    @property
    def centre(self) -> float:
        return self.left + self.body / 2

    @property
    def scale(self) -> float:
        return self.measures.bay / 120

    @property
    def block(self) -> float:
        """The width of a block."""
        return self.bay - self.measures.post - 2 * self.measures.pad

    @property
    def knee(self) -> float:
        return self.measures.top + self.measures.rise

    @property
    def attic(self) -> Storey:
        bay = 0.95 * self.bay
        first = self.centre - self.bays * bay / 2 + (bay - self.block) / 2
        return self._storey(self.knee + 8.5 * max(self.scale, 0.6), bay, first)

    @property
    def plate(self) -> float:
        """The upper edge of the attic's plate."""
        return self.attic.bottom

    @property
    def beam(self) -> float:
        """The upper edge of the framework's top beam."""
        return self.plate + self.measures.beam + self.measures.band

    @property
    def framework(self) -> Storey:
        return self._storey(self.beam + self.measures.beam, self.bay, self._first)

    @property
    def sill(self) -> float:
        return self.framework.bottom

    @property
    def ground(self) -> float:
        """The middle of the ground line."""
        gap = self.measures.band if self.sand_under_framework else 5 * max(self.scale, 0.7)
        return self.sill + self.measures.beam + gap + 1.2

    @property
    def foundation(self) -> Storey:
        return self._storey(self.ground + 5 * self.scale, self.bay, self._first)

    @property
    def footing(self) -> float:
        return self.foundation.bottom

    @property
    def bottom(self) -> float:
        """The lower edge of the footing."""
        return self.footing + self.footing_height

    @property
    def footing_height(self) -> float:
        return 10 * max(self.scale, 0.8) if self.scale < 0.7 else 10

    @property
    def storeys(self) -> tuple[Storey, Storey, Storey]:
        """From the ground up."""
        return self.foundation, self.framework, self.attic

    @property
    def _first(self) -> float:
        return self.left + self.measures.post + self.measures.pad

    def _storey(self, top: float, bay: float, first: float) -> Storey:
        measures = self.measures
        return Storey(top, top + measures.head, top + measures.storey, bay, first)
