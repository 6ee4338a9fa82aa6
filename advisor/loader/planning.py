"""Whether a plan can be made from an edition: who delivers which level, what can never start, what waits for itself."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from advisor.engine.asking import DATAOPS, DEVOPS, MLOPS
from advisor.engine.initiatives import INVENTORY, MONITOR
from advisor.engine.playbook import LEVELS, Initiative, Playbook
from advisor.loader.shape import Draft

LAYERS = (DEVOPS, DATAOPS, MLOPS)
"""The layers that the rules know, from the ground up."""

DELIVERED = (2, 3)
"""The levels that initiatives deliver: a first phase level 2; a second phase, or an initiative of its own, level 3."""


def _complete(draft: Draft, playbook: Playbook) -> bool:
    """Whether all initiatives are understood, so that what none of them does is really done by none."""
    names = ("id", "layer", "baseline", "raises", "phase_b")
    steps = [step for each in playbook.initiatives for step in each.raises]
    return not (
        draft.unread
        or any(draft.spoilt(each, *names) for each in playbook.initiatives)
        or any(draft.spoilt(each, "capability", "level") for each in steps)
    )


def _raised(each: Initiative) -> list[tuple[str, int]]:
    """The capabilities and levels that an initiative delivers, phase B included."""
    first = [(step.capability, step.level) for step in each.raises]
    return first + [(capability, 3) for capability, level in first if each.phase_b and level < 3]


def _deliverers(playbook: Playbook) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for each in playbook.initiatives:
        for raised in _raised(each):
            found.setdefault(raised, each.id)
    return found


def deliveries(draft: Draft, playbook: Playbook) -> None:
    """Levels 2 and 3 of every capability are delivered by exactly one initiative, and each initiative delivers some."""
    delivered = _deliverers(playbook)
    for each in playbook.initiatives:
        _reachable(draft, each, delivered)
    if _complete(draft, playbook):
        for capability in playbook.capabilities:
            for level in (level for level in DELIVERED if (capability.id, level) not in delivered):
                found = f'level {level} of "{capability.id}" is delivered by no initiative'
                draft.wrong(capability, "id", found=found, allowed="exactly one")


def _reachable(draft: Draft, each: Initiative, delivered: Mapping[tuple[str, int], str]) -> None:
    lost = f'"{each.id}" cannot be reached'
    if each.baseline and each.raises:
        draft.wrong(
            each, "raises", found="a baseline that raises a level", allowed="baseline or raises, not both"
        )
    if not each.baseline and not each.raises and not draft.spoilt(each, "raises", "baseline"):
        draft.wrong(each, found=f"{lost}: it raises nothing", allowed="raises, or baseline: true")
    if each.phase_b and each.raises and not any(step.level == 2 for step in each.raises):
        draft.wrong(
            each,
            "phase_b",
            found="a phase B without a first phase",
            allowed="phase_b after raising to level 2",
        )
    for step in each.raises:
        if step.level not in DELIVERED:
            draft.wrong(step, "level", found=f"{lost}: it raises to level {step.level}", allowed="2, 3")
        for level in (step.level, 3) if each.phase_b and step.level < 3 else (step.level,):
            if (first := delivered[step.capability, level]) != each.id:
                found = f'{lost}: "{first}" already delivers level {level} of "{step.capability}"'
                draft.wrong(step, found=found, allowed="one initiative for each level of a capability")


def needs(draft: Draft, playbook: Playbook) -> None:
    """What an initiative or a level waits for can be delivered, by the initiative that is named."""
    if not _complete(draft, playbook):
        return
    delivered = _deliverers(playbook)
    known = {each.id for each in playbook.capabilities}
    ids = [each.id for each in playbook.initiatives]
    for each in playbook.initiatives:
        for step in (step for step in each.needs if step.capability in known):
            what = f'level {step.level} of "{step.capability}"'
            first = delivered.get((step.capability, max(2, step.level)))
            if first is None:
                found = f'"{each.id}" can never start: no initiative delivers {what}'
                draft.wrong(step, "level", found=found, allowed="levels that an initiative delivers")
            elif step.by is None:
                draft.wrong(step, found=f'no "by" for {what}', allowed=first)
            elif step.by != first and step.by in ids:
                draft.wrong(step, "by", found=f'"{step.by}" does not deliver {what}', allowed=first)
    for edge in playbook.dependencies:
        if edge.at_least > 3 and edge.level <= 3:
            found = f'level {edge.at_least} of "{edge.needs}", which no initiative delivers'
            draft.wrong(edge, "at_least", found=found, allowed="1, 2, 3")


def baselines(draft: Draft, playbook: Playbook) -> None:
    """Each layer has one baseline; in the top layer the rules know its stand-ins by name."""
    if not _complete(draft, playbook):
        return
    for layer in (each for each in playbook.layers if each.id in LAYERS):
        own = [each for each in playbook.initiatives if each.baseline and each.layer == layer.id]
        if layer.id == MLOPS:
            allowed = f"none here: {INVENTORY} and {MONITOR} stand in"
        else:
            allowed = "exactly one"
            if not own:
                draft.wrong(layer, "id", found=f'no baseline for "{layer.id}"', allowed=allowed)
        for each in own[layer.id != MLOPS :]:
            draft.wrong(
                each, "baseline", found=f'"{each.id}" cannot be reached as a baseline', allowed=allowed
            )


def directions(draft: Draft, playbook: Playbook) -> None:
    """Work belongs to its own layer and waits for the same or a lower one: layers are built from the ground up."""
    place = {each.id: number for number, each in enumerate(playbook.layers)}
    floor = {each.id: place[each.layer] for each in playbook.capabilities if each.layer in place}
    for edge in playbook.dependencies:
        if floor.get(edge.needs, 0) > floor.get(edge.before, len(place)):
            found = f'"{edge.before}" waits for "{edge.needs}" of a higher layer'
            draft.wrong(edge, "needs", found=found, allowed="the same or a lower layer")
    for each in playbook.initiatives:
        own = place.get(each.layer, 0)
        for step in each.raises:
            if floor.get(step.capability, own) != own:
                found = f'"{step.capability}" of another layer'
                draft.wrong(step, "capability", found=found, allowed=f'capabilities of "{each.layer}"')
        for step in each.needs:
            if floor.get(step.capability, own) > own:
                found = f'"{each.id}" waits for "{step.capability}" of a higher layer'
                draft.wrong(step, "capability", found=found, allowed="the same or a lower layer")


def circles(draft: Draft, playbook: Playbook) -> None:
    """Nothing may wait for itself, neither a level of a capability nor an initiative."""
    levels: dict[tuple[str, str], Any] = {
        (f"{each.id}>={level}", f"{each.id}>={level - 1}"): None
        for each in playbook.capabilities
        for level in LEVELS[2:]
    }
    for edge in playbook.dependencies:
        levels[f"{edge.before}>={edge.level}", f"{edge.needs}>={edge.at_least}"] = edge
    _circles_in(draft, levels)
    phased = [each.id for each in playbook.initiatives if each.phase_b]
    steps: dict[tuple[str, str], Any] = {(f"{each}:B", each): None for each in phased}
    for each in playbook.initiatives:
        for step in each.needs:
            steps[each.id, f"{step.by}:B" if step.by in phased and step.level > 2 else str(step.by)] = step
    _circles_in(draft, steps)


def _circles_in(draft: Draft, edges: dict[tuple[str, str], Any]) -> None:
    """Report each circle where its last written edge is; an edge runs from what waits to what it waits for."""
    while (ring := _circle(edges)) is not None:
        written = [pair for pair in pairwise(ring) if edges[pair] is not None]
        last = max(written, key=lambda pair: draft.line_of(edges[pair]))
        start = ring.index(last[0])
        found = f"a circle: {' needs '.join(ring[start:-1] + ring[: start + 1])}"
        draft.wrong(edges.pop(last), found=found, allowed="needs that come to an end")


def _circle(edges: Iterable[tuple[str, str]]) -> list[str] | None:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for after, before in edges:
        sorter.add(after, before)
    try:
        sorter.prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return None
