"""Which initiatives, in which order, in which stages (R-ORD), and the three lanes beside the main one (R-LANE)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from advisor.engine import gates as gate_rules
from advisor.engine.advice import (
    Agreement,
    Bottleneck,
    Contradiction,
    FirstMove,
    GateResult,
    Hold,
    Move,
    MoveCause,
    PitfallFound,
    Raise,
    Reason,
    Stage,
)
from advisor.engine.asking import DATAOPS, DEVOPS, LIVE_STATUSES, MLOPS
from advisor.engine.facts import Facts
from advisor.engine.playbook import Initiative, Playbook, Range, Step
from advisor.engine.situation import UNKNOWN

PHASE_B = 3
"""The level that a second phase delivers."""

INVENTORY, MONITOR, VALIDATE, GOVERN = "ml_i_inventory", "ml_i_monitor", "ml_i_validate", "ml_i_govern"
PAVED_ROAD, SHARED_FEATURES = "dv_i_paved", "ml_i_features"
HOLD_NEW_MODELS = "hold_new_models_until_dataops_gate"
PAUSE_RETRAINING = "pause_automatic_retraining_or_add_data_checks"


@dataclass(slots=True)
class _Plan:
    """An initiative on its way into a stage: why it was chosen, and what it lifts."""

    initiative: Initiative
    phase: str
    cause: MoveCause
    gap: int = 0
    raises: dict[str, Raise] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def code(self) -> str:
        return f"{self.initiative.id}:B" if self.phase == "B" else self.initiative.id


@lru_cache(maxsize=16)
def deliverers(playbook: Playbook) -> dict[tuple[str, int], tuple[Initiative, str]]:
    """Which initiative, in which phase, delivers a level of a capability."""
    found: dict[tuple[str, int], tuple[Initiative, str]] = {}
    for each in playbook.initiatives:
        for step in each.raises:
            found[step.capability, step.level] = (each, "A")
            if each.phase_b and step.level < PHASE_B:
                found[step.capability, PHASE_B] = (each, "B")
    return found


@lru_cache(maxsize=16)
def _catalogue(playbook: Playbook) -> dict[str, int]:
    return {each.id: place for place, each in enumerate(playbook.initiatives)}


def needs_of(playbook: Playbook, initiative: Initiative, phase: str) -> tuple[Step, ...]:
    """What has to hold before an initiative starts; for phase B the dependencies of level 3."""
    return _needs(playbook).get((initiative.id, phase), ())


@lru_cache(maxsize=16)
def _needs(playbook: Playbook) -> dict[tuple[str, str], tuple[Step, ...]]:
    found = {(each.id, "A"): each.needs for each in playbook.initiatives}
    delivers = deliverers(playbook)
    for each in playbook.initiatives:
        if each.phase_b:
            raised = {step.capability for step in each.raises}
            found[each.id, "B"] = tuple(
                Step(capability=edge.needs, level=edge.at_least, by=delivers[edge.needs, max(2, edge.at_least)][0].id)
                for edge in playbook.dependencies
                if edge.before in raised and edge.level == PHASE_B
            )
    return found


def stages(facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck) -> tuple[Stage, ...]:
    """The layers that are not open, in sequence, each with its moves in order."""
    if bottleneck.kind == "none":
        return ()
    wanted = ("undetermined",) if bottleneck.kind == "undetermined" else ("closed", "near", "undetermined", "not_started")
    found: list[Stage] = []
    for layer, gate in gates.items():
        if gate.state in wanted:
            found.append(_stage(facts, len(found) + 1, gate))
    return tuple(found)


def _stage(facts: Facts, number: int, gate: GateResult) -> Stage:
    plans = _select(facts, gate)
    baseline = _baseline_of(facts, gate.layer)
    first = baseline.id if _needs_baseline(gate) else None
    if first and first not in plans:
        plans[first] = _Plan(baseline, "A", "baseline")
        _note(facts, plans[first], "R-ORD-4", gate.unknown)
    order = _catalogue(facts.playbook)
    later = int(facts.playbook.figures.phase_b_waves.value)

    def place(plan: _Plan) -> tuple[bool, int, int, int]:
        wave = plan.initiative.wave + (later if plan.phase == "B" else 0)
        return plan.code != first, wave, -plan.gap, order[plan.initiative.id]

    moves = tuple(_move(facts, plan, later) for plan in sorted(plans.values(), key=place))
    effort = _sum([each.effort for each in moves])
    lead = _lead_chain(moves)
    weeks, planned = _weeks(facts, effort, lead)
    questions = ("c_size", "c_capacity_fte")
    return Stage(
        reasons=(facts.reason("R-LANE-1"), facts.reason("R-ORD-5"), facts.reason("R-ORD-8", questions)),
        stage=number,
        layer=gate.layer,
        moves=moves,
        effort=effort,
        lead_weeks=lead,
        weeks=weeks,
        planned_weeks=planned,
    )


def _needs_baseline(gate: GateResult) -> bool:
    return bool(gate.unknown) or gate.balance == "unknown"


def _baseline_of(facts: Facts, layer: str) -> Initiative:
    """What finds out where a layer stands. The top layer has no baseline of its own: a list, else a comparison."""
    if layer == MLOPS:
        return facts.playbook.initiative[MONITOR if facts.holds("ml_reg", gate_rules.STEADY) else INVENTORY]
    return next(each for each in facts.playbook.initiatives if each.baseline and each.layer == layer)


def _note(facts: Facts, plan: _Plan, rule: str, questions: tuple[str, ...], says: str = "") -> None:
    plan.reasons.append(facts.reason(rule, questions, plan.initiative.sources, says))


def _select(facts: Facts, gate: GateResult) -> dict[str, _Plan]:
    """Steps 1 to 3: below the minimum, added for the balance, and prerequisites inside the layer."""
    plans: dict[str, _Plan] = {}
    if gate.state == "not_started":
        for capability, minimum in facts.playbook.gate[gate.layer].minima.items():
            _raise(facts, plans, capability, 0, gate_rules.STEADY, minimum, "first_stage")
        return plans
    terms = gate_rules.terms_of(facts, gate.layer)
    below, added = gate_rules.targets(facts, terms, gate_rules.answers_of(facts, gate.layer))
    for capability, target in below.items():
        _raise(facts, plans, capability, facts.levels[capability], target, terms.minima[capability], "below_minimum")
    for capability, target in added.items():
        _raise(facts, plans, capability, below.get(capability, facts.levels[capability]), target, None, "balance")
    waiting = list(plans.values())
    for plan in waiting:
        waiting.extend(_add_prerequisites(facts, plans, plan))
    return plans


def _raise(
    facts: Facts,
    plans: dict[str, _Plan],
    capability: str,
    start: int,
    target: int,
    minimum: int | None,
    cause: MoveCause,
) -> None:
    """Plan the initiatives that lift a capability from ``start`` to ``target``, one for each level delivered."""
    delivers = deliverers(facts.playbook)
    for level in (gate_rules.STEADY, PHASE_B):
        if not start < level <= target:
            continue
        initiative, phase = delivers[capability, level]
        gap = 1 if minimum is None else minimum - (start if level == gate_rules.STEADY else max(start, gate_rules.STEADY))
        rule = {"below_minimum": "R-ORD-1", "balance": "R-ORD-2", "first_stage": "R-APP-4"}[cause]
        plan = _plan(plans, initiative, phase, cause)
        plan.gap = max(plan.gap, gap)
        from_level = start if level == gate_rules.STEADY else max(start, gate_rules.STEADY)
        plan.raises.setdefault(capability, Raise(capability, from_level, level))
        _note(facts, plan, rule, ("c_ml_plans",) if cause == "first_stage" else (capability,))


def _plan(plans: dict[str, _Plan], initiative: Initiative, phase: str, cause: MoveCause) -> _Plan:
    plan = _Plan(initiative, phase, cause)
    return plans.setdefault(plan.code, plan)


def _add_prerequisites(facts: Facts, plans: dict[str, _Plan], plan: _Plan) -> list[_Plan]:
    """Plan what ``plan`` needs inside its own layer and is known to be missing; return what is new."""
    new = []
    for step in needs_of(facts.playbook, plan.initiative, plan.phase):
        level = facts.levels.get(step.capability)
        if level is None or level >= step.level or facts.playbook.capability[step.capability].layer != plan.initiative.layer:
            continue
        for delivered in (gate_rules.STEADY, PHASE_B):
            if not level < delivered <= max(step.level, gate_rules.STEADY):
                continue
            initiative, phase = deliverers(facts.playbook)[step.capability, delivered]
            fresh = _Plan(initiative, phase, "prerequisite").code not in plans
            needed = _plan(plans, initiative, phase, "prerequisite")
            if needed.cause == "prerequisite":
                needed.gap = max(needed.gap, step.level - level)
            start = max(level, gate_rules.STEADY) if delivered == PHASE_B else level
            needed.raises.setdefault(step.capability, Raise(step.capability, start, delivered))
            _note(facts, needed, "R-ORD-3", (step.capability,), plan.initiative.title)
            if fresh:
                new.append(needed)
    return new


def _move(facts: Facts, plan: _Plan, later: int = 0) -> Move:
    second = plan.phase == "B"
    return Move(
        reasons=tuple(plan.reasons),
        code=plan.code,
        initiative=plan.initiative.id,
        phase="B" if second else "A",
        layer=plan.initiative.layer,
        cause=plan.cause,
        wave=plan.initiative.wave + (later if second else 0),
        raises=tuple(plan.raises.values()),
        effort=_effort(facts, plan.initiative, second),
        lead=plan.initiative.lead_weeks,
    )


def _effort(facts: Facts, initiative: Initiative, second: bool) -> Range | None:
    effort = initiative.effort.get(facts.situation.size)  # type: ignore[call-overload]  # None is simply not there
    if effort is None or not second:
        return effort
    factor = facts.playbook.figures.phase_b_effort.value
    return Range(low=effort.low * factor, high=effort.high * factor)


def _sum(efforts: list[Range | None]) -> Range | None:
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


def weekly_capacity(facts: Facts) -> float | None:
    """Person-weeks a week that reach the plan."""
    people = facts.situation.capacity_fte
    return people * facts.playbook.figures.capacity_use.value if people else None


def _weeks(facts: Facts, effort: Range | None, lead: Range) -> tuple[Range | None, float | None]:
    weekly = weekly_capacity(facts)
    if effort is None or weekly is None:
        return None, None
    middle = (effort.low + effort.high) / 2
    span = Range(low=max(effort.low / weekly, lead.low), high=max(effort.high / weekly, lead.high))
    return span, max(middle / weekly, lead.high)


def preparation(
    facts: Facts, gates: Mapping[str, GateResult], bottleneck: Bottleneck, roadmap: tuple[Stage, ...]
) -> tuple[Move, ...]:
    """At most one early piece of work on the next layer while the bottleneck's gate is nearly open (R-LANE-2)."""
    situation = facts.situation
    if bottleneck.kind != "gate" or bottleneck.layer is None or gates[bottleneck.layer].state != "near":
        return ()
    if situation.data_team != "team" and situation.sourcing not in ("hybrid", "external"):
        return ()
    layers = facts.layers
    above = layers[layers.index(bottleneck.layer) + 1 :][:1]
    last_wave = facts.playbook.figures.preparation_wave.value
    for stage in roadmap:
        if stage.layer not in above:
            continue
        for move in stage.moves:
            needs = needs_of(facts.playbook, facts.playbook.initiative[move.initiative], move.phase)
            if move.wave <= last_wave and all(facts.holds(each.capability, each.level) for each in needs):
                asked = ("c_data_team", "c_sourcing", *(each.capability for each in needs))
                return (_with_reason(move, facts.reason("R-LANE-2", asked)),)
    return ()


