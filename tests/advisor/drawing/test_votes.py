"""Votes as bricks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.drawing import votes
from tests.advisor.drawing.houses import coloured, parsed


def boxes(svg: str, *classes: str) -> int:
    return sum(element.get("d", "").count("z") for element in coloured(svg, *classes))


@given(voted=st.integers(0, 60), expected=st.integers(0, 60))
def test_the_wall_has_a_brick_a_vote_and_a_place_for_each_missing_one(voted: int, expected: int):
    drawn = votes.wall(voted, expected, "brick", "votes")
    parsed(drawn)
    assert boxes(drawn, "f-brick") == voted
    assert boxes(drawn, "s-rule") == max(voted, expected, 1) - voted


@given(count=st.integers(0, 40), most=st.integers(0, 40))
def test_a_row_has_a_brick_a_vote(count: int, most: int):
    drawn = votes.bricks(count, most, "brick", "7 votes")
    parsed(drawn)
    assert boxes(drawn, "f-brick") == count


def test_do_not_know_is_hatched_and_not_filled():
    drawn = votes.bricks(2, 5, "brick", "2 do not know", unknown=True)
    assert boxes(drawn, "f-brick") == 0
    assert boxes(drawn, "s-unknown") == 2


@pytest.mark.parametrize("level", range(5))
def test_a_stack_has_four_courses(level: int):
    drawn = votes.stack(level, "copper", f"level {level}")
    assert boxes(drawn, "f-copper") == level
    assert boxes(drawn, "s-rule") == 4 - level
