"""Where to begin (R-ORD-7): the first moves, three at most, or what to refine when every gate is open (R-BOT-4)."""

from collections.abc import Iterator

from advisor.engine.advice import Agreement, Bottleneck, Contradiction, FirstMove, Move, Raise, Role, Stage
from advisor.engine.facts import Facts
from advisor.engine.gates import STEADY
from advisor.engine.initiatives import AUTOMATED, PAVED_ROAD, SHARED_FEATURES, Plan, baseline_of, deliverers


def focus(facts: Facts, bottleneck: Bottleneck) -> tuple[str, ...]:
    """With every gate open: the capabilities worth refining, the named layer's first, then the lowest."""
    if bottleneck.kind != "none":
        return ()
    figures = facts.playbook.figures
    stated = facts.situation.stated
    capability = facts.playbook.capability
    refinable = [each for each, level in facts.levels.items() if level < figures.focus_level.value]
    fitting = [each for each in refinable if not _too_large(facts, each)]
    fitting.sort(key=lambda each: (capability[each].layer != stated, facts.levels[each]))
    return tuple(fitting[: int(figures.focus_capabilities.value)])


def _next_level(facts: Facts, capability: str) -> int:
    return STEADY if facts.levels[capability] < STEADY else AUTOMATED


def _too_large(facts: Facts, capability: str) -> bool:
    """A delivery platform is too much for a handful of people, shared features for a single model."""
    initiative, _ = deliverers(facts.playbook)[capability, _next_level(facts, capability)]
    if initiative.id == PAVED_ROAD:
        return facts.situation.size == "xs"
    return initiative.id == SHARED_FEATURES and facts.status == "light"


def first_moves(
    facts: Facts,
    bottleneck: Bottleneck,
    *,
    agreement: Agreement,
    contradictions: tuple[Contradiction, ...],
    roadmap: tuple[Stage, ...],
    prepared: tuple[Move, ...],
    focused: tuple[str, ...],
) -> tuple[FirstMove, ...]:
    """The first moves, never reaching into a later stage: one move that opens a gate is a good answer."""
    if bottleneck.kind == "none":
        found = [*_checks(facts, contradictions), *(_refinement(facts, each) for each in focused)]
    elif bottleneck.kind == "undetermined":
        found = [_first(facts, stage.moves[0], "baseline") for stage in roadmap]
    else:
        proof = agreement.stated if agreement.code == "stated_layer_sound" else None
        found = [_baseline(facts, proof, "R-AGR", ("stated",))] if proof else []
        found += [_first(facts, move, "main") for move in roadmap[0].moves]
        found += [_first(facts, move, "preparation") for move in prepared]
    unique: dict[str, FirstMove] = {}
    for each in found:
        unique.setdefault(each.move.code, each)
    return tuple(unique.values())[: int(facts.playbook.figures.first_moves.value)]


def _checks(facts: Facts, contradictions: tuple[Contradiction, ...]) -> Iterator[FirstMove]:
    """Baselines of layers that look sound and hurt all the same."""
    for each in contradictions:
        yield _baseline(facts, each.layer, "R-CON", each.signals)


def _first(facts: Facts, move: Move, role: Role) -> FirstMove:
    asked = tuple(each.capability for each in move.raises)
    return FirstMove(reasons=(facts.reason("R-ORD-7", asked),), move=move, role=role)


def _baseline(facts: Facts, layer: str, rule: str, questions: tuple[str, ...]) -> FirstMove:
    plan = Plan(baseline_of(facts, layer), "baseline").because(facts, rule, questions)
    return FirstMove(reasons=(facts.reason("R-ORD-7", questions),), move=plan.move(facts), role="baseline")


def _refinement(facts: Facts, capability: str) -> FirstMove:
    level = _next_level(facts, capability)
    initiative, phase = deliverers(facts.playbook)[capability, level]
    plan = Plan(initiative, "focus", phase).because(facts, "R-BOT-4", (capability,))
    plan.raises[capability] = Raise(capability, facts.levels[capability], level)
    return _first(facts, plan.move(facts), "focus")
