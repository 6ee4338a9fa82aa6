"""Figures of one's own: what may be set, what it changes, and that the edition itself never changes."""

import pytest
from hypothesis import given, settings

from advisor.engine import advise
from advisor.engine.judgement import adjusted, changed, judgements
from advisor.engine.playbook import Range
from advisor.engine.situation import Situation, read_situation
from tests.situations import CASES, JUDGEMENTS, PLAYBOOK, own_figures, situations

TALLIS = read_situation(PLAYBOOK, next(each for each in CASES if each["id"] == "gc4_saas_wrong_suspect"))
KNOWN = JUDGEMENTS


def test_every_figure_of_the_edition_fits_its_own_bounds():
    assert [each.name for each in KNOWN.values() if each.value is None] == ["day_rate", "budget"]
    for each in KNOWN.values():
        assert each.value is None or each.takes(each.value), each.name


def test_each_minimum_effort_and_lead_time_can_be_set():
    assert {"minimum:dv_ci", "average:mlops", "effort:dv_i_ci", "effort:dv_i_ci:B", "lead:ml_i_govern"} < set(
        KNOWN
    )
    assert "effort:dv_i_env:B" not in KNOWN  # it has no second phase
    assert KNOWN["effort:dv_i_ci"].value == (8, 25)
    assert KNOWN["effort:dv_i_ci:B"].value == pytest.approx((6.4, 20))


def test_without_a_size_an_effort_has_no_value_to_show():
    assert judgements(PLAYBOOK, None)["effort:dv_i_ci"].value is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("capacity_use", 0),
        ("capacity_use", 1.01),
        ("capacity_use", True),
        ("capacity_use", "0.5"),
        ("capacity_use", (0.1, 0.2)),
        ("minimum:dv_ci", 4),
        ("minimum:dv_ci", 1.5),
        ("effort:dv_i_ci", 5),
        ("effort:dv_i_ci", (5, 4)),
        ("effort:dv_i_ci", (-1, 4)),
        ("effort:dv_i_ci", (1, float("inf"))),
        ("effort:dv_i_ci", (1, float("nan"))),
    ],
)
def test_a_value_out_of_bounds_is_not_taken(name, value):
    assert not KNOWN[name].takes(value)
    assert adjusted(PLAYBOOK, {name: value}) is PLAYBOOK


def test_a_name_of_another_edition_is_passed_over():
    assert adjusted(PLAYBOOK, {"effort:gone": (1, 2)}) is PLAYBOOK
    assert adjusted(PLAYBOOK, {}) is PLAYBOOK


def test_the_same_figures_give_the_same_edition_so_that_it_is_derived_once():
    own = {"capacity_use": 0.5, "effort:do_i_tests": (1.0, 2.0)}
    assert adjusted(PLAYBOOK, own) is adjusted(PLAYBOOK, dict(reversed(own.items())))


def test_an_effort_of_ones_own_counts_in_stage_and_budget():
    before = advise(PLAYBOOK, TALLIS)
    after = advise(adjusted(PLAYBOOK, {"effort:do_i_orchestrate": (1, 2)}), TALLIS)
    move = next(each for each in after.roadmap[0].moves if each.code == "do_i_orchestrate")
    assert move.effort == Range(low=1, high=2)
    assert before.budget
    assert after.budget
    assert after.budget.released.low < before.budget.released.low
    assert before.bottleneck == after.bottleneck


def test_a_second_phase_takes_its_own_effort_and_the_first_keeps_its():
    own = adjusted(PLAYBOOK, {"effort:do_i_tests:B": (3, 4)})
    found = own.initiative["do_i_tests"]
    assert found.effort == PLAYBOOK.initiative["do_i_tests"].effort
    assert found.phase_b is not None
    assert found.phase_b.effort == dict.fromkeys(["xs", "s", "m", "l"], Range(low=3, high=4))


def test_a_minimum_of_ones_own_holds_in_every_variant_of_the_gate():
    own = adjusted(PLAYBOOK, {"minimum:ml_reg": 1})
    for regulated, models in ((True, "2_5"), (False, "2_5"), (True, "1")):
        gate = advise(own, Situation(mode="full", models=models, regulated=regulated)).gates["mlops"]
        assert gate.minima["ml_reg"] == 1


def test_lower_minimums_open_a_gate():
    gates = advise(PLAYBOOK, TALLIS).gates["dataops"]
    own = {f"minimum:{each}": 0.0 for each in gates.minima} | {"average:dataops": 0.0}
    assert advise(adjusted(PLAYBOOK, own), TALLIS).gates["dataops"].state == "open"


def test_only_what_differs_counts_as_changed():
    own = {"capacity_use": 0.8, "protection_share": 0.2, "effort:gone": (1, 2)}
    assert [(each.name, value) for each, value in changed(PLAYBOOK, own, "m")] == [("protection_share", 0.2)]


@given(situations(), own_figures())
@settings(max_examples=150)
def test_any_figures_give_advice_for_any_situation(situation, own):
    edition = adjusted(PLAYBOOK, own)
    advice = advise(edition, situation)
    for gate in advice.gates.values():
        for capability, level in gate.minima.items():
            assert level == own.get(f"minimum:{capability}", level)
    assert advise(PLAYBOOK, situation).edition == advice.edition
