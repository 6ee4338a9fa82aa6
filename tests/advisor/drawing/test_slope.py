"""Two dates beside each other."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.drawing import slope
from advisor.drawing.charts import Format
from advisor.drawing.lettering import BODY, STRONG
from advisor.drawing.masonry import AnswerState
from tests.advisor.drawing.houses import SVG, coloured, parsed, words

FORMS = [slope.SCREEN, slope.PAPER, slope.PHONE]
STATES: tuple[AnswerState, ...] = ("unknown", "not_applicable", "not_asked")


def line(
    before: int | AnswerState, after: int | AnswerState, name: str = "Build and test", change: str = "changed"
) -> slope.Line:
    return slope.Line(
        name=name,
        before=before if isinstance(before, int) else None,
        after=after if isinstance(after, int) else None,
        before_state="level" if isinstance(before, int) else before,
        after_state="level" if isinstance(after, int) else after,
        before_word=str(before),
        after_word=str(after),
        change_word=change,
    )


def drawn(*lines: slope.Line, form: Format = slope.SCREEN) -> str:
    return slope.slope(lines, "Two dates.", "March 2025", "May 2026", "stone", form=form)


def strokes(svg: str) -> list[ET.Element]:
    """The lines from date to date: one stroke each, from left to right."""
    return [each for each in parsed(svg).iter(f"{SVG}path") if "L" in each.get("d", "") and _runs(each)]


def _runs(each: ET.Element) -> bool:
    return each.get("stroke-width") in {"1.4", "3"} and each.get("d", "").count("L") == 1


def points(stroke: ET.Element) -> tuple[float, float]:
    start, end = stroke.get("d", "")[1:].split("L")
    return float(start.split()[1]), float(end.split()[1])


@pytest.mark.parametrize("form", FORMS)
def test_the_reading_says_every_line_in_words(form):
    title = parsed(drawn(line(1, 2, change="up 1"), form=form))[0].text
    assert title == "Two dates. Build and test: March 2025 1, May 2026 2, up 1."


@pytest.mark.parametrize("form", FORMS)
def test_values_stand_at_both_ends_and_the_change_beside_the_name(form):
    printed = words(drawn(line(1, 3, change="up 2"), form=form))
    assert {"March 2025", "May 2026", "1", "3", "up 2", "Build and test"} <= set(printed)


def test_what_rises_has_the_floors_colour_and_what_falls_is_ink():
    assert [each.get("class") for each in strokes(drawn(line(1, 2)))] == ["s-stone"]
    assert [each.get("class") for each in strokes(drawn(line(3, 1)))] == ["s-ink"]


def test_what_stays_is_level_even_where_others_pass_by():
    svg = drawn(line(2, 2), line(1, 2), line(2, 3), line(3, 2), line(2, 0))
    stays = [points(each) for each in strokes(svg) if each.get("stroke-width") == "1.4"]
    assert len(stays) == 1
    assert stays[0][0] == stays[0][1]


@pytest.mark.parametrize("state", STATES)
def test_what_has_no_level_lies_below_all_levels_and_is_dashed(state):
    (stroke,) = strokes(drawn(line(state, 0)))
    assert stroke.get("stroke-dasharray")
    assert points(stroke)[0] > points(stroke)[1]


def test_each_state_has_a_sign_of_its_own():
    signs = [drawn(line(state, state)) for state in STATES]
    assert len(set(signs)) == len(signs)
    assert list(coloured(signs[0], "s-unknown"))
    assert "?" in words(signs[0])
    assert "–" in words(signs[1])


def test_no_lines_are_drawn_too():
    parsed(drawn())


ends = st.one_of(st.integers(0, 4), st.sampled_from(STATES))
names = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=60)


@pytest.mark.parametrize("form", FORMS)
@given(
    lines=st.lists(
        st.builds(line, ends, ends, names, st.sampled_from(["up 1", "no longer known"])), max_size=9
    )
)
@settings(max_examples=40)
def test_no_two_words_meet_whatever_the_levels(form: Format, lines: list[slope.Line]):
    root = parsed(drawn(*lines, form=form))
    spans: dict[float, list[tuple[float, float]]] = {}
    for each in root.iter(f"{SVG}text"):
        size = float(each.get("font-size", ""))
        font = STRONG if each.get("font-weight") == "600" else BODY
        wide, x = font.width((each.text or "").strip(), size), float(each.get("x", ""))
        start = x - wide if each.get("text-anchor") == "end" else x
        spans.setdefault(float(each.get("y", "")), []).append((start, start + wide))
        assert size * 174 / 25.4 * 72 / form.width >= 8 or form is not slope.PAPER
    for row in spans.values():
        assert all(end <= start + 0.1 for (_, end), (start, _) in pairwise(sorted(row)))
    rows = sorted(spans)
    assert all(below - above >= form.size for above, below in pairwise(rows))