def _with_reason(move: Move, reason: Reason) -> Move:
    return Move(
        reasons=(reason, *move.reasons),
        code=move.code,
        initiative=move.initiative,
        phase=move.phase,
        layer=move.layer,
        cause=move.cause,
        wave=move.wave,
        raises=move.raises,
        effort=move.effort,
        lead=move.lead,
    )


def protection(facts: Facts, bottleneck: Bottleneck) -> tuple[Move, ...]:
    """The first steps that duty of care asks for at once, whatever the sequence says (R-LANE-3)."""
    wanted: list[tuple[str, tuple[str, ...]]] = []
    if facts.status in LIVE_STATUSES and bottleneck.layer != MLOPS and bottleneck.kind in ("gate", "undetermined"):
        unlisted = facts.missing("ml_reg", 2)
        if unlisted:
            wanted.append((INVENTORY, ("c_models", "ml_reg")))
        if facts.missing("ml_mon", 2):
            wanted.append((MONITOR, ("c_models", "ml_mon")))
        if facts.situation.regulated and facts.missing("ml_val", 2):
            wanted.append((VALIDATE, ("c_regulated", "c_models", "ml_val")))
        elif facts.situation.regulated and not unlisted and (facts.missing("ml_reg", 3) or facts.missing("ml_val", 3)):
            wanted.append((GOVERN, ("c_regulated", "c_models", "ml_reg", "ml_val")))
    if bottleneck.layer == DEVOPS and (red := facts.red_signals(DATAOPS)):
        wanted.append((_baseline_of(facts, DATAOPS).id, red))
    moves = []
    for id, questions in wanted:
        plan = _Plan(facts.playbook.initiative[id], "A", "protection")
        _note(facts, plan, "R-LANE-3", questions)
        moves.append(_move(facts, plan))
    return tuple(moves)


