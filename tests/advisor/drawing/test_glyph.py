"""The glyph that stands in lists."""

import pytest

from advisor.drawing import SmallBlock, SmallFloor, Svg
from advisor.drawing.mini import glyph
from tests.advisor.drawing.houses import SVG, parsed

HUES = ("stone", "brick", "copper")


def of(*blocks: SmallBlock) -> Svg:
    return glyph(tuple(SmallFloor(hue=each, blocks=blocks, gate="open") for each in HUES), "In words")  # type: ignore[arg-type]


def test_it_begins_with_its_words_and_every_look_differs():
    looks = [SmallBlock(state="level", level=level) for level in range(5)]
    looks += [SmallBlock(state=each) for each in ("unknown", "not_applicable", "not_asked")]  # type: ignore[arg-type]
    assert parsed(of(*looks))[0].text == "In words"
    assert len({of(each) for each in looks}) == len(looks)


@pytest.mark.parametrize("count", [0, 1, 6, 9])
def test_any_number_of_blocks_takes_the_same_room(count: int):
    root = parsed(of(*[SmallBlock(state="level", level=4)] * count))
    assert root.get("viewBox") == "0 0 104 81"
    assert len(list(root.iter(f"{SVG}path"))) >= 3
    assert len(of(*[SmallBlock(state="level", level=2)] * 6)) < 4000
