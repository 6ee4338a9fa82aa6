"""The slope of gates that were passed."""

from advisor.drawing.climb import Step, climb
from tests.advisor.drawing.houses import SVG, parsed


def circles(*passed: int | None) -> list[tuple[float, float]]:
    root = parsed(climb([Step(each) for each in passed], 3, "Open gates: some of 3."))
    assert root[0].text == "Open gates: some of 3."
    return [(float(each.get("cx", "")), float(each.get("cy", ""))) for each in root.iter(f"{SVG}circle")]


def test_more_gates_stand_higher_and_later_days_further_right():
    found = circles(0, 1, 3)
    assert [x for x, _ in found] == sorted({x for x, _ in found})
    assert [y for _, y in found] == sorted({y for _, y in found}, reverse=True)


def test_a_day_that_cannot_be_read_leaves_a_gap():
    assert len(circles(0, None, 3)) == 2
    assert circles(None, None) == []


def test_one_day_alone_is_a_point():
    assert len(circles(2)) == 1
