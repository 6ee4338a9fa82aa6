"""What the plan costs, floor by floor: released now, or held until the gate below opens (R-BUD)."""

from typing import Literal

from advisor.engine.advice import Bottleneck, Budget, FirstMove, Reason, Stage, Tranche
from advisor.engine.facts import Facts
from advisor.engine.playbook import Range
from advisor.engine.roadmap import weekly_capacity

DAYS_PER_WEEK = 5
"""Working days in a person-week."""

ASSUMPTIONS = (
    "capacity_use",
    "weeks_per_month",
    "parallel_small",
    "parallel_medium",
    "protection_share",
    "phase_b_effort",
)


def plan(
    facts: Facts, bottleneck: Bottleneck, roadmap: tuple[Stage, ...], first_moves: tuple[FirstMove, ...]
) -> Budget | None:
    """The sequential budget; None where nothing is planned or the size, and with it the effort, is unknown.

    Only the first stage is released; where no bottleneck can be named, all there is are baselines, and nothing waits.
    """
    efforts = [stage.effort for stage in roadmap]
    if not roadmap or None in efforts:
        return None
    situation = facts.situation
    figures = facts.playbook.figures
    rate = situation.day_rate
    horizon = situation.horizon_months * figures.weeks_per_month.value if situation.horizon_months else None
    reason = facts.reason("R-BUD", ("c_size", "c_capacity_fte", "c_horizon_months"))
    tranches: list[Tranche] = []
    start: float | None = 0.0
    for stage in roadmap:
        if stage.effort is None:
            continue
        end = start + stage.planned_weeks if start is not None and stage.planned_weeks is not None else None
        gate = (
            roadmap[stage.stage - 2].layer if stage.stage > 1 and bottleneck.kind != "undetermined" else None
        )
        tranches.append(
            _tranche(reason, stage, held_until=gate, rate=rate, weeks=(start, end), horizon=horizon)
        )
        start = end
    planned = {move.code for stage in roadmap for move in stage.moves}
    extra = [
        each.move.effort for each in first_moves if each.role == "baseline" and each.move.code not in planned
    ]
    baseline = extra[0] if extra else None
    released = _total([each.effort for each in tranches if each.released] + [each for each in extra if each])
    held = _total([each.effort for each in tranches if not each.released])
    weekly = weekly_capacity(facts)
    return Budget(
        reasons=(reason, facts.reason("R-ORD-8", ("c_size", "c_capacity_fte"))),
        tranches=tuple(tranches),
        baseline=baseline,
        released=released,
        held=held,
        released_money=_money(released, rate),
        held_money=_money(held, rate),
        weekly=weekly,
        parallel=_parallel(facts),
        horizon_weeks=horizon,
        protection_weekly=weekly * figures.protection_share.value if weekly else None,
        affordable=_affordable(_money(released, rate), situation.budget),
        assumptions=ASSUMPTIONS,
    )


def _tranche(
    reason: Reason,
    stage: Stage,
    *,
    held_until: str | None,
    rate: float | None,
    weeks: tuple[float | None, float | None],
    horizon: float | None,
) -> Tranche:
    start, end = weeks
    effort = stage.effort or Range(low=0, high=0)
    return Tranche(
        reasons=(reason,),
        stage=stage.stage,
        layer=stage.layer,
        effort=effort,
        mid=(effort.low + effort.high) / 2,
        money=_money(effort, rate),
        released=held_until is None,
        held_until=held_until,
        start_week=start,
        end_week=end,
        inside_horizon=end <= horizon if end is not None and horizon is not None else None,
    )


def _total(efforts: list[Range]) -> Range:
    return Range(low=sum(each.low for each in efforts), high=sum(each.high for each in efforts))


def _money(effort: Range, rate: float | None) -> Range | None:
    if rate is None:
        return None
    return Range(low=effort.low * DAYS_PER_WEEK * rate, high=effort.high * DAYS_PER_WEEK * rate)


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
