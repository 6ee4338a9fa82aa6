"""Whether each gate is open (R-GATE): minimum levels, balance, and three-valued logic for what nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.engine.advice import Balance, EffectiveState, GateResult, GateState, Reason
from advisor.engine.asking import MLOPS
from advisor.engine.facts import Facts
from advisor.engine.playbook import Gate
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN, Answer

TOP_LEVEL = 4
STEADY = 2
"""The level a first phase delivers."""

ROUNDING = 1e-9
"""Averages of levels are sums of thirds and sixths: compare them with this tolerance."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a gate asks of this organisation: the variant, the minimum levels and the balance condition in force."""

    variant: str
    minima: Mapping[str, int]
    average: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A gate's own state and what decides it."""

    state: GateState
    balance: Balance
    failing: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: int
    mean: float | None


def terms_of(facts: Facts, layer: str) -> Terms:
    """The conditions of a layer's gate, with its variants for size, supervision, quick check and a single model."""
    gate = facts.playbook.gate[layer]
    situation = facts.situation
    light = gate.light if layer == MLOPS and facts.status == "light" else None
    average: float | None = None
    if situation.mode == "quick":
        variant, minima = ("quick_light", light.quick) if light else ("quick", gate.quick)
    elif light:
        variant = "light"
        minima = {**light.minima, **light.regulated} if situation.regulated else light.minima
    else:
        variant, minima, average = "standard", gate.minima, gate.average
        if situation.regulated:
            minima = {**minima, **gate.regulated}
        elif situation.size == "xs":
            minima, average = {**minima, **gate.small}, gate.small_average
    in_use = {each: level for each, level in minima.items() if facts.answers.get(each) is not NOT_APPLICABLE}
    return Terms(variant, in_use, average)


def judge(facts: Facts, terms: Terms, answers: Mapping[str, Answer]) -> Verdict:
    """The gate's own state from the answers of its layer (all capabilities asked of it)."""
    levels = [each for each in answers.values() if isinstance(each, int)]
    unknowns = sum(1 for each in answers.values() if each is UNKNOWN)
    failing, unknown, missing = [], [], 0
    for capability, minimum in terms.minima.items():
        answer = answers.get(capability, UNKNOWN)
        if answer is UNKNOWN:
            unknown.append(capability)
        elif isinstance(answer, int) and answer < minimum:
            failing.append(capability)
            missing += minimum - answer
    mean = sum(levels) / len(levels) if levels else None
    balance, gap = _balance(terms.average, levels, unknowns)
    state: GateState
    if failing or balance == "fail":
        figures = facts.playbook.figures
        nearly = (
            not unknown
            and missing <= figures.near_levels.value
            and gap <= figures.near_average.value + ROUNDING
        )
        state = "near" if nearly else "closed"
    elif unknown or balance == "unknown":
        state = "undetermined"
    else:
        state = "open"
    return Verdict(state, balance, tuple(sorted(failing)), tuple(sorted(unknown)), missing, mean)


def _balance(average: float | None, levels: list[int], unknowns: int) -> tuple[Balance, float]:
    """The balance condition and how much of the average is missing at best."""
    count = len(levels) + unknowns
    if average is None or not count:
        return "none", 0.0
    lowest, highest = sum(levels) / count, (sum(levels) + TOP_LEVEL * unknowns) / count
    if highest < average - ROUNDING:
        return "fail", average - highest
    if lowest >= average - ROUNDING:
        return "pass", 0.0
    return "unknown", 0.0


def answers_of(facts: Facts, layer: str) -> dict[str, Answer]:
    """The answers to all capabilities asked of a layer."""
    return {each: facts.answers[each] for each in facts.asked[layer]}


def _lifts(terms: Terms, verdict: Verdict) -> dict[str, int]:
    """What initiatives make of the capabilities below their minimum; they deliver level 2 or 3, never 1 (R-ORD-1)."""
    return {each: max(STEADY, level) for each, level in terms.minima.items() if each in verdict.failing}


