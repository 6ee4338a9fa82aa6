"""Draws one capability as a level strip: four cells, the gate's minimum as a tick, and how far votes lie apart."""

from dataclasses import dataclass

from advisor.drawing import masonry
from advisor.drawing.masonry import COURSES, AnswerState
from advisor.drawing.svg import Hue, Svg, box, paint, path, picture, segment

CELL = 34
HEIGHT = 16
GAP = 5  # so wide that the tick never touches a filled cell
RIM = 4  # room for the tick above and below, and at both ends
VOTES = 7
"""The room for the range of votes, below the cells."""
WIDTH = COURSES * CELL + (COURSES - 1) * GAP + 2 * RIM


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A capability's level, 0 to 4, if its state is "level". ``title`` is the full reading: "1 of 4, needs 2".

    ``votes`` are the lowest and the highest level that somebody voted for; say so in the title: "votes run from 1 to 3".
    """

    hue: Hue
    title: str
    level: int | None = None
    state: AnswerState = "level"
    minimum: int | None = None
    planned: int | None = None
    votes: tuple[int, int] | None = None


def strip(row: Strip, *, width: float = WIDTH) -> Svg:
    """The strip as a drawing, ``width`` pixels wide where no style sheet says otherwise."""
    height = HEIGHT + 2 * RIM + (VOTES if row.votes else 0)
    drawn = [*_cells(row), *_tick(row), *_votes(row)]
    return picture(row.title, WIDTH, height, *drawn, kind="strip", shown=width)


def _cells(row: Strip) -> list[Svg]:
    cells = [(_left(n), RIM, CELL, HEIGHT) for n in range(COURSES)]
    rims = [box(x + 0.6, y + 0.6, width - 1.2, height - 1.2) for x, y, width, height in cells]
    if row.state == "not_applicable":
        return [masonry.does_not_apply(WIDTH / 2, RIM + HEIGHT / 2, CELL)]
    if row.state == "unknown":
        return [masonry.unknown([(float(x), y, width, height) for x, y, width, height in cells], step=4.5)]
    if row.state == "not_asked":
        return [masonry.not_asked(rims)]
    built = max(0, min(COURSES, row.level or 0))
    aim = max(built, row.planned or 0)
    return [
        path((box(*cell) for cell in cells[:built]), **paint(row.hue)),
        masonry.planned(row.hue, rims[built:aim]),
        path(rims[aim:], **paint(stroke="rule", width=0.8)),
    ]


def _left(cell: float) -> float:
    return RIM + cell * (CELL + GAP)


def _tick(row: Strip) -> list[Svg]:
    if not row.minimum or row.state == "not_applicable":
        return []
    x = _left(min(row.minimum, COURSES)) - GAP / 2
    return [path(segment(x, RIM - 3, x, RIM + HEIGHT + 3), **paint(stroke="ink", width=2.2))]


def _votes(row: Strip) -> list[Svg]:
    """A taut line between two pegs, from the lowest to the highest level; one peg where all agree."""
    if row.votes is None:
        return []
    low, high = sorted(max(0, min(COURSES, each)) for each in row.votes)
    left, right = _reached(low), _reached(high)
    y, peg = RIM + HEIGHT + 3 + VOTES / 2, 3.2
    pegs = segment(left, y - peg, left, y + peg) + segment(right, y - peg, right, y + peg)
    return [
        path(pegs, **paint(stroke="ink-2", width=1.6)),
        path(segment(left, y, right, y) if low < high else "", **paint(stroke="ink-2", width=1.6)),
    ]


def _reached(level: int) -> float:
    """The right end of a level's cell; the left edge of all for level 0."""
    return _left(level - 1) + CELL if level else float(RIM)
