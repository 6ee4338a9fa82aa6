"""Lays courses: the bond of each floor, what is planned, missing, unknown or open, and the sand under a floor."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from advisor.drawing.svg import Hue, Rectangle, Svg, box, hatch, number, paint, path, rectangle, segment

type Place = Literal["foundation", "framework", "attic"]
type AnswerState = Literal["level", "unknown", "not_applicable", "not_asked"]

COURSES = 4
JOINT = 1.3

# Where the joints of a course lie, as shares of its width; courses take turns. The bond tells the floors apart in grey.
BONDS: dict[Place, tuple[tuple[float, ...], ...]] = {
    "foundation": ((0.375, 0.735), (0.225, 0.58), (0.42, 0.69), (0.29, 0.66)),  # large, uneven stones
    "framework": ((0.25, 0.5, 0.75), (0.125, 0.375, 0.625, 0.875)),  # quarter bricks in running bond
    "attic": ((1 / 3, 2 / 3),),  # sheets, joints aligned
}


def course(place: Place, row: int, space: Rectangle) -> str:
    """Path data of one course of bricks, ``row`` counted from the lowest."""
    x, y, width, height = space
    bonds = BONDS[place]
    edges = [0.0, *bonds[row % len(bonds)], 1.0]
    last = len(edges) - 2
    return "".join(
        box(
            x + edges[i] * width + (JOINT / 2 if i else 0),
            y,
            (edges[i + 1] - edges[i]) * width - (JOINT / 2 if i else 0) - (JOINT / 2 if i < last else 0),
            height,
        )
        for i in range(last + 1)
    )


def planned(hue: Hue, boxes: list[str], width: float = 1.2) -> Svg:
    """Courses the roadmap lays: dashed in the floor's colour."""
    return path(boxes, **paint(stroke=hue, width=width, dash="4.2 2.6"))


def missing(boxes: list[str]) -> Svg:
    """Courses nobody asks for: a hair outline."""
    return path(boxes, **paint(stroke="hair", width=1))


def not_asked(boxes: list[str]) -> Svg:
    """Courses without an answer yet: a dotted outline."""
    return path(boxes, **paint(stroke="rule", width=1.2, dash="0.1 3"), stroke_linecap="round")


def unknown(places: list[Rectangle], step: float = 6, thick: float = 0.7) -> Svg:
    """Courses whose answer is "don't know": hatched."""
    edges = path("".join(box(*place) for place in places), **paint(stroke="unknown", width=thick + 0.1))
    lines = path(
        "".join(hatch(*place, step=step) for place in places), **paint(stroke="unknown", width=thick)
    )
    return Svg(edges + lines)


def mason_line(x: float, y: float, width: float, *, peg: float = 4, thick: float = 2) -> Svg:
    """What the gate asks for: a taut line between two pegs."""
    line = segment(x, y, x + width, y)
    pegs = segment(x, y - peg, x, y + peg) + segment(x + width, y - peg, x + width, y + peg)
    return path(line + pegs, **paint(stroke="ink", width=thick))


@lru_cache(maxsize=32)  # one for each measure of the house
def sand(space: Rectangle, seed: int = 7, density: float = 0.036) -> Svg:
    """A stipple of grains in three sizes; the same seed gives the same grains."""
    x, y, width, height = space
    dice = _dice(seed)
    grains: dict[float, list[str]] = {0.75: [], 1.0: [], 1.3: []}
    sizes = (0.75,) * 5 + (1.0,) * 4 + (1.3,) * 2
    count = round(width * height * density)
    for n in range(count):
        at_x = x + 1.5 + (n + next(dice)) * (width - 3) / count
        at_y = y + 1.5 + next(dice) * (height - 3)
        grains[sizes[int(next(dice) * len(sizes))]].append(f"M{number(at_x)} {number(at_y)}h.01")
    dots = (
        path(at, **paint(stroke="rule", width=2 * size), stroke_linecap="round")
        for size, at in grains.items()
    )
    return Svg("".join(dots))


def _dice(seed: int) -> Iterator[float]:
    """Numbers from 0 up to 1, always the same ones for a seed, in every version of Python."""
    state = seed
    while True:
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        yield state / 2**32


def earth(x: float, y: float, size: float, *, groups: int = 2, gap: float = 6, thick: float = 1) -> Svg:
    """Earth marks under a ground line: strokes in threes at 45 degrees, from ``x`` to the right."""
    between = 4.25 * gap
    marks = (
        segment(x + group * between + n * gap, y + size, x + group * between + n * gap + size, y)
        for group in range(groups)
        for n in range(3)
    )
    return path(marks, **paint(stroke="ink", width=thick))


def does_not_apply(x: float, y: float, length: float) -> Svg:
    """One short dash instead of courses."""
    return path(segment(x - length / 2, y, x + length / 2, y), **paint(stroke="ink-2", width=2))


def panel(x: float, y: float, width: float, height: float) -> Svg:
    """A ground in the colour of the sheet, behind words."""
    return rectangle(x, y, width, height, **paint("surface"))
