"""What blocks what, as the report tells it."""

import re
from typing import Any

import pytest
from hypothesis import given, settings

from advisor.engine import advise
from advisor.engine.situation import UNKNOWN, Situation, read_situation
from reports.presenter.dependencies import MOST_DRAWN, DependenciesSection
from tests.advisor.drawing.houses import parsed
from tests.reports.pages import page_of_case
from tests.reports.test_sentences import page_of
from tests.situations import CASES, PLAYBOOK, situations

HEADING_LENGTH = 90
SOUND = {each.id: 3 for each in PLAYBOOK.capabilities if each.layer != "mlops"} | {
    "dv_chg": 2, "dv_cd": 2, "do_gov": 2, "do_own": 2, "do_obs": 2,
}  # fmt: skip


def section(**changes: Any) -> DependenciesSection:
    """What is told about a sound house without models, after some levels are changed."""
    levels = {**SOUND, **changes}
    return page_of(Situation(mode="full", levels=levels, models="0", ml_plans="none")).dependencies


def test_where_nothing_blocks_the_section_says_so_in_words() -> None:
    told = section()
    assert told.heading == "No block has to wait for another"
    assert told.note == "Whatever a gate or the plan asks for already has the support it needs."
    assert told.screen is None
    assert told.holders == ()


def test_the_heading_names_the_block_that_holds_up_most() -> None:
    assert section(dv_own=0, dv_obs=1).heading == "“Shared ownership” holds up one other block"
    told = section(dv_ci=1, dv_cd=1, do_dep=1)
    assert told.heading == "“Version control, build and test” holds up two other blocks"


def test_the_heading_counts_where_no_block_stands_out() -> None:
    told = section(dv_own=0, dv_obs=1, do_obs=1)
    assert told.heading == "Two blocks hold up two others"


def test_levels_without_support_and_unknown_support_are_told_as_such() -> None:
    assert section(dv_obs=1, do_obs=1, dv_cd=1).heading.startswith("“Monitoring")
    assert section(dv_own=0).heading == "One level is reported without its support"
    assert section(dv_ci=UNKNOWN, do_dep=1, do_gov=2).holders[0].says == "may hold up one block"


def test_every_row_says_which_level_comes_first_and_why() -> None:
    holder = section(dv_own=0, dv_obs=1).holders[-1]
    assert (holder.title, holder.words, holder.says) == ("Shared ownership", "0 of 4", "holds up one block")
    (held,) = holder.held
    assert (held.title, held.needs, held.says) == (
        "Monitoring and recovery",
        "level 1",
        "1 of 4, waits to reach 2",
    )
    assert held.reason.startswith("Nobody can be named to respond")
    assert held.href == "#answer-dv_obs"


def test_what_is_left_out_of_the_drawing_is_counted() -> None:
    most = max(CASES, key=lambda case: len(advise(PLAYBOOK, read_situation(PLAYBOOK, case)).blocking))
    told = page_of(read_situation(PLAYBOOK, most)).dependencies
    links = sum(len(each.held) for each in told.holders)
    assert links > MOST_DRAWN
    assert re.search(r"more links? (is|are) in the table", told.more)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_heading_of_each_case_fits(case: dict[str, Any]) -> None:
    told = page_of_case(case["id"]).dependencies
    assert 0 < len(told.heading) <= HEADING_LENGTH


@given(situations())
@settings(max_examples=40)
def test_drawing_and_table_tell_the_same(situation: Situation) -> None:
    advice = advise(PLAYBOOK, situation)
    told = page_of(situation).dependencies
    assert sum(len(each.held) for each in told.holders) == len(advice.blocking)
    assert (told.screen is None) == (not advice.blocking)
    assert len(told.heading) <= HEADING_LENGTH
    if told.screen and not told.more:
        title = parsed(told.screen)[0].text or ""
        assert all(
            holder.title in title and each.title in title for holder in told.holders for each in holder.held
        )
