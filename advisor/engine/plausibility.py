"""Where the answers do not fit together: contradictions (R-CON), quiet gaps (R-QUI), missing support (R-DEP)."""

from collections.abc import Mapping

from advisor.engine.advice import Contradiction, GateResult, Implausible, QuietGap
from advisor.engine.facts import Facts


def contradictions(facts: Facts, gates: Mapping[str, GateResult]) -> tuple[Contradiction, ...]:
    """Layers described as sound although a symptom of theirs is red."""
    return tuple(
        Contradiction(
            reasons=(facts.reason("R-CON", (*facts.asked[layer], *red)),),
            layer=layer,
            signals=red,
        )
        for layer, gate in gates.items()
        if gate.state == "open" and (red := facts.red_signals(layer))
    )


def quiet_gaps(facts: Facts, gates: Mapping[str, GateResult]) -> tuple[QuietGap, ...]:
    """Layers whose gate is closed although both symptoms are green."""
    return tuple(
        QuietGap(reasons=(facts.reason("R-QUI", (*gate.failing, *facts.signals_of(layer))),), layer=layer)
        for layer, gate in gates.items()
        if gate.state in ("closed", "near")
        and all(facts.bands.get(each) == "green" for each in facts.signals_of(layer))
    )


def implausible(facts: Facts) -> tuple[Implausible, ...]:
    """Levels reported without the level that would have to carry them, in the order of the dependencies."""
    levels = facts.levels
    found = []
    for edge in facts.playbook.dependencies:
        reported = levels.get(edge.before)
        support = levels.get(edge.needs)
        if reported is None or support is None or reported < edge.level or support >= edge.at_least:
            continue
        reason = facts.reason("R-DEP", (edge.before, edge.needs), (), edge.reason)
        found.append(
            Implausible(
                reasons=(reason,),
                capability=edge.before,
                level=reported,
                needs=edge.needs,
                at_least=edge.at_least,
            )
        )
    return tuple(found)
