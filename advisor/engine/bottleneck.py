"""Which layer holds the organisation back (R-BOT), and how that compares with what was named (R-AGR)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisor.engine.advice import (
    Agreement,
    AgreementCode,
    Bottleneck,
    BottleneckKind,
    Deciding,
    GateResult,
    Link,
)
from advisor.engine.asking import MLOPS
from advisor.engine.facts import Facts
from advisor.engine.playbook import Dependency, Playbook


def walk(states: Iterable[tuple[str, str]]) -> tuple[str | None, BottleneckKind]:
    """The first layer that is not open and what kind of bottleneck that makes, from (layer, own state) pairs."""
    for layer, state in states:
        if state in ("closed", "near"):
            return layer, "gate"
        if state == "undetermined":
            return layer, "undetermined"
        if state == "not_started":
            return layer, "next_stage"
    return None, "none"


def find(facts: Facts, gates: Mapping[str, GateResult]) -> Bottleneck:
    """The bottleneck, or why none is named, with the answers that decide."""
    at, kind = walk((layer, gate.state) for layer, gate in gates.items())
    layer = at if kind in ("gate", "next_stage") else None
    if kind == "gate" and at:
        deciding = _deciding(facts, gates[at])
        gate = gates[at]
        reason = facts.reason("R-BOT-1", gate.failing or tuple(each.capability for each in deciding))
    elif kind == "undetermined" and at:
        deciding, reason = (), facts.reason("R-BOT-2", gates[at].unknown)
    elif kind == "next_stage":
        deciding, reason = (), facts.reason("R-BOT-3", ("c_models", "c_ml_plans"))
    else:
        deciding, reason = (), facts.reason("R-BOT-4", tuple(facts.answers))
    return Bottleneck(reasons=(reason,), layer=layer, kind=kind, at=at, deciding=deciding)


def _deciding(facts: Facts, gate: GateResult) -> tuple[Deciding, ...]:
    most = int(facts.playbook.figures.deciding_answers.value)
    asked = facts.asked[gate.layer]
    if gate.failing:
        failing = [each for each in asked if each in gate.failing]
        gaps = {each: gate.minima[each] - facts.levels[each] for each in failing}
        chosen = sorted(failing, key=lambda each: -gaps[each])[:most]
        rule = "R-BOT-5"
    else:
        lowest = min(facts.levels[each] for each in asked if each in facts.levels)
        chosen = [each for each in asked if facts.levels.get(each) == lowest][:most]
        rule = "R-BOT-6"
    return tuple(
        Deciding(
            reasons=(facts.reason(rule, (each,), facts.playbook.capability[each].sources),),
            capability=each,
            level=facts.levels[each],
            minimum=gate.minima.get(each) if gate.failing else None,
        )
        for each in chosen
    )


def compare(facts: Facts, bottleneck: Bottleneck) -> Agreement:
    """What was named as the constraint against what the answers show."""
    stated = facts.situation.stated
    code = _code(facts, bottleneck)
    chain: tuple[Link, ...] = ()
    if code == "foundation_below" and stated and bottleneck.layer:
        chain = _chain(facts, [each.capability for each in bottleneck.deciding], stated)
    deciding = tuple(each.capability for each in bottleneck.deciding)
    asked = ("stated", "c_models") if code == "stated_not_applicable" else ("stated",)
    return Agreement(
        reasons=(facts.reason("R-AGR", asked + deciding),),
        code=code,
        stated=stated,
        measured=bottleneck.layer,
        chain=chain,
    )


def _code(facts: Facts, bottleneck: Bottleneck) -> AgreementCode:
    stated = facts.situation.stated
    if stated == MLOPS and facts.situation.models == "0":
        return "stated_not_applicable"
    if stated is None or stated == "unsure":
        return "unsure"
    if bottleneck.kind == "undetermined":
        return "undetermined"
    if bottleneck.layer is None:
        return "no_structural_bottleneck"
    if stated == bottleneck.layer:
        return "agree"
    order = [each.id for each in facts.playbook.layers]
    return "foundation_below" if order.index(stated) > order.index(bottleneck.layer) else "stated_layer_sound"


def _chain(facts: Facts, start: list[str], stated: str) -> tuple[Link, ...]:
    """The shortest chain of dependencies from one of ``start`` up to the layer that was named, if there is one."""
    carries = _carries(facts.playbook)
    capability = facts.playbook.capability
    reached: list[tuple[str, tuple[Dependency, ...]]] = [(each, ()) for each in start]
    seen = set(start)
    for at, links in reached:
        for edge in carries.get(at, ()):
            if edge.before in seen:
                continue
            longer = (*links, edge)
            if capability[edge.before].layer == stated:
                return tuple(_link(facts, each) for each in longer)
            seen.add(edge.before)
            reached.append((edge.before, longer))
    return ()


def _link(facts: Facts, edge: Dependency) -> Link:
    reason = facts.reason("R-DEP", (edge.needs,), (), edge.reason)
    return Link(reasons=(reason,), lower=edge.needs, upper=edge.before, level=edge.level)


@lru_cache(maxsize=16)
def _carries(playbook: Playbook) -> dict[str, tuple[Dependency, ...]]:
    """The dependencies by the capability that carries them."""
    found: dict[str, tuple[Dependency, ...]] = {}
    for edge in playbook.dependencies:
        found[edge.needs] = (*found.get(edge.needs, ()), edge)
    return found
