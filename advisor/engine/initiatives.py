"""The catalogue of initiatives as the rules use it: who delivers which level, what each needs, what it costs here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from advisor.engine.advice import Move, MoveCause, Raise, Reason
from advisor.engine.asking import MLOPS
from advisor.engine.facts import Facts
from advisor.engine.gates import STEADY
from advisor.engine.playbook import Initiative, Playbook, Range, Step

AUTOMATED = 3
"""The level a second phase delivers."""

INVENTORY, MONITOR, VALIDATE, GOVERN = "ml_i_inventory", "ml_i_monitor", "ml_i_validate", "ml_i_govern"
PAVED_ROAD, SHARED_FEATURES = "dv_i_paved", "ml_i_features"

type Phase = Literal["A", "B"]


@lru_cache(maxsize=16)
def deliverers(playbook: Playbook) -> dict[tuple[str, int], tuple[Initiative, Phase]]:
    """Which initiative, in which phase, delivers a level of a capability."""
    found: dict[tuple[str, int], tuple[Initiative, Phase]] = {}
    for each in playbook.initiatives:
        for step in each.raises:
            found[step.capability, step.level] = (each, "A")
            if each.phase_b:
                found[step.capability, AUTOMATED] = (each, "B")
    return found


@lru_cache(maxsize=16)
def catalogue(playbook: Playbook) -> dict[str, int]:
    """The place of each initiative in the catalogue."""
    return {each.id: place for place, each in enumerate(playbook.initiatives)}


@lru_cache(maxsize=16)
def needs(playbook: Playbook) -> dict[tuple[str, Phase], tuple[Step, ...]]:
    """What has to hold before an initiative starts; for a second phase these are the dependencies of level 3."""
    found: dict[tuple[str, Phase], tuple[Step, ...]] = {}
    for each in playbook.initiatives:
        found[each.id, "A"] = each.needs
        if each.phase_b:
            raised = {step.capability for step in each.raises}
            found[each.id, "B"] = tuple(
                Step(capability=edge.needs, level=edge.at_least)
                for edge in playbook.dependencies
                if edge.before in raised and edge.level == AUTOMATED
            )
    return found


def delivered(start: int, target: int) -> Iterable[tuple[int, int]]:
    """The steps by which initiatives lift a capability from ``start`` to ``target``: pairs of levels, from and to."""
    if start < STEADY <= target:
        yield start, STEADY
    if start < AUTOMATED <= target:
        yield max(start, STEADY), AUTOMATED


def baseline_of(facts: Facts, layer: str) -> Initiative:
    """What finds out where a layer stands. The top layer has no baseline of its own: a list, else a comparison."""
    if layer == MLOPS:
        return facts.playbook.initiative[MONITOR if facts.holds("ml_reg", STEADY) else INVENTORY]
    return next(each for each in facts.playbook.initiatives if each.baseline and each.layer == layer)


@dataclass(slots=True)
class Plan:
    """An initiative on its way into the advice: why it was chosen, and what it lifts."""

    initiative: Initiative
    cause: MoveCause
    phase: Phase = "A"
    gap: int = 0
    raises: dict[str, Raise] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def code(self) -> str:
        return f"{self.initiative.id}:B" if self.phase == "B" else self.initiative.id

    def because(self, facts: Facts, rule: str, questions: Iterable[str], says: str = "") -> "Plan":
        """Add a reason."""
        self.reasons.append(facts.reason(rule, questions, self.initiative.sources, says))
        return self

    def wave(self, playbook: Playbook) -> int:
        """Its place inside the layer; a second phase comes some waves later."""
        later = int(playbook.figures.phase_b_waves.value) if self.phase == "B" else 0
        return self.initiative.wave + later

    def move(self, facts: Facts) -> Move:
        """The finished move, with what it costs an organisation of this size."""
        return Move(
            reasons=tuple(self.reasons),
            code=self.code,
            initiative=self.initiative.id,
            phase=self.phase,
            layer=self.initiative.layer,
            cause=self.cause,
            wave=self.wave(facts.playbook),
            raises=tuple(self.raises.values()),
            effort=self._effort(facts),
            lead=self.initiative.lead_weeks,
        )

    def _effort(self, facts: Facts) -> Range | None:
        second = self.initiative.phase_b if self.phase == "B" else None
        given = second.effort if second and second.effort else self.initiative.effort
        effort = next((each for size, each in given.items() if size == facts.situation.size), None)
        if effort is None or second is None or second.effort:
            return effort
        factor = facts.playbook.figures.phase_b_effort.value
        return Range(low=effort.low * factor, high=effort.high * factor)
