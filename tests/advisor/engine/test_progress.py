"""What happened between two days: levels, gates, plan, pitfalls and symptoms, and what cannot be compared."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from advisor.engine import advise
from advisor.engine.playbook import Playbook
from advisor.engine.progress import UNMOVED, Progress, Seen, progress
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN, Answer, Situation
from tests.situations import PLAYBOOK, situations

LEVELS = {each.id: 1 for each in PLAYBOOK.capabilities}
SIGNALS = {each.id: each.options[0].id for each in PLAYBOOK.signals}


def seen(playbook: Playbook = PLAYBOOK, mode: Any = "full", **levels: Answer | None) -> Seen:
    """All capabilities at level 1, but for those named; None leaves one out."""
    chosen = {each: level for each, level in {**LEVELS, **levels}.items() if level is not None}
    situation = Situation(
        mode=mode, levels=chosen, signals=SIGNALS, models="2_5", size="m", regulated=False, stated="devops"
    )
    return Seen(playbook=playbook, situation=situation, advice=advise(playbook, situation))


def raised(layer: str, level: int) -> dict[str, int]:
    return {each.id: level for each in PLAYBOOK.capabilities_of[layer]}


def course(change: Progress, capability: str) -> tuple[str, int]:
    shift = next(each for each in change.shifts if each.capability == capability)
    return shift.course, shift.steps


# --- Answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (1, 3, ("up", 2)),
        (3, 1, ("down", -2)),
        (0, 0, ("same", 0)),
        (UNKNOWN, 2, ("now_known", 0)),
        (None, 2, ("now_known", 0)),
        (2, UNKNOWN, ("no_longer_known", 0)),
        (2, None, ("no_longer_known", 0)),
        (UNKNOWN, None, ("never_known", 0)),
        (NOT_APPLICABLE, 2, ("now_applies", 0)),
        (NOT_APPLICABLE, UNKNOWN, ("now_applies", 0)),
        (2, NOT_APPLICABLE, ("no_longer_applies", 0)),
        (NOT_APPLICABLE, NOT_APPLICABLE, ("left_out", 0)),
    ],
)
def test_only_two_known_levels_are_higher_or_lower(
    then: Answer | None, now: Answer | None, expected: tuple[str, int]
) -> None:
    assert course(progress(seen(ml_ret=then), seen(ml_ret=now)), "ml_ret") == expected


def test_a_symptom_is_better_by_its_colour() -> None:
    signal = PLAYBOOK.signals[0]
    by_band = {each.band: each.id for each in signal.options}

    def hurting(band: Any) -> Seen:
        situation = replace(seen().situation, signals={**SIGNALS, signal.id: by_band[band]})
        return Seen(playbook=PLAYBOOK, situation=situation, advice=advise(PLAYBOOK, situation))

    def became(then: Seen, now: Seen) -> str:
        return next(each.course for each in progress(then, now).moods if each.signal == signal.id)

    assert became(hurting("red"), hurting("green")) == "up"
    assert became(hurting("green"), hurting("amber")) == "down"
    assert became(hurting("green"), hurting("green")) == "same"


# --- Gates and the bottleneck -----------------------------------------------------------------------------------------


def test_a_gate_that_opens_is_passed_and_moves_the_bottleneck_up() -> None:
    change = progress(seen(), seen(**raised("devops", 3)))
    assert change.crossed("passed") == ("devops",)
    assert change.floors_moved == 1


def test_a_gate_that_closes_is_lost_and_moves_the_bottleneck_down() -> None:
    change = progress(seen(**raised("devops", 3)), seen())
    assert change.crossed("lost") == ("devops",)
    assert change.floors_moved == -1


def test_a_gate_that_stays_shut_tells_how_many_answers_fewer_stand_in_the_way() -> None:
    first, second, *_ = [each for each, level in PLAYBOOK.gate["devops"].minima.items() if level == 2]
    fewer = progress(seen(), seen(**{first: 2, second: 2}))
    more = progress(seen(**{first: 2}), seen(**{first: UNKNOWN, second: 0}))
    assert fewer.crossings[0].nearer == 2
    assert more.crossings[0].nearer == -1


def test_a_gate_under_other_terms_is_neither_passed_nor_lost() -> None:
    quick, full = seen(mode="quick", **raised("devops", 2)), seen()
    assert {each.passage for each in progress(quick, full).crossings} == {"other_terms"}
    supervised = replace(full.situation, regulated=True)
    strict = Seen(playbook=PLAYBOOK, situation=supervised, advice=advise(PLAYBOOK, supervised))
    assert "other_terms" in {each.passage for each in progress(full, strict).crossings}


def test_what_does_not_apply_any_more_does_not_change_the_terms() -> None:
    optional = next(
        each
        for each in PLAYBOOK.capabilities
        if each.allow_na and each.id in PLAYBOOK.gate[each.layer].minima
    )
    change = progress(seen(), seen(**{optional.id: NOT_APPLICABLE}))
    assert "other_terms" not in {each.passage for each in change.crossings}


def test_a_floor_that_was_not_in_the_picture_has_no_gate_to_compare() -> None:
    without = replace(seen().situation, models="0", ml_plans="none")
    change = progress(Seen(playbook=PLAYBOOK, situation=without, advice=advise(PLAYBOOK, without)), seen())
    assert change.crossed("only_now") == ("mlops",)
    assert {PLAYBOOK.capability[each].layer for each in change.only_now if each in PLAYBOOK.capability} == {
        "mlops"
    }


# --- Plan and pitfalls ------------------------------------------------------------------------------------------------


def test_an_initiative_is_done_when_every_level_it_was_to_bring_is_reached() -> None:
    then = seen()
    move = next(each for each in then.advice.roadmap[0].moves if each.raises)
    reached = {each.capability: each.to for each in move.raises}
    change = progress(then, seen(**reached))
    assert move.code in {each.code for each in change.work("done")}
    assert move.code not in {each.code for each in change.work("open")}


def test_an_initiative_is_begun_when_a_level_has_risen_but_not_far_enough() -> None:
    then = seen(**dict.fromkeys(LEVELS, 0))
    move = next(each for each in then.advice.roadmap[0].moves if each.raises)
    change = progress(then, seen(**{**dict.fromkeys(LEVELS, 0), move.raises[0].capability: 1}))
    assert [each.code for each in change.work("begun")] == [move.code]


def test_a_pitfall_is_new_only_if_it_could_have_shown_before() -> None:
    quick, full = seen(mode="quick"), seen()
    asked = set(progress(quick, full).compared)
    for name in progress(quick, full).pitfalls_new:
        behind = {
            used.question
            for each in full.advice.pitfalls
            if each.id == name
            for used in each.reasons[0].answers
        }
        assert {each for each in behind if each in PLAYBOOK.capability or each in PLAYBOOK.signal} <= asked


# --- Any two days -----------------------------------------------------------------------------------------------------


def look(situation: Situation) -> Seen:
    return Seen(playbook=PLAYBOOK, situation=situation, advice=advise(PLAYBOOK, situation))


@given(situations())
def test_compared_with_itself_everything_is_the_same(situation: Situation) -> None:
    change = progress(look(situation), look(situation))
    assert change.unmoved
    assert {each.course for each in (*change.shifts, *change.moods)} <= set(UNMOVED)
    assert {each.passage for each in change.crossings} <= {"open", "shut"}
    assert {each.nearer for each in change.crossings} <= {0, None}
    assert {each.outcome for each in change.works} <= {"open"}
    assert not (change.only_then)
    assert not (change.only_now)
    assert not (change.pitfalls_gone)
    assert not (change.pitfalls_new)
    assert change.floors_moved == 0


@given(situations(), situations())
def test_what_is_done_was_in_the_plan_and_nothing_is_counted_twice(then: Situation, now: Situation) -> None:
    before, after = look(then), look(now)
    change = progress(before, after)
    planned = {move.code: move for stage in before.advice.roadmap for move in stage.moves}
    compared = [
        code
        for code, move in planned.items()
        if {each.capability for each in move.raises} <= set(change.compared)
    ]
    assert [each.move.code for each in change.works if each.outcome != "new"] == compared
    assert not {each.code for each in change.work("new")} & set(planned)
    assert set(change.pitfalls_new) <= {each.id for each in after.advice.pitfalls}
    assert set(change.pitfalls_gone) <= {each.id for each in before.advice.pitfalls}
    assert not set(change.compared) & {*change.only_then, *change.only_now}
    assert {each.capability for each in change.shifts} <= set(change.compared)


@given(situations(), situations())
def test_up_one_way_is_down_the_other(then: Situation, now: Situation) -> None:
    forth, back = progress(look(then), look(now)), progress(look(now), look(then))
    assert {each.capability: each.steps for each in forth.shifts} == {
        each.capability: -each.steps for each in back.shifts
    }
    assert forth.crossed("passed") == back.crossed("lost")


@given(situations(), situations())
def test_the_bottleneck_moves_only_with_a_gate(then: Situation, now: Situation) -> None:
    change = progress(look(then), look(now))
    assert change.floors_moved <= 0 or change.crossed("passed")
    assert change.floors_moved >= 0 or change.crossed("lost")


# --- Another edition --------------------------------------------------------------------------------------------------


def later(mapping: dict[str, dict[str, str | None]], **renamed: str) -> Playbook:
    """A later edition in which some questions have other ids."""
    capabilities = tuple(replace(each, id=renamed.get(each.id, each.id)) for each in PLAYBOOK.capabilities)
    return replace(PLAYBOOK, edition="2027.1", capabilities=capabilities, mapping=mapping)


def asked_later(playbook: Playbook, level: int = 2) -> Seen:
    situation = replace(seen().situation, levels={each.id: level for each in playbook.capabilities})
    return Seen(playbook=playbook, situation=situation, advice=seen().advice)


def test_a_question_with_the_same_id_is_the_same_in_another_edition() -> None:
    change = progress(seen(), asked_later(later({})))
    assert len(change.up) == len(LEVELS)
    assert not change.only_then


def test_a_question_that_was_renamed_is_compared_where_the_edition_says_so() -> None:
    mapped = progress(
        seen(dv_obs=0), asked_later(later({"2026.1": {"dv_obs": "dv_watch"}}, dv_obs="dv_watch"))
    )
    assert course(mapped, "dv_watch") == ("up", 2)
    unmapped = progress(seen(), asked_later(later({}, dv_obs="dv_watch")))
    assert (unmapped.only_then, unmapped.only_now) == (("dv_obs",), ("dv_watch",))
    assert "dv_watch" not in unmapped.compared


def test_a_question_that_means_something_else_now_is_not_compared() -> None:
    change = progress(seen(), asked_later(later({"2026.1": {"dv_obs": None}})))
    assert change.only_then == change.only_now == ("dv_obs",)


def test_an_id_that_was_given_to_another_question_is_not_mistaken_for_the_old_one() -> None:
    change = progress(seen(dv_obs=0, dv_env=4), asked_later(later({"2026.1": {"dv_obs": "dv_env"}})))
    assert course(change, "dv_env") == ("up", 2)
    assert "dv_env" in change.only_then
