"""Draws a gate as the plan symbol of a door: two jambs in a wall and a leaf that tells the state."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal

from advisor.drawing.lettering import DISPLAY, text
from advisor.drawing.svg import Point, Svg, box, element, number, outline, paint, path, picture, segment

type GateState = Literal["open", "near", "closed", "blocked", "undetermined", "not_started"]

# In widths of the symbol, as all measures here.
JAMB = 0.232
THICKNESS = 0.165
OPENING = 1 - 2 * JAMB
HEIGHT = OPENING + THICKNESS / 2 + 0.03
AJAR = 32  # degrees


def gate(state: GateState, title: str, *, width: float = 68) -> Svg:
    """The symbol as a drawing of its own, ``width`` wide. ``title`` is its word: "Gate closed"."""
    drawn = symbol(state, 0, HEIGHT * width, width)
    return picture(title, width, HEIGHT * width, drawn, kind="gate", shown=width)


def symbol(state: GateState, x: float, base: float, width: float) -> Svg:
    """The symbol as part of another drawing: ``x`` is its left edge, ``base`` the lower edge of its jambs."""
    door = _Door(x, base, width)
    jamb, thick = JAMB * width, THICKNESS * width
    jambs = box(x, base - thick, jamb, thick) + box(door.latch, base - thick, jamb, thick)
    return element("g", path(jambs, **paint("ink")), *LEAVES[state](door))


@dataclass(frozen=True, slots=True)
class _Door:
    x: float
    base: float
    width: float

    @property
    def hinge(self) -> float:
        return self.x + JAMB * self.width

    @property
    def latch(self) -> float:
        return self.x + (1 - JAMB) * self.width

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def wall(self) -> float:
        """The middle of the wall."""
        return self.base - THICKNESS / 2 * self.width

    def leaf(self, start: Point, end: Point, thick: float, dash: tuple[float, float] | None = None) -> Svg:
        dashes = " ".join(number(part * self.width) for part in dash) if dash else None
        return path(segment(*start, *end), **paint(stroke="ink", width=thick * self.width, dash=dashes))

    def swing(self, angle: float) -> Svg:
        """The dashed arc from the end of the leaf to the latch."""
        radius = self.latch - self.hinge
        start = self.hinge + radius * cos(radians(angle)), self.wall - radius * sin(radians(angle))
        end = self.latch, self.base - THICKNESS * self.width
        points = [" ".join(map(number, point)) for point in (start, end)]
        dash = f"{number(0.05 * self.width)} {number(0.036 * self.width)}"
        return path(
            f"M{points[0]}A{number(radius)} {number(radius)} 0 0 1 {points[1]}",
            **paint(stroke="ink", width=max(0.022 * self.width, 0.8), dash=dash),
        )


def _open(door: _Door) -> list[Svg]:
    at = door.hinge + 0.03 * door.width
    return [door.leaf((at, door.base), (at, door.wall - OPENING * door.width), 0.06), door.swing(90)]


def _near(door: _Door) -> list[Svg]:
    reach = OPENING * door.width
    end = door.hinge + reach * cos(radians(AJAR)), door.wall - reach * sin(radians(AJAR))
    return [door.leaf((door.hinge, door.wall), end, 0.065), door.swing(AJAR)]


def _closed(door: _Door) -> list[Svg]:
    return [door.leaf((door.hinge, door.wall), (door.latch, door.wall), 0.095)]


def _blocked(door: _Door) -> list[Svg]:
    x, y, arm = door.middle, door.wall - 0.365 * door.width, 0.17 * door.width
    cross = outline((x - arm, y - arm), (x + arm, y + arm)) + outline((x - arm, y + arm), (x + arm, y - arm))
    return [*_closed(door), path(cross, **paint(stroke="ink", width=0.05 * door.width))]


def _undetermined(door: _Door) -> list[Svg]:
    at = (door.middle, door.wall - 0.14 * door.width)
    return [
        door.leaf((door.hinge, door.wall), (door.latch, door.wall), 0.045, (0.06, 0.045)),
        text("?", at, DISPLAY, 0.44 * door.width, "ink", text_anchor="middle"),
    ]


def _not_started(door: _Door) -> list[Svg]:
    return [door.leaf((door.hinge, door.wall), (door.latch, door.wall), 0.02, (0.02, 0.04))]


LEAVES: dict[GateState, Callable[[_Door], list[Svg]]] = {
    "open": _open,
    "near": _near,
    "closed": _closed,
    "blocked": _blocked,
    "undetermined": _undetermined,
    "not_started": _not_started,
}