def _balancing(terms: Terms, answers: Mapping[str, Answer], lifts: Mapping[str, int]) -> dict[str, int]:
    """What is raised beyond that, lowest first, until the average holds; nothing while anything is unknown (R-ORD-2)."""
    added: dict[str, int] = {}
    levels = {each: lifts.get(each, level) for each, level in answers.items() if isinstance(level, int)}
    if terms.average is None or any(each is UNKNOWN for each in answers.values()):
        return added
    while levels and sum(levels.values()) < terms.average * len(levels) - ROUNDING:
        lowest = min(levels, key=lambda each: levels[each])
        levels[lowest] = added[lowest] = max(STEADY, levels[lowest] + 1)
    return added


def evaluate(facts: Facts) -> dict[str, GateResult]:
    """Every gate that exists for this organisation, from the ground up."""
    results: dict[str, GateResult] = {}
    below: GateResult | None = None
    for layer in facts.layers:
        result = _evaluate_one(facts, layer, below)
        results[layer] = result
        if below is None and result.state != "open":
            below = result
    return results


def _evaluate_one(facts: Facts, layer: str, below: GateResult | None) -> GateResult:
    """One gate; ``below`` is the lowest gate that is not open, if any lies below this one."""
    gate = facts.playbook.gate[layer]
    terms = terms_of(facts, layer)
    if layer == MLOPS and facts.status == "planned":
        verdict = Verdict("not_started", "none", (), (), 0, None)
        lifts, balancing = dict.fromkeys(gate.minima, STEADY), {}
    else:
        answers = answers_of(facts, layer)
        verdict = judge(facts, terms, answers)
        lifts = _lifts(terms, verdict)
        balancing = {} if verdict.state == "open" else _balancing(terms, answers, lifts)
    effective: EffectiveState = "blocked" if below else verdict.state
    return GateResult(
        reasons=_reasons(facts, terms, verdict, gate, below),
        layer=layer,
        state=verdict.state,
        effective=effective,
        variant=terms.variant,  # type: ignore[arg-type]  # the four variants of GateResult
        minima=terms.minima,
        average=terms.average,
        mean=verdict.mean,
        balance=verdict.balance,
        failing=verdict.failing,
        unknown=verdict.unknown,
        missing=verdict.missing,
        lifts=lifts,
        balancing=balancing,
        provisional=facts.situation.mode == "quick" and verdict.state != "not_started",
    )


def _reasons(
    facts: Facts, terms: Terms, verdict: Verdict, gate: Gate, below: GateResult | None
) -> tuple[Reason, ...]:
    layer = gate.layer
    if verdict.state == "not_started":
        found = [facts.reason("R-APP-4", ("c_models", "c_ml_plans"), gate.sources)]
    else:
        deciding = verdict.failing or verdict.unknown or tuple(terms.minima)
        found = [facts.reason("R-GATE-1", deciding, gate.sources, gate.why)]
        if verdict.balance != "none":
            found.append(facts.reason("R-GATE-2", facts.asked[layer], gate.sources))
        if verdict.state in ("near", "undetermined"):
            uncertain = verdict.failing + verdict.unknown or facts.asked[layer]
            found.append(facts.reason("R-GATE-3", uncertain, gate.sources))
        if (variant := _variant_questions(facts, terms)) or len(terms.minima) < len(gate.minima):
            not_applicable = [each for each in facts.asked[layer] if facts.answers[each] is NOT_APPLICABLE]
            found.append(facts.reason("R-GATE-5", (*variant, *not_applicable), gate.sources))
    if below:
        found.append(
            facts.reason("R-GATE-4", below.failing + below.unknown or facts.asked[below.layer], gate.sources)
        )
    return tuple(found)


def _variant_questions(facts: Facts, terms: Terms) -> tuple[str, ...]:
    """The context answers that made this gate differ from the standard one."""
    questions: tuple[str, ...] = ("c_models",) if "light" in terms.variant else ()
    if facts.situation.mode == "full" and facts.situation.regulated:
        questions += ("c_regulated",)
    elif terms.variant == "standard" and facts.situation.size == "xs":
        questions += ("c_size",)
    return questions
