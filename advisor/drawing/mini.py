"""Draws the small houses: the wizard's without levels, one with levels and gates, and the glyph that stands in lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from advisor.drawing import masonry
from advisor.drawing.gate import GateState, symbol
from advisor.drawing.masonry import COURSES, AnswerState
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
    drawn = _shell(*(each.hue for each in floors))
    for floor, row in zip(floors, ROWS, strict=True):
        drawn += [
            _step(step, floor.hue, place)
            for step, place in zip(floor.steps, _places(row, len(floor.steps)), strict=True)
        ]
    return picture(title, 288, 232, *drawn, kind="house-mini")


def _places(row: Rectangle, count: int) -> Iterator[Rectangle]:
    """Where the blocks of a floor stand."""
    left, top, width, height = row
    pitch = (288 - 2 * left) / max(count, 1)
    wide = min(width, pitch - 5)
    for n in range(count):
        yield left + (n + 0.5) * pitch - wide / 2, top, wide, height


def _shell(foundation: Hue, framework: Hue, attic: Hue) -> list[Svg]:
    """Roof, posts and footing."""
    return [*_footing(foundation), *_frame(framework), *_roof(attic)]


def _roof(hue: Hue) -> list[Svg]:
    points = ((13.5, 98.0), (32.5, 39.8), (144.0, 11.8), (255.5, 39.8), (274.5, 98.0))
    return [
        path(outline(*points, close=True), **paint("surface")),
        path(outline(*points), **paint(stroke=hue, width=3)),
        rectangle(10, 96, 268, 6, **paint(hue)),
    ]


def _frame(hue: Hue) -> list[Svg]:
    beams = box(22.5, 106, 243, 5) + box(20, 160, 248, 5)
    posts = box(23, 111, 3.8, 49) + box(261.2, 111, 3.8, 49)
    return [path(beams + posts, **paint(hue))]


def _footing(hue: Hue) -> list[Svg]:
    return [
        path(segment(0, 170, 288, 170), **paint(stroke="ink", width=1.8)),
        masonry.earth(0.5, 173.5, 7.5, groups=1),
        masonry.earth(268, 173.5, 7.5, groups=1),
        rectangle(17.5, 222.5, 253, 6.5, **paint(hue)),
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


# --- The house with levels ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallBlock:
    """A capability. ``level`` 0 to 4 counts only in state "level"; ``moved`` marks one that somebody changed."""

    state: AnswerState
    level: int | None = None
    moved: Literal["", "up", "down"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallFloor:
    """A layer. ``gate`` is the effective state of its gate, None where there is none."""

    hue: Hue
    blocks: tuple[SmallBlock, ...]
    gate: GateState | None = None
    on_sand: bool = False


GATES = (312.0, 26.0)
"""Where the column of gates begins, and how wide one is."""

JOINTS: tuple[Rectangle, ...] = ((0, 0, 0, 0), (24, 165.4, 240, 4.2), (24, 102.2, 240, 3.6))
"""The gap below each floor, where sand lies; none below the foundation."""


def small(floors: tuple[SmallFloor, SmallFloor, SmallFloor], title: str) -> Svg:
    """The house with a column of four courses a block and a gate beside each floor, floors from the ground up.

    Small enough for two side by side. A block that was changed has an arrowhead above it and an ink frame.
    """
    drawn = _shell(*(each.hue for each in floors))
    for floor, row, joint in zip(floors, ROWS, JOINTS, strict=True):
        for block, place in zip(floor.blocks, _places(row, len(floor.blocks)), strict=True):
            drawn += _block(block, floor.hue, place)
        if floor.on_sand:
            drawn.append(masonry.sand(joint, density=0.12))
        if floor.gate:
            left, width = GATES
            drawn.append(symbol(floor.gate, left, row[1] + row[3] / 2 + width / 2, width))
    return picture(title, GATES[0] + GATES[1] + 4, 232, *drawn, kind="house-levels")


def _block(block: SmallBlock, hue: Hue, space: Rectangle) -> list[Svg]:
    x, y, width, height = space
    gap = 1.6
    course = (height - (COURSES - 1) * gap) / COURSES
    places = [(x, y + height - (n + 1) * course - n * gap, width, course) for n in range(COURSES)]
    rims = [box(left + 0.5, top + 0.5, wide - 1, high - 1) for left, top, wide, high in places]
    if block.state == "not_applicable":
        return [masonry.does_not_apply(x + width / 2, y + height / 2, width / 2)]
    if block.state == "not_asked":
        return [masonry.not_asked(rims)]
    if block.state == "unknown":
        return [masonry.unknown(places, step=4), *_moved(block, space)]
    built = max(0, min(COURSES, block.level or 0))
    return [
        path((box(*place) for place in places[:built]), **paint(hue)),
        path(rims[built:], **paint(stroke="rule", width=0.8)),
        *_moved(block, space),
    ]


def _moved(block: SmallBlock, space: Rectangle) -> list[Svg]:
    """An arrowhead above the block, and a frame around it."""
    if not block.moved:
        return []
    x, y, width, height = space
    middle, base, tip = x + width / 2, y - 2.6, y - 8.2
    if block.moved == "down":
        base, tip = tip, base
    head = outline((middle - 4.4, base), (middle, tip), (middle + 4.4, base), close=True)
    return [
        path(box(x - 1.4, y - 1.4, width + 2.8, height + 2.8), **paint(stroke="ink", width=1.8)),
        path(head, **paint("ink")),
    ]


# --- The glyph for lists ------------------------------------------------------------------------------------------------

COLUMNS = (72.0, 17.0, 2.4)
"""The room of a floor's columns: width, height, and the gap between two."""

