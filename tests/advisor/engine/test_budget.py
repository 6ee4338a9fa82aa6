"""The sequential budget and the durations, checked against figures worked out by hand."""

from dataclasses import replace

import pytest

from advisor.engine import advise
from advisor.engine.playbook import Range
from advisor.engine.situation import Situation, read_situation
from tests.situations import CASES, PLAYBOOK


@pytest.fixture
def vendor() -> Situation:
    """The software vendor of the cases: 75 people, 3 freed, DataOps is the bottleneck, DevOps was named."""
    return read_situation(PLAYBOOK, next(each for each in CASES if each["id"].startswith("gc4")))


def test_released_is_the_first_stage_and_the_baseline_beside_it(vendor: Situation) -> None:
    budget = advise(PLAYBOOK, vendor).budget
    assert budget
    assert budget.baseline
    assert budget.baseline.code == "dv_i_baseline"
    assert budget.baseline.effort == Range(low=2, high=4)
    assert budget.released == Range(low=42, high=119)
    assert budget.held == Range(low=26, high=66)
    assert [each.released for each in budget.tranches] == [True, False]
    assert budget.tranches[1].held_until == "dataops"


def test_a_stage_takes_what_effort_or_lead_times_need_whichever_is_longer(vendor: Situation) -> None:
    first, second = advise(PLAYBOOK, vendor).roadmap
    assert first.effort == Range(low=40, high=115)
    assert first.lead_weeks == Range(low=20, high=40)
    assert first.weeks
    assert first.weeks.low == pytest.approx(20)  # lead times: 6 + 6 + 8 weeks
    assert first.weeks.high == pytest.approx(115 / 2.4)  # effort: three people at 80 per cent
    assert first.planned_weeks == pytest.approx(40)  # lead times again: 12 + 12 + 16 weeks
    assert second.weeks == Range(low=14, high=28)
    assert second.planned_weeks == pytest.approx(28)


def test_stages_follow_each_other_and_are_held_against_the_horizon(vendor: Situation) -> None:
    budget = advise(PLAYBOOK, vendor).budget
    assert budget
    assert [(each.start_week, each.end_week) for each in budget.tranches] == [(0, 40), (40, 68)]
    assert budget.horizon_weeks == pytest.approx(12 * 4.33)
    assert [each.inside_horizon for each in budget.tranches] == [True, False]


@pytest.mark.parametrize(("people", "parallel"), [(0.5, 1), (1.5, 2), (3, 2), (4, 3), (40, 3)])
def test_how_much_runs_at_the_same_time_depends_on_the_people(
    vendor: Situation, people: float, parallel: int
) -> None:
    budget = advise(PLAYBOOK, replace(vendor, capacity_fte=people)).budget
    assert budget
    assert budget.parallel == parallel


def test_money_appears_only_with_a_rate(vendor: Situation) -> None:
    without = advise(PLAYBOOK, vendor).budget
    assert without
    assert without.released_money is None
    priced = advise(PLAYBOOK, replace(vendor, day_rate=1000.0)).budget
    assert priced
    assert priced.released_money == Range(low=42 * 5 * 1000, high=119 * 5 * 1000)
    assert priced.baseline_money == Range(low=2 * 5 * 1000, high=4 * 5 * 1000)
    assert priced.tranches[1].money == Range(low=26 * 5 * 1000, high=66 * 5 * 1000)


@pytest.mark.parametrize(
    ("money", "answer"), [(595_000, "yes"), (594_999, "partly"), (210_000, "partly"), (209_999, "no")]
)
def test_a_sum_of_money_is_held_against_what_is_released(
    vendor: Situation, money: float, answer: str
) -> None:
    budget = advise(PLAYBOOK, replace(vendor, day_rate=1000.0, budget=money)).budget
    assert budget
    assert budget.affordable == answer


def test_without_a_size_there_is_no_effort_and_no_budget(vendor: Situation) -> None:
    advice = advise(PLAYBOOK, replace(vendor, size=None))
    assert advice.budget is None
    assert advice.roadmap[0].effort is None
    assert advice.roadmap[0].weeks is None
    assert advice.roadmap[0].lead_weeks == Range(low=20, high=40)


def test_where_nothing_can_be_judged_all_baselines_are_released() -> None:
    unknown = Situation(mode="full", models="2_5", size="m", capacity_fte=2, horizon_months=12)
    budget = advise(PLAYBOOK, unknown).budget
    assert budget
    assert len(budget.tranches) == 3
    assert all(each.released for each in budget.tranches)
    assert budget.held == Range(low=0, high=0)


def test_a_second_phase_costs_four_fifths_and_comes_three_waves_later() -> None:
    bank = Situation(
        mode="full",
        models="6_20",
        size="l",
        regulated=True,
        levels=dict.fromkeys(PLAYBOOK.capability, 2) | {"dv_ci": 3, "dv_cd": 3},
    )
    moves = [move for stage in advise(PLAYBOOK, bank).roadmap for move in stage.moves]
    assert [move.code for move in moves] == ["ml_i_govern"]
    open_house = replace(bank, regulated=False, stated="devops")
    first = advise(PLAYBOOK, open_house).first_moves[0].move
    assert first.code == "dv_i_paved"
    observe = next(
        each.move for each in advise(PLAYBOOK, open_house).first_moves if each.move.code == "dv_i_observe:B"
    )
    assert observe.effort == Range(low=16, high=48)
    assert observe.wave == 5
