"""What must hold for every situation, whatever was answered."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from advisor.engine import advise, stability, whatif
from advisor.engine.advice import Advice, Move
from advisor.engine.initiatives import deliverers, needs
from advisor.engine.result import as_json, summary
from advisor.engine.situation import Situation, SituationError, read_situation
from tests.situations import PLAYBOOK, situations

settings.register_profile("engine", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("engine")

ORDER = [layer.id for layer in PLAYBOOK.layers]


def _moves(advice: Advice) -> list[Move]:
    return [move for stage in advice.roadmap for move in stage.moves]


@given(situations(), st.data())
def test_raising_one_answer_never_closes_a_gate(situation: Situation, data: st.DataObject) -> None:
    raisable = [each for each, level in situation.levels.items() if isinstance(level, int) and level < 4]
    assume(raisable)
    chosen = data.draw(st.sampled_from(raisable))
    level = situation.levels[chosen]
    assert isinstance(level, int)
    before = advise(PLAYBOOK, situation).gates
    after = advise(PLAYBOOK, situation.with_levels({chosen: level + 1})).gates
    for layer, gate in before.items():
        if gate.state == "open":
            assert after[layer].state == "open"
        if gate.effective == "open":
            assert after[layer].effective == "open"


@given(situations())
def test_no_initiative_precedes_its_prerequisite(situation: Situation) -> None:
    advice = advise(PLAYBOOK, situation)
    lifted = {each: level for each, level in situation.levels.items() if isinstance(level, int)}
    planned = advice.mlops_status == "planned"
    for move in _moves(advice):
        for step in needs(PLAYBOOK)[move.initiative, move.phase]:
            known = lifted.get(step.capability, 0 if planned and step.capability.startswith("ml_") else None)
            assert known is None or known >= step.level, (move.code, step)
        for each in move.raises:
            lifted[each.capability] = max(each.to, lifted.get(each.capability, 0))


@given(situations())
def test_no_layer_is_worked_on_before_the_gate_below_it_opens(situation: Situation) -> None:
    advice = advise(PLAYBOOK, situation)
    layers = [stage.layer for stage in advice.roadmap]
    assert layers == sorted(layers, key=ORDER.index)
    assert [stage.stage for stage in advice.roadmap] == list(range(1, len(layers) + 1))
    for stage in advice.roadmap:
        assert all(move.layer == stage.layer for move in stage.moves)
        below = ORDER[: ORDER.index(stage.layer)]
        if advice.bottleneck.kind != "undetermined":
            assert all(advice.gates[each].state == "open" or each in layers for each in below)
    if advice.budget:
        ends = [each.end_week for each in advice.budget.tranches]
        starts = [each.start_week for each in advice.budget.tranches]
        assert starts[1:] == ends[:-1]


@given(situations(("full",), partial=False, unknowns=False))
def test_carrying_out_the_whole_roadmap_opens_every_gate(situation: Situation) -> None:
    advice = advise(PLAYBOOK, situation)
    lifted = {each.capability: each.to for move in _moves(advice) for each in move.raises}
    assume(advice.mlops_status != "planned")
    after = advise(PLAYBOOK, situation.with_levels(lifted))
    assert {layer: gate.effective for layer, gate in after.gates.items()} == dict.fromkeys(
        after.gates, "open"
    )
    assert after.bottleneck.kind == "none"


@given(situations(("full",), partial=False, unknowns=False))
def test_with_models_only_planned_the_roadmap_opens_both_lower_gates_and_builds_the_top(
    situation: Situation,
) -> None:
    advice = advise(PLAYBOOK, replace(situation, models="0", ml_plans="committed"))
    lifted = {each.capability: each.to for move in _moves(advice) for each in move.raises}
    below = {each: level for each, level in lifted.items() if not each.startswith("ml_")}
    after = advise(PLAYBOOK, replace(situation.with_levels(below), models="0", ml_plans="committed"))
    assert after.bottleneck.kind == "next_stage"
    started = replace(situation.with_levels(lifted), models="2_5", regulated=False)
    assert advise(PLAYBOOK, started).gates["mlops"].state == "open"


@given(situations(), st.randoms())
def test_the_result_never_depends_on_the_order_of_the_answers(situation: Situation, random: Any) -> None:
    levels, signals = list(situation.levels.items()), list(situation.signals.items())
    random.shuffle(levels)
    random.shuffle(signals)
    shuffled = replace(situation, levels=dict(levels), signals=dict(signals))
    assert as_json(advise(PLAYBOOK, shuffled)) == as_json(advise(PLAYBOOK, situation))


@given(situations())
def test_every_situation_yields_advice(situation: Situation) -> None:
    advice = advise(PLAYBOOK, situation)
    assert len(advice.first_moves) <= 3
    assert 0 <= advice.coverage <= 1
    assert (advice.bottleneck.layer is None) == (advice.bottleneck.kind in ("undetermined", "none"))
    assert {each.capability for each in advice.standings} == set(PLAYBOOK.capability)
    assert len({each.move.code for each in advice.first_moves}) == len(advice.first_moves)
    assert len({move.code for move in _moves(advice)}) == len(_moves(advice))
    for gate in advice.gates.values():
        assert not set(gate.failing) & set(gate.unknown)
        assert list(gate.failing) == sorted(gate.failing)
        assert list(gate.unknown) == sorted(gate.unknown)


@given(situations())
def test_nothing_unknown_ever_opens_a_gate(situation: Situation) -> None:
    for gate in advise(PLAYBOOK, situation).gates.values():
        if gate.unknown:
            assert gate.state in ("closed", "undetermined")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [*PLAYBOOK.capability, *PLAYBOOK.signal, *PLAYBOOK.question, "day_rate", "budget", "nonsense"]
)


@given(
    st.one_of(
        JUNK,
        st.fixed_dictionaries(
            {"context": JUNK | st.dictionaries(KEYS, JUNK), "answers": JUNK | st.dictionaries(KEYS, JUNK)},
            optional={"mode": JUNK | st.sampled_from(["full", "quick"])},
        ),
    )
)
@settings(max_examples=400)
def test_any_input_yields_advice_or_a_clear_error(data: object) -> None:
    try:
        situation = read_situation(PLAYBOOK, data)
    except SituationError as error:
        problems = error.problems
    else:
        advise(PLAYBOOK, situation)
        return
    assert problems
    assert all(each.where and each.found and each.allowed for each in problems)


@given(situations())
def test_a_swing_really_moves_the_bottleneck_and_nothing_else_does(situation: Situation) -> None:
    now = advise(PLAYBOOK, situation).bottleneck
    result = stability(PLAYBOOK, situation)
    swings = {(each.capability, each.to): (each.layer, each.kind) for each in result.swings}
    for (capability, level), outcome in swings.items():
        then = advise(PLAYBOOK, situation.with_levels({capability: level})).bottleneck
        assert (then.layer, then.kind) == outcome
    for capability, level in situation.levels.items():
        for to in (level - 1, level + 1) if isinstance(level, int) else ():
            if 0 <= to <= 4 and (capability, to) not in swings:
                then = advise(PLAYBOOK, situation.with_levels({capability: to})).bottleneck
                assert (then.at, then.kind) == (now.at, now.kind)


@given(situations())
def test_an_answer_that_moves_the_bottleneck_only_if_raised_further_is_told_at_its_lowest_level(
    situation: Situation,
) -> None:
    now = advise(PLAYBOOK, situation).bottleneck
    further = {each.capability: each for each in stability(PLAYBOOK, situation).further}
    asked = {each.capability for each in advise(PLAYBOOK, situation).standings if each.asked}
    for capability in asked & situation.levels.keys():
        level = situation.levels[capability]
        if not isinstance(level, int):
            continue
        moving = [
            to
            for to in range(level + 1, 5)
            if (then := advise(PLAYBOOK, situation.with_levels({capability: to})).bottleneck).at != now.at
            or then.kind != now.kind
        ]
        told = further[capability].to if capability in further else None
        assert told == (min(moving) if moving and min(moving) > level + 1 else None)


@given(situations(), st.data())
def test_whatif_equals_the_difference_of_two_results(situation: Situation, data: st.DataObject) -> None:
    assume(situation.levels)
    chosen = data.draw(st.sampled_from(sorted(situation.levels)))
    level = data.draw(st.integers(0, 4))
    difference = whatif(PLAYBOOK, situation, {chosen: level})
    assert summary(difference.before) == summary(advise(PLAYBOOK, situation))
    assert summary(difference.after) == summary(advise(PLAYBOOK, situation.with_levels({chosen: level})))
    assert not set(difference.pitfalls_new) & set(difference.pitfalls_gone)
    assert not set(difference.moves_new) & set(difference.moves_gone)


def test_whatif_refuses_a_capability_that_nobody_knows() -> None:
    with pytest.raises(KeyError, match="dv_nonsense"):
        whatif(PLAYBOOK, Situation(mode="full"), {"dv_nonsense": 2})


def test_every_level_that_a_gate_can_ask_for_is_delivered_by_an_initiative() -> None:
    for capability in PLAYBOOK.capability:
        assert (capability, 2) in deliverers(PLAYBOOK)
        assert (capability, 3) in deliverers(PLAYBOOK)
