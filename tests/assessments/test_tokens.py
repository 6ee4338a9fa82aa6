"""Contrast of the colours, measured from the style sheet itself, in both themes."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()


def block(start: str) -> dict[str, str]:
    body = CSS[CSS.index(start) :]
    body = body[body.index("{") + 1 : body.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6});", body))


LIGHT = block(":root {")
SYSTEM_DARK = block(':root:not([data-theme="light"])')
CHOSEN_DARK = block(':root[data-theme="dark"]')


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("paper", "surface", "sunk")
TINTS = ("stone-tint", "brick-tint", "copper-tint")
TEXT = [
    *((text, ground) for text in ("ink", "ink-2", "act", "act-hover", "stop", "ok", "unknown") for ground in GROUNDS),
    *((hue, ground) for hue in ("stone", "brick", "copper") for ground in GROUNDS),
    *((text, tint) for text in ("ink", "ink-2") for tint in TINTS),
    *((hue, f"{hue}-tint") for hue in ("stone", "brick", "copper")),
    *((f"on-heat-{level}", f"heat-{level}") for level in range(5)),
    ("on-act", "act"),
    ("on-act", "act-hover"),
    ("ink", "stop-panel"),
    ("stop", "stop-panel"),
]  # fmt: skip
SHAPES = [
    *(("rule", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in (*GROUNDS, *TINTS)),
]


@pytest.mark.parametrize("theme", [LIGHT, CHOSEN_DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, CHOSEN_DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_focus_can_be_seen(theme: dict[str, str], shape: str, ground: str) -> None:
    assert contrast(theme[shape], theme[ground]) >= 3


def test_dark_is_the_same_whoever_chose_it() -> None:
    assert SYSTEM_DARK == CHOSEN_DARK


def test_dark_renames_every_colour() -> None:
    assert set(CHOSEN_DARK) == set(LIGHT)


def test_the_measured_figures_have_not_moved() -> None:
    assert round(contrast(LIGHT["ink"], LIGHT["paper"]), 2) == 15.18
    assert round(contrast(LIGHT["focus"], LIGHT["surface"]), 2) == 6.39
    assert round(contrast(CHOSEN_DARK["act"], CHOSEN_DARK["paper"]), 2) == 9.84
