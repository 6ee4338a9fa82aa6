"""Draws votes: the wall that grows while a room votes, a row of bricks a level afterwards, and a small stack of courses."""

from advisor.drawing import masonry
from advisor.drawing.masonry import COURSES
from advisor.drawing.svg import Hue, Svg, box, paint, path, picture, segment

BRICK, HIGH, JOINT = 150.0, 64.0, 6.0


def wall(voted: int, expected: int, hue: Hue, title: str, *, across: int = 6) -> Svg:
    """One equal brick a vote in running bond, from the ground up; dashed places for votes still missing."""
    places = max(voted, expected, 1)
    spots = _spots(places, across)
    rows = spots[-1][0] + 1
    wide = across * (BRICK + JOINT) - JOINT
    height = rows * (HIGH + JOINT)
    boxes = [(x, height - (row + 1) * (HIGH + JOINT) + JOINT / 2) for row, x in spots]
    laid = (box(x, y, BRICK, HIGH) for x, y in boxes[:voted])
    missing = (box(x + 0.7, y + 0.7, BRICK - 1.4, HIGH - 1.4) for x, y in boxes[voted:])
    ground = path(segment(0, height, wide, height), **paint(stroke="ink", width=2.4))
    dashed = path(missing, **paint(stroke="rule", width=1.4, dash="9 6"))
    marks = [
        masonry.earth(2, height + 6, 11, groups=1, gap=11),
        masonry.earth(wide - 36, height + 6, 11, groups=1, gap=11),
    ]
    return picture(
        title, wide, height + 20, path(laid, **paint(hue)), dashed, ground, *marks, kind="votes-wall"
    )


def _spots(places: int, across: int) -> list[tuple[int, float]]:
    """Row and left edge of each brick; every second row is shifted by half a brick and holds one less."""
    spots: list[tuple[int, float]] = []
    row = 0
    while len(spots) < places:
        shift = row % 2
        holds = max(1, across - shift)
        spots += [(row, shift * (BRICK + JOINT) / 2 + n * (BRICK + JOINT)) for n in range(holds)]
        row += 1
    return spots[:places]


def bricks(votes: int, most: int, hue: Hue, title: str, *, unknown: bool = False) -> Svg:
    """A row of bricks, one a vote, in the scale of ``most`` votes; hatched for "don't know"."""
    most = max(most, votes, 1)
    width, height = 840.0, 40.0
    pitch = min(width / most, 119.0)
    high = height if not unknown else 26.0
    places = [(n * pitch, (height - high) / 2, pitch - 5, high) for n in range(votes)]
    if unknown:
        drawn = masonry.unknown(
            [(x + 0.5, y + 0.5, wide - 1, tall - 1) for x, y, wide, tall in places], step=9
        )
    else:
        drawn = path((box(*place) for place in places), **paint(hue))
    return picture(title, width, height, drawn, kind="votes-bricks")


def stack(level: int, hue: Hue, title: str, *, width: float = 40) -> Svg:
    """Four courses, as many built as the level says."""
    rows = [(COURSES - 1 - n) * 8.6 + 0.5 for n in range(COURSES)]
    built = path((box(0, y - 0.5, 40, 7) for y in rows[:level]), **paint(hue))
    open_ = path((box(0.5, y, 39, 6) for y in rows[level:]), **paint(stroke="rule", width=1))
    return picture(title, 40, 4 * 8.6 - 1.6, built, open_, kind="votes-stack", shown=width)
