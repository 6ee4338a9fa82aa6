"""What the style sheet knows of the drawings' colours."""

from pathlib import Path

import pytest

from advisor.drawing.svg import LIGHT

CSS = Path(__file__).parents[3] / "static" / "css"


@pytest.mark.parametrize("token", sorted(LIGHT))
def test_the_theme_reaches_every_colour(token: str):
    sheet = (CSS / "drawing.css").read_text()
    assert f".f-{token} {{ fill: var(--{token}); }}" in sheet
    assert f".s-{token} {{ stroke: var(--{token}); }}" in sheet


@pytest.mark.parametrize("token", sorted(LIGHT))
def test_paper_is_the_light_theme(token: str):
    assert f"--{token}: {LIGHT[token]};" in (CSS / "tokens.css").read_text()


def test_every_font_of_the_style_sheet_is_there():
    sheet = (CSS / "fonts.css").read_text()
    named = {line.split('url("../fonts/')[1].split('"')[0] for line in sheet.splitlines() if "url(" in line}
    assert named == {path.name for path in (CSS.parent / "fonts").glob("*.woff2")}
