"""The small houses."""

from collections import Counter

import pytest

from advisor.drawing import MiniFloor
from advisor.drawing.mini import Step, mini
from tests.advisor.drawing.houses import SVG, parsed

HUES = ("stone", "brick", "copper")


def steps(*rows: tuple[Step, ...]) -> str:
    foundation, framework, attic = (
        MiniFloor(hue=hue, steps=row) for hue, row in zip(HUES, rows, strict=True)
    )
    return mini((foundation, framework, attic), "12 of 18 blocks answered")


def test_answered_open_and_current_are_drawn_differently():
    drawn = steps(("answered",) * 6, ("answered",) * 5 + ("current",), ("open",) * 6)
    root = parsed(drawn)
    assert root[0].text == "12 of 18 blocks answered"
    looks = Counter((e.get("class"), e.get("stroke-dasharray") is not None) for e in root.iter(f"{SVG}rect"))
    assert looks["f-stone", False] == 6 + 1  # and the footing
    assert looks["f-brick", False] == 5
    assert looks["f-paper s-ink", False] == 1
    assert looks["s-copper", True] == 6


@pytest.mark.parametrize("count", [0, 1, 3, 6, 9])
def test_any_number_of_blocks_stays_inside(count: int):
    root = parsed(steps(*[("answered",) * count] * 3))
    for element in root.iter(f"{SVG}rect"):
        assert float(element.get("x", "")) >= 0
        assert float(element.get("x", "")) + float(element.get("width", "")) <= 288
