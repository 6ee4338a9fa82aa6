"""Stages and budget of a changed plan: whatever was decided, they hold each move that stays, once."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engine import advise
from advisor.engine.decided import decided
from advisor.engine.ownplan import SLOTS, Change, own_plan
from advisor.engine.situation import read_situation
from tests.situations import CASES, PLAYBOOK, situations

TALLIS = read_situation(PLAYBOOK, next(each for each in CASES if each["id"] == "gc4_saas_wrong_suspect"))


def decide(situation=TALLIS, **slots):
    advice = advise(PLAYBOOK, situation)
    own = own_plan(PLAYBOOK, situation, advice, {code: Change(slot=slot) for code, slot in slots.items()})
    return advice, own, decided(PLAYBOOK, situation, advice, own)


def test_an_unchanged_plan_is_the_calculated_one():
    advice, _, then = decide()
    assert then is advice
    advice, _, then = decide(do_i_tests="next")
    assert then is advice


def test_what_is_left_out_costs_nothing_and_takes_no_time():
    advice, own, then = decide(do_i_lineage="dropped")
    assert "do_i_lineage" not in [move.code for stage in then.roadmap for move in stage.moves]
    assert then.budget.released.low < advice.budget.released.low
    assert then.budget.released.low + then.budget.held.low == own.effort.low
    assert then.budget.released.high + then.budget.held.high == own.effort.high
    assert then.roadmap[0].planned_weeks <= advice.roadmap[0].planned_weeks
    assert then.roadmap[1:] == advice.roadmap[1:]


def test_what_is_put_off_comes_last_and_is_not_released():
    advice, _, then = decide(do_i_lineage="later")
    last, tranche = then.roadmap[-1], then.budget.tranches[-1]
    assert (last.put_off, [move.code for move in last.moves]) == (True, ["do_i_lineage"])
    assert (tranche.released, tranche.held_until) == (False, None)
    assert tranche.start_week == then.budget.tranches[-2].end_week
    assert then.budget.released.high == advice.budget.released.high - last.effort.high
    assert then.budget.held.high == advice.budget.held.high + last.effort.high


def test_what_is_brought_forward_is_released_with_the_first_stage():
    advice, _, then = decide(ml_i_track="now")
    assert then.roadmap[0].moves[-1].code == "ml_i_track"
    assert then.budget.released.high > advice.budget.released.high
    assert then.budget.tranches[1].held_until == "dataops"


def test_a_later_stage_still_waits_where_all_of_the_first_one_is_left_out():
    advice, _, _ = decide()
    _, _, then = decide(**{move.code: "dropped" for move in advice.roadmap[0].moves})
    assert [stage.stage for stage in then.roadmap] == [2]
    assert [each.held_until for each in then.budget.tranches] == ["dataops"]


def test_a_sum_is_judged_by_what_was_decided():
    situation = replace(TALLIS, day_rate=100.0)
    advice = advise(PLAYBOOK, situation)
    situation = replace(situation, budget=advice.budget.released_money.low - 1)
    advice, _, then = decide(situation, do_i_lineage="dropped")
    assert (advice.budget.affordable, then.budget.affordable) == ("no", "partly")


@given(situations(), st.data())
@settings(max_examples=60)
def test_every_move_that_stays_is_counted_once(situation, data):
    advice = advise(PLAYBOOK, situation)
    codes = [each.move.code for each in own_plan(PLAYBOOK, situation, advice, {}).items]
    slots = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(SLOTS))) if codes else {}
    _, own, then = decide(situation, **slots)
    beside = [then.budget.baseline] if then.budget and then.budget.baseline else []
    counted = [*beside, *(move for stage in then.roadmap for move in stage.moves)]
    assert len(counted) == len({each.code for each in counted})
    if not advice.roadmap:
        return
    staying = {each.move.code for each in own.items if each.slot != "dropped"}
    if advice.budget is not None and then.budget is not None:
        assert {each.code for each in counted} == staying
        assert then.budget.released.high + then.budget.held.high == sum(each.effort.high for each in counted)
