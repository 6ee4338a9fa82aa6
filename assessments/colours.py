"""Whether a colour can be read on our grounds, as WCAG 2.2 measures it, and which one near it can."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type Theme = Literal["light", "dark"]

TEXT, LINE = 4.5, 3.0
"""The contrast that text and lines need (WCAG 1.4.3 and 1.4.11)."""

GROUNDS: Mapping[Theme, Mapping[str, float]] = {
    "light": {"#faf7f1": TEXT, "#ffffff": TEXT, "#f1ece2": LINE},
    "dark": {"#0f1720": TEXT, "#18232f": TEXT, "#131c26": LINE},
}
"""The grounds of both themes as static/css/tokens.css has them, and what is wanted there; a test compares the two."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a colour falls short the most: ``ratio`` is measured on ``ground``, ``wanted`` is needed there."""

    ratio: float
    wanted: float
    ground: str
    nearest: str
    """A colour of the same hue that would do."""


def contrast(one: str, other: str) -> float:
    """1 to 21, of two colours such as "#0e4a7b"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def falls_short(colour: str, theme: Theme) -> Failure | None:
    """Where it is too close to the ground; None where it can be read everywhere."""
    measured = [(contrast(colour, ground), wanted, ground) for ground, wanted in GROUNDS[theme].items()]
    failing = [each for each in measured if each[0] < each[1]]
    if not failing:
        return None
    ratio, wanted, ground = min(failing, key=lambda each: each[0] / each[1])
    return Failure(ratio, wanted, ground, nearest(colour, theme))


def nearest(colour: str, theme: Theme) -> str:
    """The colour itself, or the first that does on its way to black for light grounds and to white for dark ones."""
    end = 0 if theme == "light" else 255
    for step in range(256):
        mixed = _mixed(colour, end, step / 255)
        if all(contrast(mixed, ground) >= wanted for ground, wanted in GROUNDS[theme].items()):
            return mixed
    return "#000000" if theme == "light" else "#ffffff"


def _mixed(colour: str, end: int, share: float) -> str:
    return "#" + "".join(f"{round(each + (end - each) * share):02x}" for each in _parts(colour))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (part / 255 for part in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
