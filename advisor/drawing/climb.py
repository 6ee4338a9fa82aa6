"""Draws how many gates were passed from day to day: a small slope, three steps high, for one row of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.drawing.svg import Svg, element, outline, paint, path, picture, segment

WIDTH, HEIGHT = 96.0, 34.0
LEFT, RIGHT, TOP, BASE = 6.0, 90.0, 6.0, 28.0


@dataclass(frozen=True, slots=True)
class Step:
    """A day: how many gates were passed; None where the day cannot be read."""

    passed: int | None


def climb(steps: Sequence[Step], of: int, title: str) -> Svg:
    """The days from left to right, evenly apart, today last; ``of`` is how many gates there are.

    ``title`` says it in words. The last day is filled, those before are rings; a day that cannot be read leaves a gap.
    """
    places = [(_x(n, len(steps)), _y(each.passed, of)) for n, each in enumerate(steps)]
    known = [(x, y) for x, y in places if y is not None]
    lines = [segment(LEFT, y, RIGHT, y) for y in (_y(n, of) for n in range(of + 1)) if y is not None]
    drawn = [path(lines, **paint(stroke="hair", width=0.8))]
    if len(known) > 1:
        drawn.append(path(outline(*known), **paint(stroke="ink", width=1.8)))
    for n, (x, y) in enumerate(places):
        if y is not None:
            last = n == len(places) - 1
            drawn.append(
                element("circle", cx=x, cy=y, r=3, **paint("ink" if last else "surface", "ink", 1.6))
            )
    return picture(title, WIDTH, HEIGHT, *drawn, kind="climb", shown=WIDTH)


def _x(n: int, count: int) -> float:
    return RIGHT if count < 2 else LEFT + n * (RIGHT - LEFT) / (count - 1)


def _y(passed: int | None, of: int) -> float | None:
    return None if passed is None else BASE - passed * (BASE - TOP) / max(of, 1)