def holds(facts: Facts, pitfalls: tuple[PitfallFound, ...]) -> tuple[Hold, ...]:
    """What to stop until a gate opens (R-LANE-4)."""
    found = []
    for pitfall, hold in (("premature_mlops", HOLD_NEW_MODELS), ("blind_retraining", PAUSE_RETRAINING)):
        for each in pitfalls:
            if each.id == pitfall and each.severity == "critical":
                asked = tuple(used.question for reason in each.reasons for used in reason.answers)
                found.append(Hold(reasons=(facts.reason("R-LANE-4", asked),), id=hold))
    return tuple(found)


def focus(facts: Facts, bottleneck: Bottleneck) -> tuple[str, ...]:
    """With every gate open: the capabilities worth refining, the named layer's first (R-BOT-4)."""
    if bottleneck.kind != "none":
        return ()
    figures = facts.playbook.figures
    order = list(facts.levels)
    refinable = [
        each
        for each, level in facts.levels.items()
        if level < figures.focus_level.value and not _too_large(facts, _refiner(facts, each)[0])
    ]
    stated = facts.situation.stated
    capability = facts.playbook.capability
    refinable.sort(key=lambda each: (capability[each].layer != stated, facts.levels[each], order.index(each)))
    return tuple(refinable[: int(figures.focus_capabilities.value)])


