"""The small houses."""

from collections import Counter

import pytest

from advisor.drawing import MiniFloor, SmallBlock, SmallFloor, Svg
from advisor.drawing.mini import Step, mini, small
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


# --- With levels --------------------------------------------------------------------------------------------------------


def with_levels(*blocks: SmallBlock, on_sand: bool = False, gate: bool = True) -> Svg:
    foundation, framework, attic = (
        SmallFloor(
            hue=hue, blocks=blocks, gate="closed" if gate else None, on_sand=on_sand and hue == "copper"
        )
        for hue in HUES
    )
    return small((foundation, framework, attic), "The house today")


def boxes(drawn: Svg, name: str) -> int:
    """How many rectangles paths of this class are made of."""
    paths = [each for each in parsed(drawn).iter(f"{SVG}path") if each.get("class") == name]
    return sum(each.get("d", "").count("z") for each in paths)


@pytest.mark.parametrize("level", [0, 1, 4])
def test_a_level_is_so_many_courses(level: int):
    plain = with_levels()
    drawn = with_levels(SmallBlock(state="level", level=level))
    assert boxes(drawn, "f-brick") - boxes(plain, "f-brick") == level
    assert boxes(drawn, "s-rule") - boxes(plain, "s-rule") == 3 * (4 - level)


def test_what_was_changed_has_a_frame_and_an_arrowhead():
    as_before = with_levels(SmallBlock(state="level", level=2))
    up, down = (with_levels(SmallBlock(state="level", level=2, moved=way)) for way in ("up", "down"))
    assert boxes(up, "s-ink") == boxes(down, "s-ink") == boxes(as_before, "s-ink") + 3
    assert boxes(up, "f-ink") == boxes(as_before, "f-ink") + 3
    assert up != down


def test_other_answers_gates_and_sand_differ_from_a_level():
    drawings = {with_levels(SmallBlock(state=each)) for each in ("unknown", "not_applicable", "not_asked")}
    assert len(drawings | {with_levels(SmallBlock(state="level", level=0))}) == 4
    block = SmallBlock(state="level", level=2)
    assert len({with_levels(block), with_levels(block, on_sand=True), with_levels(block, gate=False)}) == 3
