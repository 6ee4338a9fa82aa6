"""Statements that readers check against their own answers: each says exactly what was tried, calculated or decided."""

from dataclasses import replace

from advisor.engine import advise
from advisor.engine.ownplan import Change
from advisor.engine.situation import Situation, read_situation
from reports.presenter import ReportPage
from reports.presenter.sections import BudgetSection
from tests.reports.test_sentences import page_of
from tests.situations import CASES, PLAYBOOK

SOUND = {each.id: 3 for each in PLAYBOOK.capabilities if each.layer == "dataops"}
SHORT = Situation(
    mode="full",
    levels={"dv_ci": 2, "dv_cd": 2, "dv_env": 1, "dv_obs": 2, "dv_chg": 2, "dv_own": 1, **SOUND},
    models="0",
    ml_plans="none",
    size="m",
    capacity_fte=4,
    horizon_months=12,
)
"""One answer below the line of the first gate, and an average of 1.7 where it needs 2.0."""


def case(name: str) -> Situation:
    return read_situation(PLAYBOOK, next(each for each in CASES if each["id"] == name))


TALLIS = case("gc4_saas_wrong_suspect")


# --- What would change the result -------------------------------------------------------------------------------------


def test_an_answer_that_has_to_rise_by_two_levels_is_named() -> None:
    change = page_of(SHORT).change
    assert change.note == "One level more or less in a single answer does not move it. A larger step does."
    assert change.items[0].title == "No answer by one level"
    assert change.items[0].says.startswith("We tried each answer one level up and one level down: ")
    assert change.items[1].answers[0].question == "dv_env"
    assert change.items[1].says == "At 3 instead of 1, there would be no bottleneck."


# --- The budget of a changed plan -------------------------------------------------------------------------------------


def decided(situation: Situation = TALLIS, **slots: str) -> tuple[ReportPage, BudgetSection]:
    page = page_of(situation, changes={code: Change(slot=slot) for code, slot in slots.items()})  # type: ignore[arg-type]
    assert page.budget
    return page, page.budget


def test_the_budget_counts_what_stays_in_the_plan_and_says_what_was_calculated() -> None:
    _, before = decided()
    page, budget = decided(do_i_lineage="dropped")
    assert page.roadmap
    kept = page.roadmap.changed.rsplit("left out, ", 1)[1].removesuffix(" stay in the plan.")
    assert f"range {kept}." in budget.note
    assert "As calculated, before your changes: " in budget.note
    assert "before your changes" not in before.note
    assert before.rows[1].range != budget.rows[1].range


def test_what_was_put_off_is_a_part_of_its_own_that_is_not_released() -> None:
    page, budget = decided(do_i_lineage="later")
    assert (budget.rows[-1].what, budget.rows[-1].when) == ("Put off", "put off by you")
    assert page.roadmap
    assert page.roadmap.stages[-1].stage == "Put off"


def test_a_plan_without_moves_has_no_budget() -> None:
    page, _ = decided()
    assert page.roadmap
    _, budget = decided(**{each.code: "dropped" for each in page.roadmap.planned})
    assert budget.missing == "Every move is left out of the plan, so there is nothing to spend."


def test_a_sum_is_judged_by_the_plan_as_decided() -> None:
    situation = replace(TALLIS, day_rate=1000.0)
    calculated = advise(PLAYBOOK, situation).budget
    assert calculated
    assert calculated.released_money
    situation = replace(situation, budget=calculated.released_money.low - 1)
    assert "not cover even the lower end" in decided(situation)[1].affordable
    assert "covers the lower end" in decided(situation, do_i_lineage="dropped")[1].affordable
