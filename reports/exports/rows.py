"""The plan as rows, one a move: what every export that lists the moves is made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from advisor.engine.advice import Move, Stage, Tranche
from advisor.engine.gates import STEADY
from advisor.engine.initiatives import AUTOMATED, deliverers, needs
from advisor.engine.playbook import Range
from reports.presenter.lexicon import Lexicon
from reports.presenter.money import stage_name
from reports.presenter.parts import LayerTag
from reports.presenter.plan import planned
from reports.presenter.sections import PlannedMove, Risk
from reports.telling import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A move with its words as on the page and its figures as calculated.

    ``effort`` is in person-weeks and None without a known size, ``lead`` in weeks. ``start_week`` and ``end_week`` are
    those of its stage, counted from today, None where they are not known.
    """

    code: str
    stage: int | None
    """As decided; what was left out has the one it was calculated for. None for what stands beside the stages."""
    stage_name: str
    """ "Stage 2", or "Put off"; empty beside the stages."""
    layer: LayerTag
    when: str
    """ "Now", "Next", "Later, MLOps", as in the columns of the page; may be empty."""
    words: PlannedMove
    risk: str
    effort: Range | None
    lead: Range
    start_week: float | None
    end_week: float | None
    depends: tuple[str, ...]
    """The codes of moves in this plan that deliver what this one needs."""
    lanes: tuple[str, ...]
    """The lanes that begin it early: "Duty of care"."""
    counts: bool
    """Its effort is part of the total; what only a lane holds is not, since just a beginning is made, nor what is left out."""


def plan_rows(report: Report) -> tuple[PlanRow, ...]:
    """Every move of the report once: what is ahead of the stages, then stage by stage, then what only a lane holds."""
    placed = _placed(report)
    codes = {move.code for _, move in placed}
    return tuple(_row(report, stage, move, codes) for stage, move in placed)


def _placed(report: Report) -> tuple[tuple[Stage | None, Move], ...]:
    advice = report.advice
    staged = {move.code: (stage, move) for stage in report.decided.roadmap for move in stage.moves}
    left_out = {
        move.code: (stage, move)
        for stage in advice.roadmap
        for move in stage.moves
        if move.code not in staged
    }
    staged |= left_out
    ahead = {each.move.code: (None, each.move) for each in advice.first_moves if each.move.code not in staged}
    lanes = (*advice.prep_lane, *advice.protect_lane)
    beside = {each.code: (None, each) for each in lanes if each.code not in staged and each.code not in ahead}
    return (*ahead.values(), *staged.values(), *beside.values())


def _row(report: Report, stage: Stage | None, move: Move, codes: set[str]) -> PlanRow:
    tranche = _tranche(report, move.code)
    lexicon = Lexicon(report.playbook, report.situation, offers=report.offers)
    words = _words(report).get(move.code) or planned(lexicon, move)
    return PlanRow(
        code=move.code,
        stage=stage.stage if stage else None,
        stage_name=stage_name(stage) if stage else "",
        layer=lexicon.tags[move.layer],
        when=_when(report, move.code),
        words=words,
        risk=report.playbook.initiative[move.initiative].risk,
        effort=move.effort,
        lead=move.lead,
        start_week=tranche.start_week if tranche else None,
        end_week=tranche.end_week if tranche else None,
        depends=tuple(each for each in _needed(report, move) if each in codes),
        lanes=tuple(
            lane.title
            for lane in (report.page.roadmap.lanes if report.page.roadmap else ())
            if any(each.code == move.code for each in lane.moves)
        ),
        counts=not words.left_out
        and (stage is not None or any(each.move.code == move.code for each in report.advice.first_moves)),
    )


def _tranche(report: Report, code: str) -> Tranche | None:
    """The part of the budget that holds a move, as it was decided; None for what belongs to no stage."""
    budget = report.decided.budget
    number = next(
        (stage.stage for stage in report.decided.roadmap if any(each.code == code for each in stage.moves)),
        None,
    )
    return next((each for each in budget.tranches if each.stage == number), None) if budget else None


def _words(report: Report) -> dict[str, PlannedMove]:
    """The moves as the page words them."""
    roadmap = report.page.roadmap
    if roadmap is None:
        return {}
    lanes = [move for lane in roadmap.lanes for move in lane.moves]
    return {each.code: each for each in (*lanes, *roadmap.planned)}


def _when(report: Report, code: str) -> str:
    columns = report.page.roadmap.columns if report.page.roadmap else ()
    return next((each.kicker for each in columns if any(move.code == code for move in each.moves)), "")


def _needed(report: Report, move: Move) -> Iterator[str]:
    """The first phase of the move itself, and whatever delivers what it needs."""
    if move.phase == "B":
        yield move.initiative
    delivers = deliverers(report.playbook)
    for step in needs(report.playbook)[move.initiative, move.phase]:
        found = delivers.get((step.capability, STEADY if step.level <= STEADY else AUTOMATED))
        if found:
            initiative, phase = found
            code = f"{initiative.id}:B" if phase == "B" else initiative.id
            if code != move.code:
                yield code


def risk_line(risk: Risk) -> str:
    """An order that does not hold, and why it is accepted."""
    if not risk.reason:
        return " ".join(risk.says)
    return gettext("Accepted risk: %(says)s Accepted because: %(reason)s") % {
        "says": " ".join(risk.says),
        "reason": risk.reason,
    }
