"""Draws the wizard's small house, which shows what is answered and no level."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from advisor.drawing import masonry
from advisor.drawing.svg import (
    Hue,
    Rectangle,
    Svg,
    box,
    outline,
    paint,
    path,
    picture,
    rectangle,
    segment,
)

type Step = Literal["answered", "current", "open"]

# --- The wizard's house -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MiniFloor:
    """A floor of the wizard's house: one step a block, no levels, so that nothing steers the answers."""

    hue: Hue
    steps: tuple[Step, ...]


# Of each floor from the ground up: where its row begins, its upper edge, and the size of a block.
ROWS: tuple[Rectangle, ...] = ((27, 180, 32.6, 37.6), (27, 117, 32.6, 37.6), (43.5, 54.6, 27, 34))


@lru_cache(maxsize=1024)  # the same houses come up again and again, and drawing one takes ten times as long
def mini(floors: tuple[MiniFloor, MiniFloor, MiniFloor], title: str) -> Svg:
    """The wizard's house, floors from the ground up. ``title`` says it in words: "12 of 18 blocks answered"."""
    foundation, framework, attic = floors
    drawn = [*_footing(foundation), *_frame(framework), *_roof(attic)]
    for floor, (left, top, width, height) in zip(floors, ROWS, strict=True):
        pitch = (288 - 2 * left) / max(len(floor.steps), 1)
        wide = min(width, pitch - 5)
        drawn += [
            _step(step, floor.hue, (left + (n + 0.5) * pitch - wide / 2, top, wide, height))
            for n, step in enumerate(floor.steps)
        ]
    return picture(title, 288, 232, *drawn, kind="house-mini")


def _roof(floor: MiniFloor) -> list[Svg]:
    points = ((13.5, 98.0), (32.5, 39.8), (144.0, 11.8), (255.5, 39.8), (274.5, 98.0))
    return [
        path(outline(*points, close=True), **paint("surface")),
        path(outline(*points), **paint(stroke=floor.hue, width=3)),
        rectangle(10, 96, 268, 6, **paint(floor.hue)),
    ]


def _frame(floor: MiniFloor) -> list[Svg]:
    beams = box(22.5, 106, 243, 5) + box(20, 160, 248, 5)
    posts = box(23, 111, 3.8, 49) + box(261.2, 111, 3.8, 49)
    return [path(beams + posts, **paint(floor.hue))]


def _footing(floor: MiniFloor) -> list[Svg]:
    return [
        path(segment(0, 170, 288, 170), **paint(stroke="ink", width=1.8)),
        masonry.earth(0.5, 173.5, 7.5, groups=1),
        masonry.earth(268, 173.5, 7.5, groups=1),
        rectangle(17.5, 222.5, 253, 6.5, **paint(floor.hue)),
    ]


def _step(step: Step, hue: Hue, space: Rectangle) -> Svg:
    x, y, width, height = space
    if step == "answered":
        return rectangle(x, y, width, height, **paint(hue))
    if step == "current":
        return rectangle(x + 1.4, y + 1.4, width - 2.8, height - 2.8, **paint("paper", "ink", 2.8))
    return rectangle(
        x + 0.6, y + 0.6, width - 1.2, height - 1.2, **paint(stroke=hue, width=1.2, dash="4.2 2.6")
    )
