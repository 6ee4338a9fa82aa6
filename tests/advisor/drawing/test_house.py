"""The house in all its uses."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.drawing import Block, House, Key, Tag
from advisor.drawing import house as draw
from advisor.drawing.gate import LEAVES
from advisor.drawing.lettering import DISPLAY
from tests.advisor.drawing.houses import SVG, Level, block, coloured, house, parsed, words

ALL = [draw.sheet, draw.narrow, draw.printed, draw.landing, draw.landing_small]
WITH_FIGURES = [draw.sheet, draw.narrow, draw.printed]
POINTS_A_MILLIMETRE = 72 / 25.4

levels = st.one_of(st.integers(0, 4), st.sampled_from(["unknown", "not_applicable", "not_asked"]))
floors = st.lists(st.lists(levels, min_size=1, max_size=8), min_size=3, max_size=3)
gates = st.lists(st.one_of(st.none(), st.sampled_from(sorted(LEAVES))), min_size=3, max_size=3)


def one(level: Level, **rest: object) -> House:
    """A house whose first block is the one in question, and all others are built up."""
    drawn = house(((4,) * 6,) * 3)
    foundation = drawn.floors[0]
    blocks = (block(level, **rest), *foundation.blocks[1:])
    return replace(drawn, floors=(replace(foundation, blocks=blocks), *drawn.floors[1:]))


def figures(svg: str) -> list[str]:
    return [
        element.text or ""
        for element in parsed(svg).iter(f"{SVG}text")
        if element.get("font-family") == DISPLAY.family
        and element.get("font-weight") == "800"
        and element.get("text-anchor") == "end"
    ]


@pytest.mark.parametrize("drawing", ALL)
@given(floors=floors, gates=gates)
@settings(max_examples=25)
def test_any_answers_make_a_sound_drawing(drawing: Callable[[House], str], floors, gates):
    root = parsed(drawing(house(floors, gates)))
    assert len([e for e in root.iter() if e.get("class") == "block"]) == sum(map(len, floors))


@pytest.mark.parametrize("drawing", WITH_FIGURES)
@given(floors=floors)
@settings(max_examples=25)
def test_figures_are_the_levels_given(drawing: Callable[[House], str], floors):
    marks = {"unknown": "?", "not_applicable": "–"}
    expected = [
        marks.get(level, str(level)) for row in reversed(floors) for level in row if level != "not_asked"
    ]
    assert figures(drawing(house(floors))) == expected


@pytest.mark.parametrize("drawing", ALL)
def test_the_same_house_is_drawn_the_same(drawing: Callable[[House], str]):
    assert drawing(house()) == drawing(house())


@pytest.mark.parametrize("drawing", ALL)
def test_every_state_is_drawn_differently(drawing: Callable[[House], str]):
    drawings = [
        drawing(one(level, minimum=2)) for level in (0, 1, 2, 3, 4, "unknown", "not_applicable", "not_asked")
    ]
    shapes = {re.sub(r"<title>.*?</title>", "", drawn) for drawn in drawings}
    assert len(shapes) == len(drawings)


def test_a_level_outside_the_range_lays_what_there_is():
    assert figures(draw.sheet(one(9)))[-6] == "4"
    assert figures(draw.sheet(one(-1)))[-6] == "0"


def test_planned_courses_are_dashed_up_to_the_level_planned():
    dashed = [e for e in coloured(draw.sheet(one(1, planned=3)), "s-stone") if e.get("stroke-dasharray")]
    assert [element.get("d", "").count("z") for element in dashed] == [2]


def test_courses_already_built_are_not_planned():
    assert not [e for e in coloured(draw.sheet(one(3, planned=3)), "s-stone") if e.get("stroke-dasharray")]


def test_unknown_is_hatched_and_asks():
    drawn = draw.sheet(one("unknown"))
    assert words(drawn).count("?") == 2  # in the block, and as its figure
    assert list(coloured(drawn, "s-unknown"))


def test_the_gates_line_stands_where_the_minimum_is():
    def line(minimum: int | None) -> list[str]:
        return [
            e.get("d", "")
            for e in coloured(draw.landing(one(4, minimum=minimum)), "s-ink")
            if e.get("stroke-width") == "2"
        ]

    heights = [float(line(minimum)[-6].split(" ")[1].split("L")[0]) for minimum in (1, 2, 3, 4)]
    assert heights == sorted(heights, reverse=True)
    assert len(line(None)) == len(line(0)) == len(line(2)) - 1


@pytest.mark.parametrize("drawing", ALL)
def test_a_floor_on_a_gate_that_is_not_open_stands_on_sand(drawing: Callable[[House], str]):
    def grains(*gates: str | None) -> int:
        return sum(e.get("stroke-linecap") == "round" for e in coloured(drawing(replace(house(gates=gates), key=None)), "s-rule"))  # fmt: skip

    assert grains("open", "open", "open") == 0
    assert grains(None, None, None) == 0
    assert (
        grains("open", "closed", "closed") == grains("open", "near", "blocked") == 3
    )  # three sizes of grains
    assert grains("closed", "blocked", "blocked") == 6
    assert (
        grains("closed", "blocked", None) == 3
    )  # an attic that is not part of the picture stands on nothing


def test_open_gates_show_joists():
    heads = [
        e.get("d", "").count("z")
        for e in coloured(draw.sheet(house(gates=("open", "open", "open"))), "f-brick")
    ]
    assert 25 in heads


@pytest.mark.parametrize("drawing", WITH_FIGURES)
def test_gate_words_and_names_are_printed(drawing: Callable[[House], str]):
    printed = words(drawing(house()))
    assert {"DevOps", "DataOps", "MLOps", "Gate open", "Gate closed", "Gate blocked"} <= set(printed)


def test_a_floor_without_a_gate_still_has_its_words():
    drawn = house(gates=("open", "closed", None))
    attic = replace(drawn.floors[2], gate_word="Does not apply", gate_reason="no model is live")
    printed = words(draw.sheet(replace(drawn, floors=(*drawn.floors[:2], attic))))
    assert "Does not apply" in printed


def test_tags_stand_beside_their_floor_on_screens():
    for drawing in (draw.sheet, draw.narrow):
        assert "BOTTLENECK" in words(drawing(house()))


def test_two_tags_do_not_lie_on_each_other():
    drawn = house()
    framework = replace(drawn.floors[1], tags=(Tag("BOTTLENECK", solid=True), Tag("YOU NAMED IT")))
    root = parsed(draw.sheet(replace(drawn, floors=(drawn.floors[0], framework, drawn.floors[2]))))
    places = [e.get("y") for e in root.iter(f"{SVG}text") if e.text in ("BOTTLENECK", "YOU NAMED IT")]
    assert len(set(places)) == 2


def test_the_key_explains_what_is_drawn_and_nothing_else():
    plain = words(draw.sheet(house(((3,) * 6, (3,) * 6, (3,) * 6), ("open", "open", "open"))))
    assert "built" in plain
    assert {"planned", "not known", "does not apply", "not asked", "sand: floor below not ready"}.isdisjoint(
        plain
    )
    full = words(draw.sheet(house(((1, "unknown"), ("not_asked", 0), ("not_applicable", 2)))))
    assert {"built", "planned", "gate minimum", "not known", "does not apply", "not asked"} <= set(full)


def test_a_sign_without_a_word_is_left_out():
    drawn = replace(house(), key=Key(built="built"))
    assert "gate minimum" not in words(draw.sheet(drawn))


def test_landing_has_labels_but_no_verdicts():
    printed = words(draw.landing(house()))
    assert "Environments" in printed
    assert {"Gate closed", "BOTTLENECK", "DataOps", "1"}.isdisjoint(printed)


def test_the_small_landing_house_has_no_words():
    assert words(draw.landing_small(house())) == []


def test_leaders_meet_the_edge_where_the_style_sheet_expects_them():
    root = parsed(draw.landing(house(), leaders=40))
    width, height = map(float, root.get("viewBox", "").split()[2:])
    assert width == 896
    dots = [float(e.get("cy", "")) / height for e in root.iter(f"{SVG}circle")]
    assert dots == pytest.approx([0.243, 0.567, 0.849], abs=0.001)


# --- Links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawing", [draw.sheet, draw.narrow])
def test_blocks_with_an_address_are_links_with_their_full_reading(drawing: Callable[[House], str]):
    root = parsed(drawing(house(href="#there", title="Build and test: 3 of 4, needs 2")))
    links = list(root.iter(f"{SVG}a"))
    assert len(links) == 18
    for link in links:
        assert link.get("href") == "#there"
        assert link[0].tag == f"{SVG}title"
        assert link[0].text == "Build and test: 3 of 4, needs 2"
        assert any(e.get("class") == "ring" for e in link)


def test_a_drawing_with_links_is_not_an_image():
    assert parsed(draw.sheet(house(href="#there"))).get("role") == "group"
    assert parsed(draw.sheet(house())).get("role") == "img"


@pytest.mark.parametrize("drawing", [draw.printed, draw.landing, draw.landing_small])
def test_paper_and_illustrations_have_no_links(drawing: Callable[[House], str]):
    root = parsed(drawing(house(href="#there")))
    assert root.get("role") == "img"
    assert not list(root.iter(f"{SVG}a"))


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawing", ALL)
def test_labels_cannot_smuggle_markup(drawing: Callable[[House], str]):
    drawn = drawing(
        one(1, lines=("<script>", "alert(1)"), title='"><script>x</script>', href="#a\"onload='x'")
    )
    assert "<script" not in drawn
    parsed(drawn)


def test_the_title_is_composed_of_all_words():
    title = parsed(draw.sheet(house()))[0].text or ""
    assert title.startswith("MLOps (Gate blocked, 4 of 6 below the line): Build and test: 1;")
    assert "DevOps (Gate open, 4 of 6 below the line): Build and test: 3;" in title


def test_a_title_given_is_kept():
    assert (
        parsed(draw.printed(replace(house(), title="All in one sentence.")))[0].text == "All in one sentence."
    )


def test_one_long_label_is_broken_into_two_lines():
    printed = words(draw.sheet(one(1, lines=("Pipeline orchestration",))))
    assert "Pipeline" in printed
    assert "orchestration" in printed


def test_words_beyond_the_second_line_join_it():
    printed = words(draw.sheet(one(1, lines=("a", "b", "c"))))
    assert "b c" in printed


@pytest.mark.parametrize("drawing", WITH_FIGURES)
@given(lines=st.lists(st.text("Wmiäß ", min_size=1, max_size=30), min_size=1, max_size=3))
@settings(max_examples=25)
def test_a_label_never_runs_into_the_next_block(drawing: Callable[[House], str], lines):
    from advisor.drawing.lettering import STRONG

    longest = 0.0
    for element in parsed(drawing(one(1, lines=tuple(lines)))).iter(f"{SVG}text"):
        if element.get("font-family") == STRONG.family and set(element.text or "") <= set("Wmiäß …"):
            longest = max(longest, STRONG.width(element.text or "", float(element.get("font-size", "0"))))
    assert longest <= 106


def test_every_word_on_paper_has_eight_points():
    drawn = house(((3, "unknown", 2, 0, 1, 4), ("not_asked", 1, 1, 1, 1, 1), ("not_applicable",) * 6), ("undetermined", "near", None))  # fmt: skip
    long = replace(drawn.floors[0].blocks[0], lines=("Umgebungskonfiguration", "Wiederherstellungsverfahren"))
    first = replace(
        drawn.floors[0],
        blocks=(long, *drawn.floors[0].blocks[1:]),
        gate_word="A word far too long for its place",
    )
    root = parsed(draw.printed(replace(drawn, floors=(first, *drawn.floors[1:]))))
    width = float(root.get("viewBox", "").split()[2])
    smallest = min(float(e.get("font-size", "0")) for e in root.iter(f"{SVG}text"))
    assert smallest * 174 * POINTS_A_MILLIMETRE / width >= 8


@pytest.mark.parametrize("drawing", WITH_FIGURES)
def test_more_or_fewer_blocks_share_the_same_room(drawing: Callable[[House], str]):
    boxes = {parsed(drawing(house(((1,) * n,) * 3))).get("viewBox", "").split()[2] for n in (2, 6, 8)}
    assert len(boxes) == 1


def test_a_block_reads_itself_out():
    assert Block(lines=("Build", "and test"), level=3).reading == "Build and test: 3"
    assert Block(lines=("Build",), state="not_asked").reading == "Build: …"
