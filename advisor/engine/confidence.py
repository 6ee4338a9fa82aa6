"""How far the result can be trusted (R-CONF) and which answers to bring next time (R-HOME)."""

from collections.abc import Mapping

from advisor.engine.advice import (
    Bottleneck,
    Confidence,
    Contradiction,
    Doubt,
    GateResult,
    Homework,
    Implausible,
)
from advisor.engine.asking import MLOPS
from advisor.engine.facts import Facts
from advisor.engine.gates import ROUNDING
from advisor.engine.playbook import ConfidenceName
from advisor.engine.situation import UNKNOWN

_ORDER: tuple[ConfidenceName, ...] = ("low", "medium", "high")


def judge(
    facts: Facts,
    bottleneck: Bottleneck,
    contradictions: tuple[Contradiction, ...],
    implausible: tuple[Implausible, ...],
) -> Confidence:
    """Start at high; every doubt only lowers."""
    figures = facts.playbook.figures
    situation = facts.situation
    full = situation.mode == "full"
    doubts: list[Doubt] = []

    def doubt(code: str, rule: str, questions: tuple[str, ...], detail: tuple[str, ...] = ()) -> None:
        cap = facts.playbook.confidence_rule[code].cap
        doubts.append(Doubt(reasons=(facts.reason(rule, questions),), code=code, cap=cap, detail=detail))

    open_questions = tuple(each for each, answer in facts.answers.items() if answer is UNKNOWN)
    if not full:
        doubt("quick_mode", "R-CONF-1", ())
    if facts.coverage < figures.coverage_low.value - ROUNDING:
        doubt("coverage_below_60", "R-CONF-2", open_questions)
    elif facts.coverage < figures.coverage_medium.value - ROUNDING:
        doubt("coverage_below_90", "R-CONF-2", open_questions)
    if bottleneck.kind == "undetermined":
        doubt("bottleneck_undetermined", "R-CONF-3", open_questions)
    if contradictions:
        signals = tuple(signal for each in contradictions for signal in each.signals)
        doubt("signals_contradict", "R-CONF-4", signals, tuple(each.layer for each in contradictions))
    if full and len(set(situation.roles or ())) < figures.roles_wanted.value:
        doubt("single_perspective", "R-CONF-5", ("c_roles",))
    if len(implausible) >= figures.implausible_cap.value:
        pairs = dict.fromkeys(end for each in implausible for end in (each.capability, each.needs))
        doubt("implausible_combinations", "R-CONF-6", tuple(pairs))
    level = min((each.cap for each in doubts), key=_ORDER.index, default="high")
    rules = ("R-CONF-1",) if not full else ("R-CONF-2",)
    asked = ("c_roles",) if full else ()
    return Confidence(
        reasons=tuple(facts.reason(rule, asked) for rule in rules),
        level=level,  # type: ignore[arg-type]  # min() widens the literal
        doubts=tuple(doubts),
    )


def homework(facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck) -> tuple[Homework, ...]:
    """The questions to take home, those with the most influence on the result first."""
    playbook = facts.playbook
    carried_by: dict[str, int] = {}
    for edge in playbook.dependencies:
        carried_by[edge.needs] = carried_by.get(edge.needs, 0) + 1
    places = {layer.id: place for place, layer in enumerate(playbook.layers)}
    found = []
    for capability in playbook.capabilities:
        layer = capability.layer
        if layer not in gates or gates[layer].state == "not_started":
            continue
        answer = facts.answers.get(capability.id)
        if capability.id in facts.answers and answer is not UNKNOWN:
            continue
        given = capability.id in facts.situation.levels
        asked = capability.id in facts.answers
        weight = 100 * (asked and capability.id in gates[layer].unknown) + 50 * (layer == bottleneck.at)
        weight += 10 * (len(places) - places[layer]) + carried_by.get(capability.id, 0)
        found.append(
            Homework(
                reasons=(facts.reason("R-HOME", (capability.id,), capability.sources, capability.matters),),
                question=capability.id,
                layer=layer,
                kind="unknown" if asked and given else "open" if asked else "not_asked",
                weight=weight,
            )
        )
    if facts.situation.mode == "full":
        for signal in playbook.signals:
            given_signal = facts.situation.signals.get(signal.id)
            if signal.layer not in gates or (signal.layer == MLOPS and not facts.asked[MLOPS]):
                continue
            if given_signal not in (None, "unknown"):
                continue
            found.append(
                Homework(
                    reasons=(facts.reason("R-HOME", (signal.id,), signal.sources),),
                    question=signal.id,
                    layer=signal.layer,
                    kind="open" if given_signal is None else "unknown",
                    weight=5 * (signal.layer == bottleneck.at) + len(places) - places[signal.layer],
                )
            )
    return tuple(sorted(found, key=lambda each: -each.weight))
