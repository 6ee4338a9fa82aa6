"""What a pitfall's condition means: the fixed grammar of the playbook and the named predicates behind it.

A condition that holds answers with the ids of the questions that made it hold, so that a finding can quote them;
one that does not hold answers None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisor.engine.advice import Bottleneck, GateResult, Implausible, Stage
from advisor.engine.asking import LIVE_STATUSES, MLOPS
from advisor.engine.facts import Facts
from advisor.engine.gates import ROUNDING
from advisor.engine.playbook import Condition

type Evidence = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is known when pitfalls are looked for."""

    facts: Facts
    gates: Mapping[str, GateResult]
    bottleneck: Bottleneck
    implausible: tuple[Implausible, ...]
    roadmap: tuple[Stage, ...]


def holds(condition: Condition, picture: Picture) -> Evidence:
    """The questions whose answers make ``condition`` hold, or None."""
    levels = picture.facts.levels
    if condition.at_least is not None:
        met = all(levels.get(each, -1) >= level for each, level in condition.at_least.items())
        return tuple(condition.at_least) if met else None
    if condition.at_most is not None:
        met = all(each in levels and levels[each] <= level for each, level in condition.at_most.items())
        return tuple(condition.at_most) if met else None
    if condition.all is not None:
        parts: list[str] = []
        for each in condition.all:
            evidence = holds(each, picture)
            if evidence is None:
                return None
            parts.extend(evidence)
        return tuple(dict.fromkeys(parts))
    if condition.any is not None:
        found = [evidence for each in condition.any if (evidence := holds(each, picture)) is not None]
        return tuple(dict.fromkeys(question for each in found for question in each)) if found else None
    return PREDICATES[condition.predicate or ""](picture)


def _when(met: bool, *questions: str) -> Evidence:
    return questions if met else None


def mlops_active(picture: Picture) -> Evidence:
    return _when(picture.facts.status == "active", "c_models")


def models_live(picture: Picture) -> Evidence:
    return _when(picture.facts.status in LIVE_STATUSES, "c_models")


def mlops_in_play(picture: Picture) -> Evidence:
    """Models live or committed, or models named as the constraint while they are not ruled out."""
    facts = picture.facts
    if facts.status in ("active", "light", "planned"):
        return ("c_models", "c_ml_plans") if facts.status == "planned" else ("c_models",)
    return _when(facts.situation.stated == MLOPS and facts.status != "not_applicable", "stated")


def tool_bought(picture: Picture) -> Evidence:
    return _when(bool(picture.facts.situation.tools), "c_tools")


def data_bi_tool(picture: Picture) -> Evidence:
    return _when("data_bi" in (picture.facts.situation.tools or ()), "c_tools")


def ml_tool(picture: Picture) -> Evidence:
    return _when("ml" in (picture.facts.situation.tools or ()), "c_tools")


def regulated(picture: Picture) -> Evidence:
    return _when(bool(picture.facts.situation.regulated), "c_regulated")


def size_medium_or_large(picture: Picture) -> Evidence:
    return _when(picture.facts.situation.size in ("m", "l"), "c_size")


def key_person(picture: Picture) -> Evidence:
    return _when(picture.facts.situation.key_person == "yes", "c_key_person")


def sourcing_external(picture: Picture) -> Evidence:
    return _when(picture.facts.situation.sourcing == "external", "c_sourcing")


def at_most_one_model(picture: Picture) -> Evidence:
    return _when(picture.facts.situation.models in ("0", "1"), "c_models")


def six_or_more_models(picture: Picture) -> Evidence:
    return _when(picture.facts.situation.models in ("6_20", "21plus"), "c_models")


def sig_check_red(picture: Picture) -> Evidence:
    return _when(picture.facts.bands.get("sig_check") == "red", "sig_check")


def sig_trust_red(picture: Picture) -> Evidence:
    return _when(picture.facts.bands.get("sig_trust") == "red", "sig_trust")


def cross_edge_violated(picture: Picture) -> Evidence:
    """A level reported in one layer without the level of a lower layer that would have to carry it."""
    layer_of = picture.facts.playbook.capability
    crossing = [
        each for each in picture.implausible if layer_of[each.capability].layer != layer_of[each.needs].layer
    ]
    return tuple(dict.fromkeys(end for each in crossing for end in (each.capability, each.needs))) or None


def upper_average_ahead(picture: Picture) -> Evidence:
    """An upper layer's average clearly ahead of a lower layer's that is not open."""
    lead = picture.facts.playbook.figures.inverted_average.value - ROUNDING
    results = list(picture.gates.values())
    questions: list[str] = []
    for place, lower in enumerate(results):
        for upper in results[place + 1 :]:
            if lower.state == "open" or lower.mean is None or upper.mean is None:
                continue
            if upper.mean - lower.mean >= lead:
                questions += [*picture.facts.asked[lower.layer], *picture.facts.asked[upper.layer]]
    return tuple(dict.fromkeys(questions)) or None


def effort_exceeds_capacity(picture: Picture) -> Evidence:
    """Even the lower estimate of all stages needs more person-weeks than there are within the horizon."""
    situation = picture.facts.situation
    efforts = [stage.effort for stage in picture.roadmap]
    if not efforts or None in efforts or situation.capacity_fte is None or situation.horizon_months is None:
        return None
    needed = sum(effort.low for effort in efforts if effort)
    weeks = situation.horizon_months * picture.facts.playbook.figures.weeks_per_month.value
    return _when(needed > situation.capacity_fte * weeks, "c_size", "c_capacity_fte", "c_horizon_months")


def coverage_blind(picture: Picture) -> Evidence:
    """So few answers are known that a plan would rest on opinion."""
    facts = picture.facts
    blind = facts.coverage <= facts.playbook.figures.blind_coverage.value + ROUNDING
    return _when(blind, *(each for each in facts.answers if facts.missing(each, 0)))


def bottleneck_signals_unknown(picture: Picture) -> Evidence:
    """Full assessment only: nobody knows either symptom of the bottleneck, although both were asked."""
    facts, layer = picture.facts, picture.bottleneck.layer
    if facts.situation.mode != "full" or layer is None or not facts.asked[layer]:
        return None
    signals = facts.signals_of(layer)
    return _when(all(facts.situation.signals.get(each, "unknown") == "unknown" for each in signals), *signals)


PREDICATES: Mapping[str, Callable[[Picture], Evidence]] = {
    each.__name__: each
    for each in (
        mlops_active,
        models_live,
        mlops_in_play,
        tool_bought,
        data_bi_tool,
        ml_tool,
        regulated,
        size_medium_or_large,
        key_person,
        sourcing_external,
        at_most_one_model,
        six_or_more_models,
        sig_check_red,
        sig_trust_red,
        cross_edge_violated,
        upper_average_ahead,
        effort_exceeds_capacity,
        coverage_blind,
        bottleneck_signals_unknown,
    )
}
"""The names a playbook may use, and what they mean."""
