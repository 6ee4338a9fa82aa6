"""The rules: a situation goes in, advice comes out. Pure: no clock, no file, no setting, standard library only."""

from advisor.engine import (
    blocking,
    budget,
    confidence,
    first,
    gates,
    lanes,
    pitfalls,
    plausibility,
    roadmap,
    standing,
)
from advisor.engine import bottleneck as bottlenecks
from advisor.engine.advice import Advice
from advisor.engine.conditions import Picture
from advisor.engine.facts import see
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation
from advisor.engine.whatif import stability, whatif

__all__ = ["advise", "stability", "whatif"]


def advise(playbook: Playbook, situation: Situation) -> Advice:
    """Apply all rules of an edition to a situation; ``docs/how-advice-is-made.md`` tells them in the same order."""
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
        applicability=standing.applicability(facts),
        gates=results,
        standings=standing.standings(facts, results, stages),
        bands=facts.bands,
        bottleneck=bottleneck,
        agreement=agreement,
        contradictions=contradictions,
        quiet_gaps=plausibility.quiet_gaps(facts, results),
        implausible=implausible,
        blocking=blocking.blocking(facts, results, bottleneck, stages),
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
