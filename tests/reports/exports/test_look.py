"""The look of exports is that of the light pages."""

import re
from pathlib import Path

from reports.exports import look
from reports.exports.lettering import lines, width

TOKENS = (Path(__file__).resolve().parents[3] / "static" / "css" / "tokens.css").read_text(encoding="utf-8")


def token(name: str) -> str:
    found = re.search(rf"--{name}: #([0-9A-F]{{6}});", TOKENS)
    assert found
    return found[1]


def test_its_colours_are_those_of_the_tokens() -> None:
    for name in ("ink", "ink-2", "paper", "surface", "sunk", "rule", "hair"):
        assert getattr(look, name.upper().replace("-", "_")) == token(name)
    assert {hue: token(hue) for hue in look.HUES} == look.HUES
    assert {hue: token(f"{hue}-tint") for hue in look.TINTS} == look.TINTS


def test_widths_are_those_of_arial() -> None:
    assert width("Hello", 10) == (722 + 556 + 222 + 222 + 556) / 100
    assert width("Hello", 10, bold=True) > width("Hello", 10)
    assert width("é", 10) == width("e", 10)
    assert width("漢", 10) == 10


def test_text_breaks_between_words_and_inside_long_ones() -> None:
    assert lines("one two", 10, 100) == 1
    assert lines("one two", 10, width("one", 10) + 1) == 2
    assert lines("one\n\ntwo", 10, 100) == 3
    assert lines("W" * 100, 10, 100) >= 10
    assert lines("", 10, 100) == 1
