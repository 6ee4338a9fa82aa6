"""The plan as somebody changed it: where moves stand, which orders do not hold, and who has to say why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engine import advise
from advisor.engine.ownplan import SLOTS, Change, own_plan
from advisor.engine.situation import read_situation
from tests.situations import CASES, PLAYBOOK, situations

TALLIS = read_situation(PLAYBOOK, next(each for each in CASES if each["id"] == "gc4_saas_wrong_suspect"))


def plan_of(situation=TALLIS, **slots):
    changes = {code: Change(slot=slot) for code, slot in slots.items()}
    return own_plan(PLAYBOOK, situation, advise(PLAYBOOK, situation), changes)


def breaks(plan):
    return {(each.kind, each.code, each.needs) for each in plan.breaks}


def test_without_changes_it_is_the_calculated_plan():
    plan = plan_of()
    advice = advise(PLAYBOOK, TALLIS)
    assert [each.move.code for each in plan.at("now")] == [each.move.code for each in advice.first_moves]
    assert {each.move.code for each in plan.items} == {
        *(each.move.code for each in advice.first_moves),
        *(move.code for stage in advice.roadmap for move in stage.moves),
    }
    assert not plan.breaks
    assert not any(each.moved for each in plan.items)
    assert plan.dropped
    assert plan.dropped.high == 0


def test_putting_off_what_another_move_needs_breaks_the_order_and_answers_for_it():
    plan = plan_of(do_i_orchestrate="later", do_i_observe="now")
    assert ("order", "do_i_observe", "do_i_orchestrate") in breaks(plan)


def test_the_one_that_moved_is_asked_why():
    plan = plan_of(do_i_orchestrate="later")
    found = [each for each in plan.items if each.breaks]
    assert [each.move.code for each in found] == ["do_i_orchestrate"]
    assert ("order", "do_i_observe", "do_i_orchestrate") in breaks(plan)


def test_leaving_out_what_another_move_needs_is_missing_and_closes_the_gate():
    plan = plan_of(do_i_orchestrate="dropped")
    assert ("missing", "do_i_observe", "do_i_orchestrate") in breaks(plan)
    assert ("closed", "do_i_orchestrate", "do_i_orchestrate") in breaks(plan)
    assert plan.item("do_i_orchestrate").breaks == plan.breaks


def test_a_move_of_the_next_stage_may_not_begin_before_the_gate():
    plan = plan_of(ml_i_track="now")
    assert {(kind, code) for kind, code, _ in breaks(plan)} >= {("gate", "ml_i_track")}
    assert len([each for each in plan.breaks if each.kind == "gate"]) == 1


def test_leaving_out_a_baseline_breaks_nothing():
    assert not plan_of(dv_i_baseline="dropped").breaks


def test_what_is_left_out_is_no_longer_counted():
    before, after = plan_of(), plan_of(dv_i_baseline="dropped")
    assert before.effort.high == after.effort.high + after.dropped.high
    assert after.dropped.high == 4


def test_putting_everything_off_together_breaks_nothing_but_the_start():
    everything = {each.move.code: "later" for each in plan_of().items}
    assert not plan_of(**everything).breaks


def test_a_change_to_a_move_that_is_not_in_the_plan_changes_nothing():
    assert plan_of(dv_i_paved="now", nonsense="dropped") == plan_of()


def test_an_unknown_prerequisite_breaks_nothing():
    case = next(each for each in CASES if each["id"] == "gc6_agency_nothing_known")
    situation = read_situation(PLAYBOOK, case)
    plan = own_plan(PLAYBOOK, situation, advise(PLAYBOOK, situation), {})
    for each in plan.items:
        moved = plan_of(situation, **{each.move.code: "now"})
        assert all(found.kind != "order" or found.step for found in moved.breaks)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_no_calculated_plan_breaks_anything(case):
    assert not plan_of(read_situation(PLAYBOOK, case)).breaks


@given(situations(), st.data())
@settings(max_examples=80)
def test_any_changes_keep_every_move_once_and_name_who_answers(situation, data):
    advice = advise(PLAYBOOK, situation)
    codes = [each.move.code for each in own_plan(PLAYBOOK, situation, advice, {}).items]
    slots = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(SLOTS))) if codes else {}
    changes = {code: Change(slot=slot) for code, slot in slots.items()}
    plan = own_plan(PLAYBOOK, situation, advice, changes)
    assert sorted(each.move.code for each in plan.items) == sorted(codes)
    assert [SLOTS.index(each.slot) for each in plan.items] == sorted(
        SLOTS.index(each.slot) for each in plan.items
    )
    for each in plan.items:
        assert not each.breaks or each.moved
        for found in each.breaks:
            assert found.reasons
            assert each.move.code in (found.code, found.needs)


@given(situations(), st.data())
@settings(max_examples=40)
def test_taking_every_change_back_gives_the_calculated_plan(situation, data):
    advice = advise(PLAYBOOK, situation)
    calculated = own_plan(PLAYBOOK, situation, advice, {})
    back = {each.move.code: Change(slot=each.calculated) for each in calculated.items}
    assert [each.move for each in own_plan(PLAYBOOK, situation, advice, back).items] == [
        each.move for each in calculated.items
    ]
