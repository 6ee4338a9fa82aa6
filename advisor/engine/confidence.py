"""How far the result can be trusted (R-CONF) and which answers to bring next time (R-HOME)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from advisor.engine.advice import (
    Bottleneck,
    Confidence,
    Contradiction,
    Doubt,
    GateResult,
    Homework,
    Implausible,
)
from advisor.engine.facts import Facts
from advisor.engine.gates import ROUNDING
from advisor.engine.playbook import ConfidenceName, Playbook
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
    reasons = [facts.reason("R-CONF-2", facts.answers), facts.reason("R-CONF-5", ("c_roles",))]
    if not full:
        reasons = [facts.reason("R-CONF-1")]
    level: ConfidenceName = min((each.cap for each in doubts), key=_ORDER.index, default="high")
    return Confidence(reasons=tuple(reasons), level=level, doubts=tuple(doubts))


def homework(facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck) -> tuple[Homework, ...]:
    """The questions to take home, those with the most influence on the result first."""
    found = [*_open_capabilities(facts, gates, bottleneck), *_open_signals(facts, gates, bottleneck)]
    return tuple(sorted(found, key=lambda each: -each.weight))


def _open_capabilities(
    facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck
) -> Iterator[Homework]:
    """What decides a gate comes first, then the layer at which the walk stops, then what carries much else."""
    carries = _carries(facts.playbook)
    for capability in facts.playbook.capabilities:
        gate = gates.get(capability.layer)
        asked = capability.id in facts.answers
        if (
            gate is None
            or gate.state == "not_started"
            or facts.answers.get(capability.id, UNKNOWN) is not UNKNOWN
        ):
            continue
        weight = 100 * (capability.id in gate.unknown) + _place(facts, bottleneck, capability.layer)
        yield Homework(
            reasons=(facts.reason("R-HOME", (capability.id,), capability.sources, capability.matters),),
            question=capability.id,
            layer=capability.layer,
            kind="not_asked"
            if not asked
            else "unknown"
            if capability.id in facts.situation.levels
            else "open",
            weight=weight + carries.get(capability.id, 0),
        )


def _open_signals(
    facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck
) -> Iterator[Homework]:
    """Symptoms decide nothing, so they come after everything that does."""
    if facts.situation.mode == "quick":
        return
    for signal in facts.playbook.signals:
        given = facts.situation.signals.get(signal.id, "open")
        if signal.layer in gates and facts.asked[signal.layer] and given in ("open", "unknown"):
            yield Homework(
                reasons=(facts.reason("R-HOME", (signal.id,), signal.sources),),
                question=signal.id,
                layer=signal.layer,
                kind="open" if given == "open" else "unknown",
                weight=_place(facts, bottleneck, signal.layer) - 100,
            )


def _place(facts: Facts, bottleneck: Bottleneck, layer: str) -> int:
    """Lower layers before upper ones, and the one at which the walk stops before all."""
    order = [each.id for each in facts.playbook.layers]
    return 50 * (layer == bottleneck.at) + 10 * (len(order) - order.index(layer))


@lru_cache(maxsize=16)
def _carries(playbook: Playbook) -> dict[str, int]:
    """How many dependencies rest on each capability."""
    return dict(Counter(edge.needs for edge in playbook.dependencies))