PITCH = 27.0
"""From one floor's ground to the next."""

DOOR = (81.0, 22.0)
"""Where the gates begin, and how wide one is."""


@lru_cache(maxsize=2048)  # a list draws fifty at a time, and most of them again at the next look
def glyph(floors: tuple[SmallFloor, ...], title: str) -> Svg:
    """Three rows of columns as high as their levels, a gate beside each, floors from the ground up.

    A level of 0 is an empty place; dotted is not asked, hatched not known, and a dash does not apply.
    """
    drawn: list[Svg] = []
    for number, floor in enumerate(floors):
        base = (len(floors) - number) * PITCH - 3
        drawn += _columns(floor, base)
        if floor.gate:
            drawn.append(symbol(floor.gate, DOOR[0], base + 0.6, DOOR[1]))
    return picture(title, sum(DOOR) + 1, len(floors) * PITCH, *drawn, kind="house-glyph")


def _columns(floor: SmallFloor, base: float) -> list[Svg]:
    """One path for each look, so that fifty houses stay a small page."""
    room, high, gap = COLUMNS
    wide = (room + gap) / max(len(floor.blocks), 1) - gap
    grounds, levels, dotted, hatched, dashes = [], [], [], [], []
    for number, block in enumerate(floor.blocks):
        x, top = number * (wide + gap), base - high
        match block.state:
            case "level":
                grounds.append(box(x, top, wide, high))
                if reached := max(0, min(COURSES, block.level or 0)) / COURSES * high:
                    levels.append(box(x, base - reached, wide, reached))
            case "unknown":
                hatched.append((x + 0.4, top + 0.4, wide - 0.8, high - 0.4))
            case "not_applicable":
                grounds.append(box(x, top, wide, high))
                dashes.append(segment(x + wide * 0.2, base - high / 2, x + wide * 0.8, base - high / 2))
            case _:
                dotted.append(box(x + 0.5, top + 0.5, wide - 1, high - 0.5))
    return [
        path(grounds, **paint("sunk")),
        path(levels, **paint(floor.hue)),
        path(dotted, **paint(stroke="rule", width=0.8, dash="1.6 1.6")),
        masonry.unknown(hatched, step=4) if hatched else Svg(),
        path(dashes, **paint(stroke="ink-2", width=1.4)),
        path(segment(0, base + 1.2, room, base + 1.2), **paint(stroke="rule", width=1)),
    ]