def _refiner(facts: Facts, capability: str) -> tuple[Initiative, str]:
    """What raises a capability by its next step: to level 2 if it is below, else to level 3."""
    level = gate_rules.STEADY if facts.levels[capability] < gate_rules.STEADY else PHASE_B
    return deliverers(facts.playbook)[capability, level]


def _too_large(facts: Facts, initiative: Initiative) -> bool:
    """A delivery platform is too much for a handful of people, shared features for a single model (R-ORD-7)."""
    if initiative.id == PAVED_ROAD:
        return facts.situation.size == "xs"
    return initiative.id == SHARED_FEATURES and facts.status == "light"


def first_moves(
    facts: Facts,
    bottleneck: Bottleneck,
    agreement: Agreement,
    contradictions: tuple[Contradiction, ...],
    roadmap: tuple[Stage, ...],
    prepared: tuple[Move, ...],
    focused: tuple[str, ...],
) -> tuple[FirstMove, ...]:
    """The first moves, three at most, never reaching into a later stage (R-ORD-7)."""
    found: list[FirstMove] = []
    if bottleneck.kind == "none":
        found += [_baseline_move(facts, each.layer, each.signals) for each in contradictions]
        found += [_focus_move(facts, each) for each in focused]
    elif bottleneck.kind == "undetermined":
        found += [_first(facts, stage.moves[0], "baseline") for stage in roadmap]
    else:
        if agreement.code == "stated_layer_sound" and agreement.stated:
            found.append(_baseline_move(facts, agreement.stated, ("stated",)))
        found += [_first(facts, move, "main") for move in roadmap[0].moves]
        found += [_first(facts, move, "preparation") for move in prepared]
    unique = {each.move.code: each for each in reversed(found)}
    ordered = [unique.pop(each.move.code) for each in found if each.move.code in unique]
    return tuple(ordered[: int(facts.playbook.figures.first_moves.value)])


def _first(facts: Facts, move: Move, role: str) -> FirstMove:
    asked = tuple(each.capability for each in move.raises)
    return FirstMove(reasons=(facts.reason("R-ORD-7", asked),), move=move, role=role)  # type: ignore[arg-type]


def _baseline_move(facts: Facts, layer: str, questions: tuple[str, ...]) -> FirstMove:
    plan = _Plan(_baseline_of(facts, layer), "A", "baseline")
    _note(facts, plan, "R-CON" if questions != ("stated",) else "R-AGR", questions)
    return FirstMove(reasons=(facts.reason("R-ORD-7", questions),), move=_move(facts, plan), role="baseline")


def _focus_move(facts: Facts, capability: str) -> FirstMove:
    initiative, phase = _refiner(facts, capability)
    plan = _Plan(initiative, phase, "focus")
    start = facts.levels[capability]
    plan.raises[capability] = Raise(capability, start, gate_rules.STEADY if start < gate_rules.STEADY else PHASE_B)
    _note(facts, plan, "R-BOT-4", (capability,))
    later = int(facts.playbook.figures.phase_b_waves.value)
    return FirstMove(reasons=(facts.reason("R-ORD-7", (capability,)),), move=_move(facts, plan, later), role="focus")


def is_unknown(facts: Facts, capability: str) -> bool:
    return facts.answers.get(capability) is UNKNOWN
