"""Draws how votes lie on an ordered row of answers: a column each, from the lowest answer to the highest."""

from dataclasses import dataclass

from advisor.drawing.svg import Svg, box, paint, path, picture, segment

COLUMN, GAP = 18.0, 6.0
HEIGHT, BASE, TOP = 40.0, 35.0, 3.0
RIM = 2.0
LENGTH, THICK = 160.0, 16.0


@dataclass(frozen=True, slots=True)
class Spread:
    """``counts`` are the votes for each answer, the lowest first. ``title`` says them in words."""

    counts: tuple[int, ...]
    title: str


def spread(votes: Spread) -> Svg:
    """Columns as high as votes are many, the most frequent one the highest; an answer without votes is a bare line."""
    most = max((*votes.counts, 1))
    columns, lines = [], []
    for place, count in enumerate(votes.counts):
        left = RIM + place * (COLUMN + GAP)
        lines.append(segment(left, BASE, left + COLUMN, BASE))
        if count:
            height = max(3.0, (BASE - TOP) * count / most)
            columns.append(box(left, BASE - height, COLUMN, height))
    width = 2 * RIM + len(votes.counts) * COLUMN + (len(votes.counts) - 1) * GAP
    drawn = [path(columns, **paint("ink-2")), path(lines, **paint(stroke="ink", width=1.2))]
    return picture(votes.title, width, HEIGHT, *drawn, kind="spread", shown=width)


def bar(count: int, most: int, title: str) -> Svg:
    """One answer lying down: as long as its votes are many beside the ``most`` that any answer has."""
    length = LENGTH * count / max(most, 1)
    start = path(segment(RIM, 0, RIM, THICK), **paint(stroke="ink", width=1.2))
    drawn = [path([box(RIM, 2, length, THICK - 4)], **paint("ink-2"))] if count else []
    return picture(title, LENGTH + 2 * RIM, THICK, *drawn, start, kind="bar", shown=LENGTH + 2 * RIM)
