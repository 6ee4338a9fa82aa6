"""Draws the small houses: the wizard's, which shows what is answered, and the desk's, which shows levels at a glance."""

from dataclasses import dataclass
from typing import Literal

from advisor.drawing import masonry
from advisor.drawing.gate import GateState, symbol
from advisor.drawing.masonry import COURSES, AnswerState
from advisor.drawing.svg import (
    Hue,
    Rectangle,
    Svg,
    box,
    element,
    hatch,
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


# --- The desk's glyph -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphFloor:
    """A floor of the desk's glyph: a level, or why there is none, for each block; and the gate, if it was judged."""

    hue: Hue
    levels: tuple[int | AnswerState, ...]
    gate: GateState | None = None


COLUMN, HIGH, GAP, PITCH = 10, 17, 2.4, 22


def glyph(floors: tuple[GlyphFloor, GlyphFloor, GlyphFloor], title: str) -> Svg:
    """Columns as high as their levels, floors from the ground up, each with its gate."""
    blocks = max(len(floor.levels) for floor in floors)
    wall = blocks * (COLUMN + GAP) - GAP + 2
    drawn: list[Svg] = []
    for n, floor in enumerate(reversed(floors)):
        base = 2 + HIGH + n * PITCH
        drawn += [
            _column(level, floor.hue, 1 + i * (COLUMN + GAP), base) for i, level in enumerate(floor.levels)
        ]
        drawn.append(path(segment(0, base + 0.5, wall, base + 0.5), **paint(stroke="ink-2", width=1)))
        if floor.gate:
            drawn.append(symbol(floor.gate, wall + 6, base + 0.5, 23))
    return picture(title, wall + 30, 2 + 2 * PITCH + HIGH + 2, *drawn, kind="glyph", shown=wall + 30)


def _column(level: int | AnswerState, hue: Hue, x: float, base: float) -> Svg:
    top = base - HIGH
    if level == "not_asked":
        return masonry.not_asked([box(x + 0.6, top + 0.6, COLUMN - 1.2, HIGH - 1.2)])
    ground = rectangle(x, top, COLUMN, HIGH, **paint("sunk"))
    if level == "unknown":
        return Svg(ground + path(hatch(x, top, COLUMN, HIGH, 3), **paint(stroke="unknown", width=0.7)))
    if level == "not_applicable":
        return Svg(
            ground
            + path(
                segment(x + 1.5, top + HIGH / 2, x + COLUMN - 1.5, top + HIGH / 2),
                **paint(stroke="ink-2", width=1.2),
            )
        )
    height = HIGH * int(level) / COURSES
    return element(
        "g", ground, rectangle(x, base - height, COLUMN, height, **paint(hue)) if height else Svg()
    )
