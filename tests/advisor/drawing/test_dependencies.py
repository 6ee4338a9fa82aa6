"""What holds up what, drawn."""

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.drawing import dependencies
from advisor.drawing.charts import Format
from advisor.drawing.dependencies import PAPER, SCREEN, Band, Part, Signs, Tie
from advisor.drawing.lettering import BODY, STRONG
from advisor.drawing.svg import Hue
from tests.advisor.drawing.houses import LABELS, SVG, parsed, words

FORMS = [SCREEN, PAPER]
HUES: tuple[Hue, ...] = ("stone", "brick", "copper")
SIGNS = Signs(
    count="so many",
    pressing="decides",
    other="later",
    unknown="not known",
    reported="reported without support",
)
PIECE = re.compile(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)")

type Place = tuple[int, int]
type Piece = tuple[float, float, float, float]


def name(place: Place) -> str:
    return f"{place[0]}.{place[1]}"


def drawn(*ties: tuple[Place, Place], form: Format = SCREEN, **kind: bool) -> str:
    """Three floors of six; a place is a floor from the ground up and a column."""
    taking_part = {place for tie in ties for place in tie}
    bands = [
        Band(
            hue=hue,
            name=f"Floor {floor}",
            columns=6,
            parts=tuple(
                Part(name=name((floor, n)), column=n, lines=LABELS[n], words="1, needs 2")
                for n in range(6)
                if (floor, n) in taking_part
            ),
        )
        for floor, hue in enumerate(HUES)
    ]
    links = [Tie(lower=name(lower), upper=name(upper), **kind) for lower, upper in ties]
    return dependencies.dependencies(bands, links, "What holds up what", SIGNS, form)


def pieces(svg: str) -> list[list[Piece]]:
    """The straight pieces of each source's line."""
    lines = [
        each for each in parsed(svg).iter(f"{SVG}path") if each.get("stroke-width") in {"2.6", "1.2", "1.4"}
    ]
    found = [[_numbers(piece) for piece in PIECE.findall(each.get("d", ""))] for each in lines]
    return [each for each in found if len(each) > 1]


def _numbers(piece: tuple[str, str, str, str]) -> Piece:
    x1, y1, x2, y2 = map(float, piece)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def blocks(svg: str) -> list[Piece]:
    found = (each for each in parsed(svg).iter(f"{SVG}rect") if float(each.get("width", "0")) > 60)
    return [_corners(each) for each in found]


def _corners(each: ET.Element) -> Piece:
    x, y, width, height = (float(each.get(name, "")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


@pytest.mark.parametrize("form", FORMS)
def test_names_levels_and_counts_are_printed(form):
    printed = words(drawn(((0, 0), (1, 2)), ((0, 0), (0, 1)), form=form, pressing=True))
    assert {"Build", "and test", "Release", "1, needs 2", "2", "so many", "decides"} <= set(printed)
    assert "not known" not in printed


def test_what_presses_is_thick_and_what_nobody_knows_is_dashed():
    tie = ((0, 0), (1, 2))
    widths = [
        {each.get("stroke-width") for each in parsed(drawn(tie, **kind)).iter(f"{SVG}path")}
        for kind in ({"pressing": True}, {"pressing": False})
    ]
    assert "2.6" in widths[0]
    assert "2.6" not in widths[1]
    unknown = parsed(drawn(tie, unknown=True))
    assert any(each.get("stroke-dasharray") for each in unknown.iter(f"{SVG}path"))


def test_a_level_without_support_has_a_hollow_arrow():
    assert "reported without support" in words(drawn(((0, 0), (1, 2)), reported=True))
    assert drawn(((0, 0), (1, 2)), reported=True) != drawn(((0, 0), (1, 2)))


def test_nothing_at_all_is_drawn_too():
    parsed(drawn())
    parsed(dependencies.dependencies([], [], "nothing", SIGNS))


places = st.tuples(st.integers(0, 2), st.integers(0, 5))
ties = st.tuples(places, places).filter(lambda tie: tie[0][0] <= tie[1][0] and tie[0] != tie[1])
MOST_AT_A_BLOCK = 4
"""In the shipped edition no block has more lines than that at either edge."""


def _few(links: list[tuple[Place, Place]]) -> bool:
    uppers = [(upper, lower[0] == upper[0]) for lower, upper in links]
    return all(uppers.count(each) < MOST_AT_A_BLOCK for each in uppers)


@pytest.mark.parametrize("form", FORMS)
@given(links=st.lists(ties, min_size=1, max_size=14, unique=True).filter(_few))
@settings(max_examples=60)
def test_no_line_runs_through_a_block_or_along_another_line(
    form: Format, links: list[tuple[Place, Place]]
) -> None:
    svg = drawn(*links, form=form)
    lines, boxes = pieces(svg), blocks(svg)
    for line in lines:
        for x1, y1, x2, y2 in line:
            assert 0 <= x1 <= x2 <= form.width
            assert not any(
                x1 < right and x2 > left and y1 < bottom - 1 and y2 > top + 1
                for left, top, right, bottom in boxes
            )
    for first, second in combinations(lines, 2):
        for a in first:
            for b in second:
                assert not (a[0] == a[2] == b[0] == b[2] and a[1] < b[3] and b[1] < a[3])
                assert not (a[1] == a[3] == b[1] == b[3] and a[0] < b[2] and b[0] < a[2])


@pytest.mark.parametrize("form", FORMS)
def test_words_stay_inside_their_block_and_have_eight_points_on_paper(form: Format) -> None:
    svg = drawn(*(((0, n), (1, n)) for n in range(6)), form=form)
    boxes = blocks(svg)
    for each in parsed(svg).iter(f"{SVG}text"):
        size, x = float(each.get("font-size", "")), float(each.get("x", ""))
        assert form is SCREEN or size * 174 / 25.4 * 72 / form.width >= 8
        inside = [
            corners
            for corners in boxes
            if corners[0] < x < corners[2] and corners[1] < float(each.get("y", "")) < corners[3]
        ]
        font = STRONG if each.get("font-weight") == "600" else BODY
        assert all(x + font.width(each.text or "", size) < right for _, _, right, _ in inside)
        assert "…" not in (each.text or "")
