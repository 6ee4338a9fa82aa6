"""Votes as bricks."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.drawing import Block, Floor, House, house
from advisor.drawing.wall import GROUND, LENGTH, ROOM, WIDTH, bricks, courses, unknown, wall
from tests.advisor.drawing.houses import SVG, parsed

BOX = re.compile(r"M([\d.-]+) ([\d.-]+)h([\d.-]+)v([\d.-]+)h-[\d.]+z")

type Box = tuple[float, float, float, float]


def boxes(drawn: str, name: str) -> list[Box]:
    """Where the rectangles of this class lie: left, top, width, height."""
    paths = [each for each in parsed(drawn).iter(f"{SVG}path") if each.get("class") == name]
    found = [box for each in paths for box in BOX.findall(each.get("d", ""))]
    return [(float(x), float(y), float(width), float(height)) for x, y, width, height in found]


# --- The wall -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", range(1, 61))
def test_every_vote_is_a_brick_and_every_missing_one_a_dashed_place(of: int) -> None:
    for voted in {0, 1, of // 2, of}:
        drawn = wall(voted, of, "brick", "some of them voted")
        assert parsed(drawn)[0].text == "some of them voted"
        assert len(boxes(drawn, "f-brick")) == voted
        assert len(boxes(drawn, "s-rule")) == of - voted


@given(voted=st.integers(0, 250), of=st.integers(0, 250))
def test_bricks_are_alike_and_stay_within_the_wall_without_touching(voted: int, of: int) -> None:
    drawn = wall(voted, of, "stone", "a wall")
    built = boxes(drawn, "f-stone")
    assert len(built) == voted
    assert len(boxes(drawn, "s-rule")) == max(0, of - voted)
    assert len({(round(width), round(height)) for _, _, width, height in built}) <= 1
    for x, y, width, height in built:
        assert x >= 0
        assert y >= 0
        assert x + width <= WIDTH + 0.1
        assert y + height <= ROOM + 0.1
    for (x, y, width, height), (left, top, *_) in combinations(built[:40], 2):
        assert abs(x - left) >= width - 0.1 or abs(y - top) >= height - 0.1


def test_the_lowest_course_is_laid_first_and_the_next_one_half_a_brick_in() -> None:
    built = boxes(wall(16, 16, "copper", "16 of 16 voted"), "f-copper")
    rows = sorted({y for _, y, _, _ in built}, reverse=True)
    assert [sum(1 for _, top, _, _ in built if top == y) for y in rows] == [6, 5, 5]
    first, width = built[0][0], built[0][2]
    assert first == 0
    assert built[6][0] == pytest.approx((width + 8) / 2, abs=0.1)
    assert built[11][0] == 0


def test_the_wall_keeps_its_size_while_people_come_in() -> None:
    sizes = {parsed(wall(0, of, "brick", "nobody")).get("viewBox") for of in range(61)}
    assert sizes == {f"0 0 {WIDTH:g} {ROOM + GROUND:g}"}


# --- The bar ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [1, 6, 7, 14, 60, 200])
def test_a_bar_has_a_brick_for_each_vote_and_fits(most: int) -> None:
    built = boxes(bricks(most, most, "brick", "all of them"), "f-brick")
    assert len(built) == most
    assert built[-1][0] + built[-1][2] <= LENGTH + 0.1
    assert all(width > 0 for _, _, width, _ in built)
    assert len(boxes(unknown(most, most, "all of them"), "s-unknown")) == most


def test_bars_of_one_question_are_measured_alike() -> None:
    some, most = (boxes(bricks(count, 9, "brick", "votes"), "f-brick") for count in (4, 9))
    assert some == most[:4]


def test_no_vote_is_an_empty_bar_with_a_title() -> None:
    for drawn in (bricks(0, 9, "brick", "0 votes"), unknown(0, 9, "0 votes")):
        assert parsed(drawn)[0].text == "0 votes"
        assert len(parsed(drawn)) == 1


def test_those_who_do_not_know_are_hatched() -> None:
    root = parsed(unknown(1, 3, "1 vote"))
    assert all(each.get("fill") == "none" for each in root.iter(f"{SVG}path"))


# --- Levels -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", range(5))
def test_a_level_is_so_many_courses(level: int) -> None:
    drawn = courses(level, "copper", f"Level {level} of 4")
    assert len(boxes(drawn, "f-copper")) == level
    assert len(boxes(drawn, "s-rule")) == 4 - level
    assert all(y + height <= 44 for _, y, _, height in boxes(drawn, "f-copper"))


def test_the_block_that_is_spoken_of_has_a_frame() -> None:
    def drawn(*, here: bool) -> str:
        block = Block(lines=("Build", "and test"), level=2, here=here)
        floors = [
            Floor(place=place, hue=hue, name="A floor", blocks=(block,))
            for place, hue in (("foundation", "stone"), ("framework", "brick"), ("attic", "copper"))
        ]
        return house.landing_small(House(floors=(floors[0], floors[1], floors[2])))

    assert len(boxes(drawn(here=True), "s-ink")) == 3
    assert boxes(drawn(here=False), "s-ink") == []
