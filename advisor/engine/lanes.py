"""The lanes beside the main one (R-LANE): prepare the next layer, protect what is live, hold what would do harm."""

from collections.abc import Mapping
from dataclasses import replace

from advisor.engine.advice import Bottleneck, GateResult, Hold, Move, PitfallFound, Stage
from advisor.engine.asking import DATAOPS, DEVOPS, LIVE_STATUSES, MLOPS
from advisor.engine.facts import Facts
from advisor.engine.gates import STEADY
from advisor.engine.initiatives import (
    AUTOMATED,
    GOVERN,
    INVENTORY,
    MONITOR,
    VALIDATE,
    Plan,
    baseline_of,
    needs,
)

HOLDS: Mapping[str, str] = {
    "premature_mlops": "hold_new_models_until_dataops_gate",
    "blind_retraining": "pause_automatic_retraining_or_add_data_checks",
}
"""The pitfalls that, where critical, ask to stop something, and what to stop."""


def preparation(
    facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck, roadmap: tuple[Stage, ...]
) -> tuple[Move, ...]:
    """At most one early piece of work on the next layer while the bottleneck's gate is nearly open (R-LANE-2)."""
    situation = facts.situation
    if bottleneck.layer is None or gates[bottleneck.layer].state != "near":
        return ()
    if situation.data_team != "team" and situation.sourcing not in ("hybrid", "external"):
        return ()
    next_layer = facts.layers[facts.layers.index(bottleneck.layer) + 1 :][:1]
    last_wave = facts.playbook.figures.preparation_wave.value
    for move in [move for stage in roadmap if stage.layer in next_layer for move in stage.moves]:
        needed = needs(facts.playbook)[move.initiative, move.phase]
        if move.wave <= last_wave and all(facts.holds(each.capability, each.level) for each in needed):
            asked = ("c_data_team", "c_sourcing", *(each.capability for each in needed))
            return (replace(move, reasons=(facts.reason("R-LANE-2", asked), *move.reasons)),)
    return ()


def protection(facts: Facts, bottleneck: Bottleneck) -> tuple[Move, ...]:
    """The first steps that duty of care asks for at once, whatever the sequence says (R-LANE-3)."""
    wanted = (
        _care_for_models(facts)
        if bottleneck.layer != MLOPS and bottleneck.kind in ("gate", "undetermined")
        else {}
    )
    red = facts.red_signals(DATAOPS)
    if bottleneck.layer == DEVOPS and red:
        wanted[baseline_of(facts, DATAOPS).id] = red
    return tuple(
        Plan(facts.playbook.initiative[initiative], "protection")
        .because(facts, "R-LANE-3", questions)
        .move(facts)
        for initiative, questions in wanted.items()
    )


def _care_for_models(facts: Facts) -> dict[str, tuple[str, ...]]:
    """What live models need at once, each with the answers that say so."""
    if facts.status not in LIVE_STATUSES:
        return {}
    wanted: dict[str, tuple[str, ...]] = {}
    unlisted = facts.missing("ml_reg", STEADY)
    if unlisted:
        wanted[INVENTORY] = ("c_models", "ml_reg")
    if facts.missing("ml_mon", STEADY):
        wanted[MONITOR] = ("c_models", "ml_mon")
    if facts.situation.regulated:
        if facts.missing("ml_val", STEADY):
            wanted[VALIDATE] = ("c_regulated", "c_models", "ml_val")
        elif not unlisted and (facts.missing("ml_reg", AUTOMATED) or facts.missing("ml_val", AUTOMATED)):
            wanted[GOVERN] = ("c_regulated", "c_models", "ml_reg", "ml_val")
    return wanted


def holds(facts: Facts, pitfalls: tuple[PitfallFound, ...]) -> tuple[Hold, ...]:
    """What to stop until a gate opens (R-LANE-4)."""
    return tuple(
        Hold(
            reasons=(facts.reason("R-LANE-4", [used.question for used in each.reasons[0].answers]),), id=hold
        )
        for pitfall, hold in HOLDS.items()
        for each in pitfalls
        if each.id == pitfall and each.severity == "critical"
    )
