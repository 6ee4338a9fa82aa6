"""What holds up what (R-DEP): the levels that are wanted, or reported, and the support from below that they lack."""

from collections.abc import Mapping

from advisor.engine.advice import Blocking, Bottleneck, GateResult, Stage
from advisor.engine.facts import Facts
from advisor.engine.playbook import Dependency
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN


def blocking(
    facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck, roadmap: tuple[Stage, ...]
) -> tuple[Blocking, ...]:
    """The dependencies that matter here: those whose lower end is missing or not known, in the order of the house.

    A dependency counts where a gate or the roadmap wants its upper end at that level, or where that level is reported.
    """
    wanted = _wanted(gates, roadmap)
    planned = {each.capability for stage in roadmap for move in stage.moves for each in move.raises}
    pressing = planned | {each.capability for each in bottleneck.deciding}
    order = {each.id: place for place, each in enumerate(facts.playbook.capabilities)}
    found = (_found(facts, edge, wanted, pressing) for edge in facts.playbook.dependencies)
    return tuple(sorted(filter(None, found), key=lambda each: (order[each.lower], order[each.upper])))


def _wanted(gates: Mapping[str, GateResult], roadmap: tuple[Stage, ...]) -> dict[str, int]:
    """The level at which each capability is wanted: by its gate, or because the roadmap raises it further."""
    wanted: dict[str, int] = {}
    raised = [(each.capability, each.to) for stage in roadmap for move in stage.moves for each in move.raises]
    for capability, level in [pair for gate in gates.values() for pair in gate.minima.items()] + raised:
        wanted[capability] = max(level, wanted.get(capability, 0))
    return wanted


def _found(facts: Facts, edge: Dependency, wanted: Mapping[str, int], pressing: set[str]) -> Blocking | None:
    support = facts.answers.get(edge.needs)
    if support is None or support is NOT_APPLICABLE or facts.holds(edge.needs, edge.at_least):
        return None
    if facts.answers.get(edge.before) is NOT_APPLICABLE:
        return None
    reported = facts.holds(edge.before, edge.level)
    known = support is not UNKNOWN
    if reported and not known:  # nothing is known to be missing, and nothing waits
        return None
    if not reported and wanted.get(edge.before, 0) < edge.level:
        return None
    return Blocking(
        reasons=(facts.reason("R-DEP", (edge.needs, edge.before), (), edge.reason),),
        lower=edge.needs,
        at_least=edge.at_least,
        upper=edge.before,
        level=edge.level,
        kind="reported" if reported else "missing" if known else "unknown",
        pressing=edge.needs in pressing,
    )
