"""Draws a gate as the plan symbol of a door: two jambs in a wall and a leaf that tells the state."""

from math import cos, radians, sin
from typing import Literal

from advisor.drawing.lettering import DISPLAY, text
from advisor.drawing.svg import Svg, box, element, number, outline, paint, path, picture, segment

type GateState = Literal["open", "near", "closed", "blocked", "undetermined", "not_started"]

JAMB = 0.232  # of the symbol's width, like all measures here
THICKNESS = 0.165
OPENING = 1 - 2 * JAMB
HEIGHT = OPENING + THICKNESS / 2 + 0.03
AJAR = 32  # degrees


def gate(state: GateState, title: str, *, width: float = 68) -> Svg:
    """The symbol as a drawing of its own, ``width`` wide. ``title`` is its word: "Gate closed"."""
    return picture(
        title, width, HEIGHT * width, symbol(state, 0, HEIGHT * width, width), kind="gate", shown=width
    )


def symbol(state: GateState, x: float, base: float, width: float) -> Svg:
    """The symbol as part of another drawing: ``x`` is its left edge, ``base`` the lower edge of its jambs."""
    wall = base - THICKNESS / 2 * width
    hinge, latch = x + JAMB * width, x + (1 - JAMB) * width
    jambs = box(x, base - THICKNESS * width, JAMB * width, THICKNESS * width) + box(
        latch, base - THICKNESS * width, JAMB * width, THICKNESS * width
    )
    return element("g", path(jambs, **paint("ink")), *_leaf(state, hinge, latch, wall, width))


def _leaf(state: GateState, hinge: float, latch: float, wall: float, width: float) -> list[Svg]:
    if state == "open":
        return [
            _bar(hinge, wall, hinge, wall - OPENING * width, 0.06 * width, shift=0.03 * width),
            _swing(hinge + 0.06 * width, latch, wall, width, 90),
        ]
    if state == "near":
        end = (hinge + OPENING * width * cos(radians(AJAR)), wall - OPENING * width * sin(radians(AJAR)))
        return [_bar(hinge, wall, *end, 0.065 * width), _swing(hinge, latch, wall, width, AJAR)]
    if state in ("closed", "blocked"):
        closed = _bar(hinge, wall, latch, wall, 0.095 * width)
        return (
            [closed, _cross((hinge + latch) / 2, wall - 0.365 * width, width)]
            if state == "blocked"
            else [closed]
        )
    dash = f"{number(0.06 * width)} {number(0.045 * width)}" if state == "undetermined" else None
    leaf = path(
        segment(hinge, wall, latch, wall),
        **paint(stroke="ink", width=(0.04 if dash else 0.012) * width, dash=dash),
    )
    if state == "not_started":
        return [leaf]
    return [
        leaf,
        text(
            "?", (hinge + latch) / 2, wall - 0.14 * width, DISPLAY, 0.44 * width, "ink", text_anchor="middle"
        ),
    ]


def _bar(x1: float, y1: float, x2: float, y2: float, thick: float, shift: float = 0) -> Svg:
    return path(segment(x1 + shift, y1, x2 + shift, y2), **paint(stroke="ink", width=thick))


def _swing(hinge: float, latch: float, wall: float, width: float, angle: float) -> Svg:
    """The dashed arc from the leaf's end to the latch."""
    radius = latch - hinge
    start = f"{number(hinge + radius * cos(radians(angle)))} {number(wall - radius * sin(radians(angle)))}"
    end = f"{number(latch)} {number(wall - THICKNESS / 2 * width)}"
    return path(
        f"M{start}A{number(radius)} {number(radius)} 0 0 1 {end}",
        **paint(
            stroke="ink",
            width=max(0.022 * width, 0.8),
            dash=f"{number(0.05 * width)} {number(0.036 * width)}",
        ),
    )


def _cross(x: float, y: float, width: float) -> Svg:
    arm = 0.17 * width
    lines = outline((x - arm, y - arm), (x + arm, y + arm)) + outline((x - arm, y + arm), (x + arm, y - arm))
    return path(lines, **paint(stroke="ink", width=0.05 * width))
