"""What the plan costs, floor by floor: released now, or held until the gate below opens (R-BUD)."""

from collections.abc import Iterator
from typing import Literal

from advisor.engine.advice import Bottleneck, Budget, FirstMove, Stage, Tranche
from advisor.engine.facts import Facts
from advisor.engine.playbook import Range
from advisor.engine.roadmap import weekly_capacity

ASSUMPTIONS = (
    "capacity_use",
    "weeks_per_month",
    "days_per_week",
    "parallel_small",
    "parallel_medium",
    "protection_share",
    "phase_b_effort",
)


def plan(
    facts: Facts,
    bottleneck: Bottleneck,
    roadmap: tuple[Stage, ...],
    first_moves: tuple[FirstMove, ...],
    layers: tuple[str, ...] | None = None,
) -> Budget | None:
    """The sequential budget; None where nothing is planned or the size, and with it the effort, is unknown.

    Only the first stage is released; where no bottleneck can be named, all there is are baselines, and nothing waits.
    ``layers`` are those of the calculated stages, where somebody left all of a stage out of ``roadmap``.
    """
    if not roadmap or any(stage.effort is None for stage in roadmap):
        return None
    situation = facts.situation
    figures = facts.playbook.figures
    order = layers or tuple(stage.layer for stage in roadmap)
    tranches = tuple(_tranches(facts, bottleneck, roadmap, order))
    planned = {move.code for stage in roadmap for move in stage.moves}
    beside = [each.move for each in first_moves if each.role == "baseline" and each.move.code not in planned]
    baseline = beside[0] if beside else None
    proving = baseline.effort if baseline else None
    released = _total([*(each.effort for each in tranches if each.released), *([proving] if proving else [])])
    held = _total([each.effort for each in tranches if not each.released])
    weekly = weekly_capacity(facts)
    return Budget(
        reasons=(
            facts.reason("R-BUD", ("c_size", "c_capacity_fte", "c_horizon_months")),
            facts.reason("R-ORD-8", ("c_size", "c_capacity_fte")),
        ),
        tranches=tranches,
        baseline=baseline,
        baseline_money=_money(facts, proving) if proving else None,
        released=released,
        held=held,
        released_money=_money(facts, released),
        held_money=_money(facts, held),
        weekly=weekly,
        parallel=_parallel(facts),
        horizon_weeks=_horizon(facts),
        protection_weekly=weekly * figures.protection_share.value if weekly else None,
        affordable=_affordable(_money(facts, released), situation.budget),
        assumptions=ASSUMPTIONS,
    )


def _tranches(
    facts: Facts, bottleneck: Bottleneck, roadmap: tuple[Stage, ...], layers: tuple[str, ...]
) -> Iterator[Tranche]:
    """One part for each stage. A stage waits for the gate of the one before it, except where nothing can be judged."""
    reason = facts.reason("R-BUD", ("c_size", "c_capacity_fte", "c_horizon_months"))
    horizon = _horizon(facts)
    start: float | None = 0.0
    for stage in roadmap:
        if stage.effort is None:
            continue
        place = 0 if bottleneck.kind == "undetermined" or stage.put_off else layers.index(stage.layer)
        end = start + stage.planned_weeks if start is not None and stage.planned_weeks is not None else None
        yield Tranche(
            reasons=(reason,),
            stage=stage.stage,
            layer=stage.layer,
            effort=stage.effort,
            money=_money(facts, stage.effort),
            released=not place and not stage.put_off,
            held_until=layers[place - 1] if place else None,
            start_week=start,
            end_week=end,
            inside_horizon=end <= horizon if end is not None and horizon is not None else None,
            put_off=stage.put_off,
        )
        start = end


def _horizon(facts: Facts) -> float | None:
    """The planning horizon in weeks."""
    months = facts.situation.horizon_months
    return months * facts.playbook.figures.weeks_per_month.value if months else None


def _total(efforts: list[Range]) -> Range:
    return Range(low=sum(each.low for each in efforts), high=sum(each.high for each in efforts))


def _money(facts: Facts, effort: Range) -> Range | None:
    rate = facts.situation.day_rate
    if rate is None:
        return None
    days = facts.playbook.figures.days_per_week.value
    return Range(low=effort.low * days * rate, high=effort.high * days * rate)


def _parallel(facts: Facts) -> int | None:
    """How many initiatives may run at the same time with the people there are."""
    people = facts.situation.capacity_fte
    if people is None:
        return None
    figures = facts.playbook.figures
    if people < figures.parallel_small.value:
        return 1
    return 2 if people < figures.parallel_medium.value else 3


def _affordable(money: Range | None, budget: float | None) -> Literal["yes", "partly", "no"] | None:
    if money is None or budget is None:
        return None
    if budget >= money.high:
        return "yes"
    return "partly" if budget >= money.low else "no"
