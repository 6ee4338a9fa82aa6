"""Stages and budget of the plan as somebody decided it, in place of the calculated ones (R-PLAN)."""

from collections.abc import Iterator
from dataclasses import replace

from advisor.engine import budget
from advisor.engine.advice import Advice, Stage
from advisor.engine.facts import Facts, see
from advisor.engine.ownplan import Item, OwnPlan
from advisor.engine.playbook import Playbook
from advisor.engine.roadmap import timed
from advisor.engine.situation import Situation

SECOND = 2
"""From the second stage on, work waits for a gate."""


def decided(playbook: Playbook, situation: Situation, advice: Advice, own: OwnPlan) -> Advice:
    """The advice with stages, lanes, and budget as decided; ``advice`` itself where every move stands as calculated.

    What is left out costs nothing. What was brought forward out of a later stage belongs to the first one. What was put off
    comes after everything else, as a stage of its own. A stage without moves is left out; the others keep their numbers.
    """
    moved = {item.move.code: item for item in own.items if item.moved}
    if not moved:
        return advice
    facts = see(playbook, situation)
    stages = tuple(_stages(facts, advice, own))
    left = tuple(each for each in advice.first_moves if not _out(moved.get(each.move.code)))
    layers = tuple(stage.layer for stage in advice.roadmap)
    return replace(
        advice,
        roadmap=stages,
        prep_lane=tuple(each for each in advice.prep_lane if each.code not in moved),
        budget=budget.plan(facts, advice.bottleneck, stages, left, layers),
    )


def _out(item: Item | None) -> bool:
    return item is not None and item.slot == "dropped"


def _brought_forward(item: Item) -> bool:
    return item.calculated == "later" and item.slot in ("now", "next")


def _put_off(item: Item) -> bool:
    """Out of the first stage, or a move beside it; what belongs to a later stage anyway just starts with it."""
    return item.moved and item.slot == "later" and item.stage < SECOND


def _stages(facts: Facts, advice: Advice, own: OwnPlan) -> Iterator[Stage]:
    gone = {item.move.code for item in own.items if _out(item) or _put_off(item) or _brought_forward(item)}
    forward = tuple(item.move for item in own.items if _brought_forward(item))
    for number, stage in enumerate(advice.roadmap, start=1):
        kept = tuple(each for each in stage.moves if each.code not in gone)
        moves = (*kept, *forward) if number == 1 else kept
        if moves == stage.moves:
            yield stage
        elif moves:
            yield timed(facts, moves, stage.stage, stage.layer, reasons=stage.reasons)
    if off := tuple(item.move for item in own.items if _put_off(item)):
        number = len(advice.roadmap) + 1
        yield timed(facts, off, number, off[0].layer, reasons=own.reasons, put_off=True)
