"""Draws votes as bricks: the wall that grows while a room votes, the bar of an answer, and the courses of a level."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice

from advisor.drawing import masonry
from advisor.drawing.masonry import COURSES
from advisor.drawing.svg import Rectangle, Svg, Token, box, paint, path, picture, segment

# --- The wall -----------------------------------------------------------------------------------------------------------

WIDTH, ROOM = 1228.0, 290.0
"""How wide the wall is, and how high it may become."""
JOINT = 8.0
SLENDER = 0.425
"""The height of a brick as a share of its width."""
FEWEST_COLUMNS = 4
"""So that few votes are no giants."""
GROUND = 30.0
"""Ground line and earth marks."""


@dataclass(frozen=True, slots=True)
class _Bond:
    """Running bond: every other course is half a brick in, and one brick shorter."""

    columns: int

    @property
    def width(self) -> float:
        return (WIDTH + JOINT) / self.columns - JOINT

    @property
    def height(self) -> float:
        return SLENDER * self.width

    @property
    def courses(self) -> int:
        """How many lie on one another."""
        return int((ROOM + JOINT) // (self.height + JOINT))

    @property
    def bricks(self) -> int:
        """How many the wall holds."""
        return self.courses * self.columns - self.courses // 2

    def places(self) -> Iterator[Rectangle]:
        """Where they lie, from the ground up."""
        wide, high = self.width + JOINT, self.height + JOINT
        for course in count():
            half = course % 2
            for n in range(self.columns - half):
                yield (n + half / 2) * wide, ROOM - self.height - course * high, self.width, self.height


def wall(voted: int, of: int, hue: Token, title: str) -> Svg:
    """One brick a vote, all alike, and a dashed place for each that is missing. ``title``: "9 of 16 voted"."""
    wanted = max(voted, of)
    bond = next(each for each in map(_Bond, count(FEWEST_COLUMNS)) if each.bricks >= wanted)
    places = list(islice(bond.places(), wanted))
    rims = (box(x + 0.8, y + 0.8, width - 1.6, height - 1.6) for x, y, width, height in places[voted:])
    drawn = [
        path((box(*each) for each in places[:voted]), **paint(hue)),
        path(rims, **paint(stroke="rule", width=1.6, dash="9 6")),
        path(segment(0, ROOM + 4.5, WIDTH, ROOM + 4.5), **paint(stroke="ink", width=3)),
        *(masonry.earth(x, ROOM + 11, 16, groups=1, gap=16, thick=2) for x in (0, WIDTH - 48)),
    ]
    return picture(title, WIDTH, ROOM + GROUND, *drawn, kind="wall")


# --- The bar of an answer -----------------------------------------------------------------------------------------------

LENGTH, HIGH, LOW = 828.0, 52.0, 34.0
LONGEST, GAP = 114.0, 5.0
"""How long a brick may be, and the joint between two."""


def bricks(votes: int, most: int, hue: Token, title: str) -> Svg:
    """One brick a vote, as long as the ``most`` that any answer has allow; nothing but the title for none."""
    places = list(_row(votes, most, HIGH))
    return picture(title, LENGTH, HIGH, path((box(*each) for each in places), **paint(hue)), kind="bricks")


def unknown(votes: int, most: int, title: str) -> Svg:
    """The same for those who don't know: lower, and hatched."""
    places = [(x + 0.5, y + 0.5, wide - 1, high - 1) for x, y, wide, high in _row(votes, most, LOW)]
    return picture(title, LENGTH, LOW, masonry.unknown(places, step=9, thick=1.2), kind="bricks")


def _row(votes: int, most: int, height: float) -> Iterator[Rectangle]:
    gap = min(GAP, LENGTH / max(most, 1) / 5)
    pitch = min(LONGEST + gap, (LENGTH + gap) / max(most, 1))
    for n in range(votes):
        yield n * pitch, 0, pitch - gap, height


# --- The courses of a level ---------------------------------------------------------------------------------------------

STACK = (52.0, 44.0)
COURSE, BETWEEN = 8.75, 3.0


def courses(level: int, hue: Token, title: str) -> Svg:
    """Four courses, as many of them built as the level says."""
    width, height = STACK
    tops = [height - COURSE - n * (COURSE + BETWEEN) for n in range(COURSES)]
    drawn = [
        path((box(0, y, width, COURSE) for y in tops[:level]), **paint(hue)),
        path(
            (box(0.6, y + 0.6, width - 1.2, COURSE - 1.2) for y in tops[level:]),
            **paint(stroke="rule", width=1.2),
        ),
    ]
    return picture(title, width, height, *drawn, kind="courses", shown=width)
