"""The rules: a situation goes in, advice comes out. Pure: no clock, no file, no setting, standard library only."""

from advisor.engine import bottleneck as bottlenecks
from advisor.engine import budget, confidence, first, gates, lanes, pitfalls, plausibility, roadmap
from advisor.engine.advice import Advice, Applicability, GateResult, Stage, Standing
from advisor.engine.asking import DATAOPS, DEVOPS, MLOPS
from advisor.engine.conditions import Picture
from advisor.engine.facts import Facts, see
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation
from advisor.engine.whatif import stability, whatif

__all__ = ["advise", "stability", "whatif"]


def advise(playbook: Playbook, situation: Situation) -> Advice:
    """Apply all rules of an edition to a situation, in the order of ``advisor.engine.rules.RULES``."""
    facts = see(playbook, situation)
    results = gates.evaluate(facts)
    bottleneck = bottlenecks.find(facts, results)
    agreement = bottlenecks.compare(facts, bottleneck)
    contradictions = plausibility.contradictions(facts, results)
    implausible = plausibility.implausible(facts)
    stages = roadmap.stages(facts, results, bottleneck)
    prepared = lanes.preparation(facts, results, bottleneck, stages)
    focused = first.focus(facts, bottleneck)
    found = pitfalls.find(Picture(facts, results, bottleneck, implausible, stages))
    moves = first.first_moves(
        facts,
        bottleneck,
        agreement=agreement,
        contradictions=contradictions,
        roadmap=stages,
        prepared=prepared,
        focused=focused,
    )
    return Advice(
        edition=playbook.edition,
        mode=situation.mode,
        mlops_status=facts.status,
        applicability=_applicability(facts),
        gates=results,
        standings=_standings(facts, results, stages),
        bands=facts.bands,
        bottleneck=bottleneck,
        agreement=agreement,
        contradictions=contradictions,
        quiet_gaps=plausibility.quiet_gaps(facts, results),
        implausible=implausible,
        coverage=facts.coverage,
        confidence=confidence.judge(facts, bottleneck, contradictions, implausible),
        roadmap=stages,
        first_moves=moves,
        optimise_focus=focused,
        prep_lane=prepared,
        protect_lane=lanes.protection(facts, bottleneck),
        holds=lanes.holds(facts, found),
        pitfalls=found,
        homework=confidence.homework(facts, results, bottleneck),
        budget=budget.plan(facts, bottleneck, stages, moves),
    )


_STATUS_RULES = {
    "not_applicable": "R-APP-2",
    "watch": "R-APP-3",
    "planned": "R-APP-4",
    "light": "R-APP-5",
    "active": "R-APP-6",
    "undetermined": "R-APP-7",
}


def _applicability(facts: Facts) -> tuple[Applicability, ...]:
    always = facts.reason("R-APP-1")
    data = (
        (always, facts.reason("R-APP-8", ("c_data_team",)))
        if facts.situation.data_team == "none"
        else (always,)
    )
    questions = ("c_models", "c_ml_plans") if facts.situation.models == "0" else ("c_models",)
    models = (facts.reason(_STATUS_RULES[facts.status], questions),)
    return (
        Applicability(reasons=(always,), layer=DEVOPS, status="applies"),
        Applicability(reasons=data, layer=DATAOPS, status="applies"),
        Applicability(reasons=models, layer=MLOPS, status=facts.status),
    )


def _standings(
    facts: Facts, results: dict[str, GateResult], stages: tuple[Stage, ...]
) -> tuple[Standing, ...]:
    planned: dict[str, int] = {}
    for stage in stages:
        for move in stage.moves:
            for each in move.raises:
                planned[each.capability] = max(planned.get(each.capability, 0), each.to)
    found = []
    for capability in facts.playbook.capabilities:
        gate = results.get(capability.layer)
        asked = capability.id in facts.answers
        found.append(
            Standing(
                reasons=(
                    facts.reason("R-GATE-1" if asked else "R-APP-1", (capability.id,), capability.sources),
                ),
                capability=capability.id,
                asked=asked,
                answer=facts.situation.levels.get(capability.id) if asked else None,
                minimum=gate.minima.get(capability.id) if gate else None,
                planned=planned.get(capability.id),
            )
        )
    return tuple(found)
