"""The charts of the report."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.drawing import Bucket, BudgetPart, CareLine, EarlyStart, StageBar, StageChart, charts
from advisor.drawing.charts import PAPER, PHONE, SCREEN
from advisor.drawing.lettering import BODY, STRONG
from tests.advisor.drawing.houses import SVG, collisions, coloured, parsed, words

FORMS = [SCREEN, PAPER, PHONE]
FIRST = StageBar(
    hue="brick", name="Stage 1, DataOps", note="20 to 48 weeks", start=0, low=20, high=48, planned=40,
    gate="DataOps gate, answered again", baseline=(2, "delivery baseline"),
)  # fmt: skip
SECOND = StageBar(
    hue="copper", name="Stage 2, MLOps", note="14 to 28 weeks", start=40, low=14, high=28, planned=28, held=True,
    gate="MLOps gate",
)  # fmt: skip
CARE = CareLine(
    hue="copper", name="Duty of care", note="all the time", words="first steps only, once a month"
)


def chart(*bars: StageBar, horizon: float | None = 52, care: CareLine | None = CARE) -> StageChart:
    ticks = tuple((week, f"week {week}" if week else "today") for week in charts.tick_weeks(bars, horizon))
    return StageChart(
        title="Stages", bars=bars, ticks=ticks, horizon=horizon, horizon_word="your horizon", care=care
    )


def boxes(svg: str, *classes: str) -> int:
    return sum(element.get("d", "").count("z") for element in coloured(svg, *classes))


@pytest.mark.parametrize("form", FORMS)
def test_a_brick_is_four_weeks_solid_to_the_lower_estimate_dashed_to_the_upper(form):
    drawn = charts.stages(chart(FIRST, care=None), form)
    assert boxes(drawn, "f-brick") == 5
    assert boxes(drawn, "s-brick") == 7


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("weeks", "brick"), [(640, 4), (641, 8), (1_000_000, 6252)])
def test_stages_of_many_years_have_wider_bricks_and_not_more_of_them(form, weeks, brick):
    long = chart(replace(FIRST, high=weeks, planned=weeks), SECOND, care=None, horizon=None)
    long = replace(long, bars=(long.bars[0], replace(long.bars[1], held=False, low=10, high=12)))
    assert long.brick == brick
    drawn = charts.stages(long, form)
    assert len(drawn) < 20_000


@pytest.mark.parametrize("form", FORMS)
def test_a_stage_that_is_held_has_no_solid_brick(form):
    drawn = charts.stages(chart(FIRST, SECOND, care=None), form)
    assert boxes(drawn, "f-copper") == 0
    assert boxes(drawn, "s-copper") == 7


@pytest.mark.parametrize("form", FORMS)
def test_all_words_are_printed(form):
    printed = words(charts.stages(chart(FIRST, SECOND), form))
    assert {
        "Stage 1, DataOps",
        "20 to 48 weeks",
        "MLOps gate",
        "your horizon",
        "today",
        "Duty of care",
    } <= set(printed)
    assert "delivery baseline" in printed


@pytest.mark.parametrize("form", FORMS)
def test_names_of_weeks_do_not_touch(form):
    root = parsed(charts.stages(chart(FIRST, replace(SECOND, high=90, planned=90)), form))
    ticks = [e for e in root.iter(f"{SVG}text") if (e.text or "").startswith(("week", "today"))]
    ends = [
        (float(e.get("x", "")), float(e.get("x", "")) + BODY.width(e.text or "", form.size)) for e in ticks
    ]
    assert len(ends) > 2
    assert all(end < start for (_, end), (start, _) in pairwise(ends))


EARLY = EarlyStart(hue="copper", name="One early start", note="6 to 12 weeks", low=6, high=12, words="a list")


@pytest.mark.parametrize("form", FORMS)
def test_an_early_start_is_a_slim_bar_from_today_on(form):
    drawn = charts.stages(replace(chart(FIRST), early=EARLY, care=None), form)
    assert {"One early start", "6 to 12 weeks", "a list"} <= set(words(drawn))
    assert boxes(drawn, "f-copper") == 2
    assert boxes(drawn, "s-copper") == 2


@pytest.mark.parametrize("form", FORMS)
@given(low=st.floats(1, 60), more=st.floats(0, 60), planned=st.floats(0, 1), horizon=st.floats(4, 150))
@settings(max_examples=60)
def test_neither_words_nor_lines_run_through_words(form, low, more, planned, horizon):
    first = replace(FIRST, low=low, high=low + more, planned=low + planned * more)
    second = replace(SECOND, start=first.planned)
    drawn = charts.stages(replace(chart(first, second, horizon=horizon), early=EARLY), form)
    assert collisions(drawn) == []
    names = [
        each for each in parsed(drawn).iter(f"{SVG}text") if each.text in {"Stage 2, MLOps", "MLOps gate"}
    ]
    for pole in coloured(drawn, "s-ink"):
        for x, top, foot in re.findall(r"M([\d.]+) ([\d.]+)L\1 ([\d.]+)", pole.get("d", "")):
            for each in names:
                left, y = float(each.get("x", "")), float(each.get("y", ""))
                wide = STRONG.width(each.text or "", form.size)
                left -= wide if each.get("text-anchor") == "end" else 0
                assert not (left < float(x) < left + wide and float(top) < y - 4 < float(foot))


def test_ticks_are_quarters_or_multiples_of_them():
    assert charts.tick_weeks((FIRST,), 52) == (0, 12, 24, 36, 48)
    assert charts.tick_weeks((replace(FIRST, high=300, planned=200),)) == (0, 48, 96, 144, 192, 240, 288)
    assert charts.tick_weeks(()) == (0, 12)


estimates = st.floats(0, 200).flatmap(lambda low: st.tuples(st.just(low), st.floats(low, 300)))


@pytest.mark.parametrize("form", FORMS)
@given(
    estimates=st.lists(estimates, max_size=4),
    horizon=st.one_of(st.none(), st.floats(1, 300)),
    held=st.booleans(),
)
@settings(max_examples=25)
def test_any_estimates_make_a_sound_drawing(form, estimates, horizon, held):
    bars = tuple(
        replace(SECOND, start=10.0 * n, low=low, high=high, planned=(low + high) / 2, held=held)
        for n, (low, high) in enumerate(estimates)
    )
    root = parsed(charts.stages(chart(*bars, horizon=horizon), form))
    for element in root.iter(f"{SVG}text"):
        assert 0 <= float(element.get("x", "")) <= form.width


def test_words_on_paper_have_eight_points():
    svgs = [
        charts.stages(chart(replace(FIRST, name="A name much too long for its place"), SECOND), PAPER),
        charts.distribution(
            [Bucket(label="A name " * 9, share=1, printed="100 %")], "d", "you", "stone", PAPER
        ),
    ]
    for svg in svgs:
        for element in parsed(svg).iter(f"{SVG}text"):
            assert float(element.get("font-size", "")) * 174 / 25.4 * 72 / PAPER.width >= 8


PARTS = (
    BudgetPart(hue="stone", amount=3),
    BudgetPart(hue="brick", amount=77.5),
    BudgetPart(hue="copper", amount=46, held=True),
)


def test_bricks_of_the_budget_are_about_the_same_amount():
    drawn = charts.budget(PARTS, "81 released, 46 held")
    assert boxes(drawn, "f-stone") == 1
    assert boxes(drawn, "f-brick") == 16
    assert boxes(drawn, "s-copper") == 9
    assert boxes(drawn, "f-copper") == 0


def test_the_flag_stands_before_what_is_held():
    assert len(list(coloured(charts.budget(PARTS, "x"), "f-ink"))) == 1
    assert len(list(coloured(charts.budget(PARTS[:2], "x"), "f-ink"))) == 0


@given(amounts=st.lists(st.floats(0, 100_000), max_size=6))
@settings(max_examples=40)
def test_any_budget_makes_a_sound_drawing(amounts: list[float]):
    parts = [BudgetPart(hue="brick", amount=amount, held=n > 1) for n, amount in enumerate(amounts)]
    for form in FORMS:
        drawn = charts.budget(parts, "budget", form)
        parsed(drawn)
        assert boxes(drawn, "f-brick") <= form.width / 14


BUCKETS = (
    Bucket(label="Several times a day", share=0.16, printed="16 %"),
    Bucket(label="Once a week", share=0.22, printed="22 %", here=True),
    Bucket(label="Less often", share=0.62, printed="62 %"),
)


@pytest.mark.parametrize("form", FORMS)
def test_bars_are_as_long_as_their_shares(form):
    root = parsed(charts.distribution(BUCKETS, "d", "you are here", "stone", form))
    lengths = [float(e.get("width", "")) for e in root.iter(f"{SVG}rect")]
    assert [length / lengths[0] for length in lengths] == pytest.approx(
        [1, 0.22 / 0.16, 0.62 / 0.16], rel=0.01
    )


@pytest.mark.parametrize("form", FORMS)
def test_the_own_place_is_marked_with_words_and_colour(form):
    drawn = charts.distribution(BUCKETS, "d", "you are here", "stone", form)
    assert {"you are here", "16 %", "22 %", "62 %"} <= set(words(drawn))
    assert len(list(coloured(drawn, "f-stone"))) == 1


def test_without_an_own_place_there_is_no_mark():
    drawn = charts.distribution(BUCKETS[:1], "d", "you are here", "stone")
    assert "you are here" not in words(drawn)
    assert not list(coloured(drawn, "f-stone"))


def test_no_shares_at_all_are_drawn_too():
    parsed(charts.distribution([], "d", "you", "stone"))
    parsed(charts.distribution([Bucket(label="None", share=0, printed="0 %")], "d", "you", "stone"))
