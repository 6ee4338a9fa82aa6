"""What would change the result: single answers that move the bottleneck (R-STA), and any set of changes (R-DIF)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from advisor import engine
from advisor.engine import gates
from advisor.engine.advice import Advice, Difference, GateState, Stability, Swing
from advisor.engine.bottleneck import walk
from advisor.engine.facts import Facts, see
from advisor.engine.gates import Terms
from advisor.engine.playbook import LEVELS, Playbook
from advisor.engine.situation import UNKNOWN, Answer, Situation


def stability(playbook: Playbook, situation: Situation) -> Stability:
    """Try every known level one step up and down, and every unknown answer at every level.

    A known level that moves nothing one step up is raised further: the first level that moves the bottleneck is told apart.
    """
    facts = see(playbook, situation)
    states = {layer: gate.state for layer, gate in gates.evaluate(facts).items()}
    swings: list[Swing] = []
    further: list[Swing] = []
    tried = 0
    for layer, capabilities in facts.asked.items():
        if not capabilities:
            continue
        terms = gates.terms_of(facts, layer)
        for capability in capabilities:
            answer = facts.answers[capability]
            near, far = _alternatives(answer)
            tried += len(near)
            found = list(_moving(facts, terms, states, capability, near))
            swings += found
            if not any(isinstance(answer, int) and each.to > answer for each in found):
                further += islice(_moving(facts, terms, states, capability, far), 1)
    reason = facts.reason("R-STA", tuple(facts.answers))
    return Stability(reasons=(reason,), swings=tuple(swings), further=tuple(further), tried=tried)


def _alternatives(answer: Answer) -> tuple[list[int], list[int]]:
    """The levels to try instead of an answer, and those above that take more than one step."""
    if answer is UNKNOWN:
        return list(LEVELS), []
    if not isinstance(answer, int):
        return [], []
    near = [each for each in (answer - 1, answer + 1) if each in LEVELS]
    return near, [each for each in LEVELS if each > answer + 1]


def _moving(
    facts: Facts,
    terms: Terms,
    states: Mapping[str, GateState],
    capability: str,
    levels: Iterable[int],
) -> Iterator[Swing]:
    """Those of ``levels`` at which this capability would move the bottleneck away from where it is."""
    layer = facts.playbook.capability[capability].layer
    now = walk(states.items())
    answers = gates.answers_of(facts, layer)
    for level in levels:
        changed = gates.judge(facts, terms, {**answers, capability: level})
        at, kind = walk({**states, layer: changed.state}.items())
        if (at, kind) != now:
            yield Swing(
                reasons=(facts.reason("R-STA", (capability,), facts.playbook.gate[layer].sources),),
                capability=capability,
                start=facts.situation.levels.get(capability),
                to=level,
                layer=at if kind in ("gate", "next_stage") else None,
                kind=kind,
            )


def whatif(playbook: Playbook, situation: Situation, changes: Mapping[str, Answer]) -> Difference:
    """What opens, closes, appears and disappears when some capabilities are answered differently.

    Raises KeyError with the id of a capability that the playbook does not know.
    """
    for each in changes:
        playbook.capability[each]
    before = engine.advise(playbook, situation)
    after = engine.advise(playbook, situation.with_levels(changes))
    facts = see(playbook, situation)
    return Difference(
        reasons=(facts.reason("R-DIF", tuple(changes)),),
        before=before,
        after=after,
        gates_opened=_new(_open(before), _open(after)),
        gates_closed=_new(_open(after), _open(before)),
        bottleneck_moved=(before.bottleneck.layer, before.bottleneck.kind)
        != (after.bottleneck.layer, after.bottleneck.kind),
        pitfalls_gone=_new(_pitfalls(after), _pitfalls(before)),
        pitfalls_new=_new(_pitfalls(before), _pitfalls(after)),
        moves_gone=_new(_moves(after), _moves(before)),
        moves_new=_new(_moves(before), _moves(after)),
    )


def _new(before: list[str], after: list[str]) -> tuple[str, ...]:
    return tuple(each for each in after if each not in before)


def _open(advice: Advice) -> list[str]:
    return [layer for layer, gate in advice.gates.items() if gate.effective == "open"]


def _pitfalls(advice: Advice) -> list[str]:
    return [each.id for each in advice.pitfalls]


def _moves(advice: Advice) -> list[str]:
    return [move.code for stage in advice.roadmap for move in stage.moves]
