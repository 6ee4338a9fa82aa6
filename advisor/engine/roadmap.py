"""Which initiatives, in which order, in which stages (R-ORD): one layer after the other, from the ground up."""

from collections.abc import Mapping

from advisor.engine.advice import Bottleneck, GateResult, Move, MoveCause, Raise, Reason, Stage
from advisor.engine.facts import Facts
from advisor.engine.gates import STEADY
from advisor.engine.initiatives import AUTOMATED, Plan, baseline_of, catalogue, delivered, deliverers, needs
from advisor.engine.playbook import Range

_PLANNED = ("closed", "near", "undetermined", "not_started")
_RULES: Mapping[MoveCause, str] = {
    "below_minimum": "R-ORD-1",
    "balance": "R-ORD-2",
    "prerequisite": "R-ORD-3",
    "first_stage": "R-APP-4",
}


def stages(facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck) -> tuple[Stage, ...]:
    """The layers that are not open, in sequence, each with its moves in order (R-ORD-6).

    Where no bottleneck can be named yet, nothing above can be planned: only baselines of what is not known.
    """
    wanted = ("undetermined",) if bottleneck.kind == "undetermined" else _PLANNED
    in_sequence = [gate for gate in gates.values() if gate.state in wanted]
    return tuple(_stage(facts, number, gate) for number, gate in enumerate(in_sequence, start=1))


def _stage(facts: Facts, number: int, gate: GateResult) -> Stage:
    plans = _Selection(facts, gate).plans
    first = None
    if gate.unknown or gate.balance == "unknown":
        first = baseline_of(facts, gate.layer)
        plans.setdefault(first.id, Plan(first, "baseline")).because(facts, "R-ORD-4", gate.unknown)
    places = catalogue(facts.playbook)

    def place(plan: Plan) -> tuple[bool, int, int, int]:
        ahead = plan.phase == "A" and plan.initiative is first
        return not ahead, plan.wave(facts.playbook), -plan.gap, places[plan.initiative.id]

    moves = tuple(plan.move(facts) for plan in sorted(plans.values(), key=place))
    return timed(
        facts,
        moves,
        number,
        gate.layer,
        reasons=(
            facts.reason("R-LANE-1"),
            facts.reason("R-ORD-6", gate.failing + gate.unknown or facts.asked[gate.layer]),
            facts.reason("R-ORD-5", gate.failing + gate.unknown or facts.asked[gate.layer]),
            facts.reason("R-ORD-8", ("c_size", "c_capacity_fte")),
        ),
    )


def timed(
    facts: Facts,
    moves: tuple[Move, ...],
    number: int,
    layer: str,
    *,
    reasons: tuple[Reason, ...],
    put_off: bool = False,
) -> Stage:
    """These moves as one stage, with what they take together (R-ORD-8)."""
    effort = _total([each.effort for each in moves])
    lead = _lead_chain(moves)
    weeks, planned = _weeks(facts, effort, lead)
    return Stage(
        reasons=reasons,
        stage=number,
        layer=layer,
        moves=moves,
        effort=effort,
        lead_weeks=lead,
        weeks=weeks,
        planned_weeks=planned,
        put_off=put_off,
    )


class _Selection:
    """Chooses the initiatives of one layer: below the minimum, for the balance, and their prerequisites."""

    def __init__(self, facts: Facts, gate: GateResult) -> None:
        self.facts = facts
        self.plans: dict[str, Plan] = {}
        starting = gate.state == "not_started"
        minima = facts.playbook.gate[gate.layer].minima if starting else gate.minima
        for capability, target in gate.lifts.items():
            start = 0 if starting else facts.levels[capability]
            self._lift(
                capability, start, target, "first_stage" if starting else "below_minimum", minima[capability]
            )
        for capability, target in gate.balancing.items():
            start = gate.lifts.get(capability, facts.levels[capability])
            self._lift(capability, start, target, "balance", None)
        waiting = list(self.plans.values())
        for plan in waiting:
            waiting += self._prerequisites(plan)

    def _lift(self, capability: str, start: int, target: int, cause: MoveCause, minimum: int | None) -> None:
        """Choose what lifts a capability. The gap is what is missing to the minimum, 1 without one."""
        questions = ("c_ml_plans",) if cause == "first_stage" else (capability,)
        for low, high in delivered(start, target):
            plan, _ = self._plan(capability, low, high, cause)
            plan.gap = max(plan.gap, 1 if minimum is None else minimum - low)
            plan.because(self.facts, _RULES[cause], questions)

    def _plan(self, capability: str, low: int, high: int, cause: MoveCause) -> tuple[Plan, bool]:
        """The plan for one step of a capability, and whether it is new."""
        initiative, phase = deliverers(self.facts.playbook)[capability, high]
        fresh = Plan(initiative, cause, phase)
        plan = self.plans.setdefault(fresh.code, fresh)
        plan.raises.setdefault(capability, Raise(capability, low, high))
        return plan, plan is fresh

    def _prerequisites(self, plan: Plan) -> list[Plan]:
        """Choose what ``plan`` needs inside its own layer and is known to be missing; the new plans."""
        new = []
        for step in needs(self.facts.playbook)[plan.initiative.id, plan.phase]:
            level = self.facts.levels.get(step.capability)
            inside = self.facts.playbook.capability[step.capability].layer == plan.initiative.layer
            if level is None or not inside or level >= step.level:
                continue
            for low, high in delivered(level, STEADY if step.level <= STEADY else AUTOMATED):
                needed, fresh = self._plan(step.capability, low, high, "prerequisite")
                if needed.cause == "prerequisite":
                    needed.gap = max(needed.gap, step.level - level)
                needed.because(self.facts, _RULES["prerequisite"], (step.capability,), plan.initiative.title)
                new += [needed] if fresh else []
        return new


def _total(efforts: list[Range | None]) -> Range | None:
    known = [each for each in efforts if each]
    if len(known) < len(efforts):
        return None
    return Range(low=sum(each.low for each in known), high=sum(each.high for each in known))


def _lead_chain(moves: tuple[Move, ...]) -> Range:
    """Waves follow each other; inside a wave the longest lead time counts. Weeks."""
    low: dict[int, float] = {}
    high: dict[int, float] = {}
    for each in moves:
        low[each.wave] = max(low.get(each.wave, 0), each.lead.low)
        high[each.wave] = max(high.get(each.wave, 0), each.lead.high)
    return Range(low=sum(low.values()), high=sum(high.values()))


def _weeks(facts: Facts, effort: Range | None, lead: Range) -> tuple[Range | None, float | None]:
    """The duration of a stage as a range, and the value to plan with: the middle effort, the longest lead times."""
    weekly = weekly_capacity(facts)
    if effort is None or weekly is None:
        return None, None
    span = Range(low=max(effort.low / weekly, lead.low), high=max(effort.high / weekly, lead.high))
    return span, max(effort.middle / weekly, lead.high)


def weekly_capacity(facts: Facts) -> float | None:
    """Person-weeks a week that reach the plan."""
    people = facts.situation.capacity_fte
    return people * facts.playbook.figures.capacity_use.value if people else None
