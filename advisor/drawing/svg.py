"""Writes SVG: elements with escaped words and presentation attributes, in colours a style sheet can change."""

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from typing import Literal

type Token = Literal[
    "paper", "surface", "sunk", "ink", "ink-2", "rule", "hair", "stone", "brick", "copper", "unknown"
]
type Hue = Literal["stone", "brick", "copper"]
type Point = tuple[float, float]
type Rectangle = tuple[float, float, float, float]  # x, y, width, height
type Attribute = str | float | int | None

LIGHT: dict[Token, str] = {
    "paper": "#FAF7F1",
    "surface": "#FFFFFF",
    "sunk": "#F1ECE2",
    "ink": "#17212E",
    "ink-2": "#4A5462",
    "rule": "#7C7567",
    "hair": "#DCD5C7",
    "stone": "#34465C",
    "brick": "#A03F22",
    "copper": "#0F6B62",
    "unknown": "#5A6472",
}
"""The colours of paper, written into every drawing. On screen static/css/drawing.css puts the theme's in their place."""


class Svg(str):
    """Markup that is already escaped. Django's templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@lru_cache(maxsize=2**15)  # a house has thousands, and most of them are those of every other house
def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{round(value, 2) + 0.0:.6g}"  # + 0.0 makes nothing of a negative zero


def element(name: str, *children: str, **attributes: Attribute) -> Svg:
    """An element. Children that are not Svg are escaped; attributes that are None are left out.

    ``fill_opacity`` becomes ``fill-opacity`` and ``class_`` becomes ``class``; names in camelCase stay.
    """
    written = "".join(
        f' {_name(key)}="{value(content)}"' for key, content in attributes.items() if content is not None
    )
    inside = "".join(child if isinstance(child, Svg) else escape(child, quote=False) for child in children)
    return Svg(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def value(content: Attribute) -> str:
    """An attribute's value; it stands in double quotes, so that names of fonts may have single ones."""
    if isinstance(content, str):
        return escape(content, quote=False).replace('"', "&quot;")
    return number(content or 0)


def picture(
    title: str,
    width: float,
    height: float,
    *children: str,
    kind: str,
    role: str = "img",
    shown: float | None = None,
) -> Svg:
    """The outermost element: its first child is the title, the full reading of the drawing.

    ``kind`` becomes a class, so that a style sheet can size the drawing. ``shown`` is its width where none does.
    """
    return element(
        "svg",
        element("title", title),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=shown,
        height=None if shown is None else shown * height / width,
        role=role,
        class_=f"drawing {kind}",
    )


# --- Paint ------------------------------------------------------------------------------------------------------------


def paint(
    fill: Token | None = None,
    stroke: Token | None = None,
    width: float | None = None,
    dash: str | None = None,
) -> dict[str, Attribute]:
    """Attributes that colour a shape: as a value for paper, and as a class for the screen's themes."""
    classes = [f"f-{fill}"] if fill else []
    if stroke:
        classes.append(f"s-{stroke}")
    return {
        "class_": " ".join(classes) or None,
        "fill": LIGHT[fill] if fill else "none",
        "stroke": LIGHT[stroke] if stroke else None,
        "stroke_width": width,
        "stroke_dasharray": dash,
    }


# --- Shapes -----------------------------------------------------------------------------------------------------------


def rectangle(x: float, y: float, width: float, height: float, **attributes: Attribute) -> Svg:
    return element("rect", x=x, y=y, width=width, height=height, **attributes)


def path(data: str | Iterable[str], **attributes: Attribute) -> Svg:
    """A path from one string or many; nothing at all if there is nothing to draw."""
    drawn = data if isinstance(data, str) else "".join(data)
    return element("path", d=drawn, **attributes) if drawn else Svg()


def box(x: float, y: float, width: float, height: float) -> str:
    """Path data of a rectangle."""
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z"


def segment(x1: float, y1: float, x2: float, y2: float) -> str:
    """Path data of a straight line."""
    return f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"


def outline(*points: Point, close: bool = False) -> str:
    """Path data through all points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("z" if close else "")


def hatch(x: float, y: float, width: float, height: float, step: float = 6) -> str:
    """Path data of lines at 45 degrees, cut at the edges; the lines of neighbouring rectangles are in step."""
    first = int((x + y) // step) + 1
    last = int((x + y + width + height) / step)
    sums = [n * step for n in range(first, last + 1)]
    return "".join(
        segment(max(x, c - y - height), min(y + height, c - x), min(x + width, c - y), max(y, c - x - width))
        for c in sums
        if x + y < c < x + y + width + height
    )
