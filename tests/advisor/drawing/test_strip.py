"""The level strip."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from advisor.drawing import Strip
from advisor.drawing.strip import strip
from tests.advisor.drawing.houses import coloured, parsed

ROW = Strip(hue="brick", title="1 of 4, needs 2", level=1, minimum=2, planned=2)
optional = st.one_of(st.none(), st.integers(0, 4))


def cells(svg: str, *classes: str, dashed: bool | None = None) -> int:
    return sum(
        element.get("d", "").count("z")
        for element in coloured(svg, *classes)
        if dashed is None or (element.get("stroke-dasharray") is not None) == dashed
    )


@given(level=st.integers(0, 4), minimum=optional, planned=optional)
def test_cells_add_up_to_four(level, minimum, planned):
    drawn = strip(replace(ROW, level=level, minimum=minimum, planned=planned))
    parsed(drawn)
    assert cells(drawn, "f-brick") == level
    assert cells(drawn, "s-brick", dashed=True) == max(0, (planned or 0) - level)
    assert cells(drawn, "f-brick", "s-brick", "s-rule") == 4


def test_the_tick_stands_behind_the_cell_that_is_needed():
    def tick(minimum: int) -> float:
        (line,) = coloured(strip(replace(ROW, minimum=minimum)), "s-ink")
        return float(line.get("d", "")[1:].split(" ")[0])

    assert [tick(1), tick(2), tick(3), tick(4)] == [40.5, 79.5, 118.5, 157.5]


def test_nothing_needed_no_tick():
    for row in (replace(ROW, minimum=None), replace(ROW, minimum=0), replace(ROW, state="not_applicable")):
        assert not list(coloured(strip(row), "s-ink"))


def test_states_are_drawn_differently():
    states = ("level", "unknown", "not_applicable", "not_asked")
    drawings = {strip(replace(ROW, level=0, planned=None, state=state)) for state in states}
    assert len(drawings) == 4


def test_unknown_has_no_filled_cell():
    assert cells(strip(replace(ROW, state="unknown", level=3)), "f-brick") == 0


def test_the_title_is_the_reading():
    assert parsed(strip(ROW))[0].text == "1 of 4, needs 2"


def pegs(votes: tuple[int, int] | None) -> list[float]:
    drawn = coloured(strip(replace(ROW, votes=votes)), "s-ink-2")
    return [float(x) for each in drawn for x in re.findall(r"M([\d.]+)", each.get("d", ""))]


def test_votes_run_from_peg_to_peg():
    assert pegs((1, 3)) == [38, 116, 38]
    assert pegs((3, 1)) == pegs((1, 3))
    assert pegs((0, 4)) == [4, 155, 4]


def test_where_all_vote_alike_there_is_no_range():
    assert pegs((2, 2)) == [77, 77]


def test_without_votes_the_strip_stays_as_high_as_it_was():
    assert pegs(None) == []
    assert parsed(strip(ROW)).get("viewBox", "").endswith(" 24")
    assert parsed(strip(replace(ROW, votes=(1, 3)))).get("viewBox", "").endswith(" 31")
