"""What holds up what: only where something is missing, only where somebody wants it, and never in a circle."""

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

import pytest
from hypothesis import given

from advisor.engine import advise
from advisor.engine.advice import Blocking
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN, Situation, read_situation
from tests.situations import CASES, PLAYBOOK, situations

BY_ID = {case["id"]: case for case in CASES}
SOUND = {each.id: 3 for each in PLAYBOOK.capabilities if each.layer != "mlops"} | {"dv_chg": 2, "do_gov": 2}


def blocking(**changes: Any) -> tuple[Blocking, ...]:
    """What blocks in a sound house without models, after some levels are changed."""
    levels = {**SOUND, **changes}
    return advise(PLAYBOOK, Situation(mode="full", levels=levels, models="0", ml_plans="none")).blocking


def pairs(found: tuple[Blocking, ...]) -> set[tuple[str, str, str]]:
    return {(each.lower, each.upper, each.kind) for each in found}


def test_a_sound_house_has_nothing_that_blocks() -> None:
    assert blocking() == ()


def test_a_missing_level_holds_up_what_its_gate_wants_above() -> None:
    found = blocking(dv_ci=1, dv_cd=1, do_dep=1)
    assert pairs(found) == {("dv_ci", "dv_cd", "missing"), ("dv_ci", "do_dep", "missing")}
    assert all(each.pressing for each in found)
    assert found[1].reasons[0].says.startswith("Data code is versioned")


def test_a_level_that_is_not_known_may_hold_something_up() -> None:
    assert pairs(blocking(dv_ci=UNKNOWN, do_dep=1)) == {("dv_ci", "do_dep", "unknown")}


def test_a_level_that_is_reported_without_support_is_told_as_such() -> None:
    assert ("dv_ci", "dv_cd", "reported") in pairs(blocking(dv_ci=1))


def test_what_does_not_apply_neither_blocks_nor_waits() -> None:
    assert not any("dv_ci" in pair for pair in pairs(blocking(dv_ci=NOT_APPLICABLE, do_dep=1)))
    assert not any("do_dep" in pair for pair in pairs(blocking(dv_ci=1, do_dep=NOT_APPLICABLE)))


def test_a_planned_floor_waits_for_what_its_first_stage_needs() -> None:
    levels = {**SOUND, "do_orc": 1}
    advice = advise(PLAYBOOK, Situation(mode="full", levels=levels, models="0", ml_plans="committed"))
    assert ("do_orc", "ml_trn", "missing") in pairs(advice.blocking)


@given(situations())
def test_every_row_is_a_dependency_whose_answers_are_those_of_the_situation(situation: Situation) -> None:
    edges = {(each.needs, each.at_least, each.before, each.level) for each in PLAYBOOK.dependencies}
    for each in advise(PLAYBOOK, situation).blocking:
        assert (each.lower, each.at_least, each.upper, each.level) in edges
        lower, upper = situation.levels.get(each.lower, UNKNOWN), situation.levels.get(each.upper)
        assert (lower is UNKNOWN) == (each.kind == "unknown")
        assert not isinstance(lower, int) or lower < each.at_least
        assert (isinstance(upper, int) and upper >= each.level) == (each.kind == "reported")
        assert NOT_APPLICABLE not in (lower, upper)
        assert [used.question for used in each.reasons[0].answers] == [each.lower, each.upper]


@given(situations())
def test_nothing_waits_for_itself(situation: Situation) -> None:
    found = advise(PLAYBOOK, situation).blocking
    list(TopologicalSorter(dict(_waits(found))).static_order())  # raises CycleError where there is a circle


def _waits(found: tuple[Blocking, ...]) -> Iterator[tuple[str, set[str]]]:
    for upper in {each.upper for each in found}:
        yield upper, {each.lower for each in found if each.upper == upper}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_level_reported_without_support_is_among_them(case: dict[str, Any]) -> None:
    advice = advise(PLAYBOOK, read_situation(PLAYBOOK, case))
    reported = {(each.upper, each.lower) for each in advice.blocking if each.kind == "reported"}
    assert reported == {(each.capability, each.needs) for each in advice.implausible}
