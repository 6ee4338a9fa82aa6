"""The whole result as JSON: what was answered, what follows from it and why; docs/result.schema.json describes it."""

import json
from typing import Any

from django.utils.translation import get_language

from advisor.engine.advice import Doubt, FirstMove, GateResult, Homework, Move, PitfallFound, Stage, Standing
from advisor.engine.playbook import Range
from advisor.engine.result import plain
from advisor.engine.situation import written
from reports.exports.rows import PlanRow, plan_rows
from reports.presenter.lexicon import Lexicon
from reports.telling import Report

type Json = dict[str, Any]

FORMAT, VERSION = "groundwork-result", 1
"""What the file calls itself. The version goes up when a field changes its meaning or goes away."""


def to_json(report: Report) -> bytes:
    """The file: UTF-8, indented, the same bytes for the same report."""
    return (json.dumps(result(report), ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def result(report: Report) -> Json:
    """The result as plain values. ``situation`` comes first among the long parts: it is what programs read back."""
    page = report.page
    return {
        "format": FORMAT,
        "version": VERSION,
        "edition": report.playbook.edition,
        "language": get_language() or "en",
        "day": page.day.isoformat(),
        "about": {"organisation": page.title, "scope": page.scope, "decision": page.decision},
        "situation": written(report.situation),
        "figures": {
            name: list(value) if isinstance(value, tuple) else value for name, value in report.own.items()
        },
        "words": _words(report),
        "advice": _advice(report),
        "rules": {each.id: {"title": each.title, "says": each.says} for each in report.playbook.rules},
        "sources": {
            each.id: {
                "title": each.title,
                "publisher": each.publisher,
                "year": each.year,
                "url": each.url,
                "read": each.mark,
            }
            for each in report.playbook.sources
        },
    }


# --- Words ------------------------------------------------------------------------------------------------------------


def _words(report: Report) -> Json:
    page = report.page
    return {
        "headline": page.headline,
        "lead": list(page.lead),
        "provisional": page.provisional,
        "named": {"title": page.agreement.named.title, "says": page.agreement.named.says},
        "shown": {"title": page.agreement.shown.title, "says": page.agreement.shown.says},
        "judged": [
            {
                "subject": row.subject,
                "about": row.about,
                "calculated": row.calculated,
                "judged": row.judged,
                "reason": row.reason,
                "by": row.by,
            }
            for row in (page.judged.rows if page.judged else ())
        ],
        "agreement": {
            "title": page.agreement.title,
            "says": page.agreement.says,
            "chain": list(page.agreement.chain),
        },
        "messages": [{"title": each.title, "lines": list(each.lines)} for each in page.messages],
        "change": [{"title": each.title, "says": each.says} for each in page.change.items],
        "answers": [
            {
                "question": row.question,
                "title": row.title,
                "asks": row.asks,
                "answer": row.answer,
                "fact": row.fact,
                "note": row.note,
            }
            for group in page.answers
            for row in group.rows
        ],
        "limits": list(page.method.limits),
        "edition": page.method.edition,
    }


# --- Advice -----------------------------------------------------------------------------------------------------------


def _advice(report: Report) -> Json:
    advice = report.advice
    lexicon = Lexicon(report.playbook, report.situation)
    return {
        "mode": advice.mode,
        "mlops_status": advice.mlops_status,
        "coverage": _number(advice.coverage),
        "applicability": [plain(each) for each in advice.applicability],
        "gates": [_gate(report, each) for each in advice.gates.values()],
        "bottleneck": plain(advice.bottleneck),
        "agreement": plain(advice.agreement),
        "levels": [_level(lexicon, each) for each in advice.standings],
        "symptoms": dict(advice.bands),
        "contradictions": [plain(each) for each in advice.contradictions],
        "quiet_gaps": [plain(each) for each in advice.quiet_gaps],
        "implausible": [plain(each) for each in advice.implausible],
        "pitfalls": [_pitfall(report, each) for each in advice.pitfalls],
        "holds": [_worded(each, report.playbook.hold[each.id]) for each in advice.holds],
        "first_moves": [_first(each) for each in advice.first_moves],
        "stages": [_stage(report, each) for each in report.decided.roadmap],
        "moves": [_move(report, each) for each in plan_rows(report)],
        "risks": [
            {"move": each.code, "says": list(each.says), "reason": each.reason}
            for each in (report.page.roadmap.risks if report.page.roadmap else ())
        ],
        "lanes": {
            "preparation": [each.code for each in advice.prep_lane],
            "protection": [each.code for each in advice.protect_lane],
        },
        "refine": list(advice.optimise_focus),
        "budget": _budget(report),
        "confidence": {
            "level": advice.confidence.level,
            "doubts": [_doubt(report, each) for each in advice.confidence.doubts],
            "reasons": plain(advice.confidence.reasons),
        },
        "homework": [_homework(lexicon, each) for each in advice.homework],
    }


def _gate(report: Report, gate: GateResult) -> Json:
    row = next(each for each in report.page.gates.rows if each.layer.id == gate.layer)
    return {
        "layer": gate.layer,
        "name": row.layer.name,
        "title": row.title,
        "decides": row.decides,
        "opens": row.opens,
        "state": gate.state,
        "effective": gate.effective,
        "variant": gate.variant,
        "provisional": gate.provisional,
        "mean": _number(gate.mean),
        "average": _number(gate.average),
        "balance": gate.balance,
        "missing": gate.missing,
        "minima": dict(gate.minima),
        "failing": list(gate.failing),
        "unknown": list(gate.unknown),
        "targets": gate.opens,
        "reasons": plain(gate.reasons),
    }


def _level(lexicon: Lexicon, standing: Standing) -> Json:
    capability = lexicon.playbook.capability[standing.capability]
    return {
        "capability": capability.id,
        "layer": capability.layer,
        "title": capability.title,
        "asked": standing.asked,
        "answer": plain(standing.answer),
        "minimum": standing.minimum,
        "planned": standing.planned,
        "below": standing.below,
        "reasons": plain(standing.reasons),
    }


def _pitfall(report: Report, found: PitfallFound) -> Json:
    row = next(each for each in report.page.pitfalls.rows if each.id == found.id)
    return {
        "id": found.id,
        "severity": found.severity,
        "title": row.title,
        "see": row.see,
        "hurts": row.hurts,
        "instead": row.instead,
        "reasons": plain(found.reasons),
    }


def _worded(found: Any, words: Any) -> Json:
    return {"id": found.id, "title": words.title, "says": words.says, "reasons": plain(found.reasons)}


def _first(found: FirstMove) -> Json:
    return {"code": found.move.code, "role": found.role, "reasons": plain(found.reasons)}


def _stage(report: Report, stage: Stage) -> Json:
    budget = report.decided.budget
    tranche = next((each for each in budget.tranches if each.stage == stage.stage), None) if budget else None
    return {
        "stage": stage.stage,
        "layer": stage.layer,
        "put_off": stage.put_off,
        "moves": [each.code for each in stage.moves],
        "effort": _range(stage.effort),
        "lead_weeks": _range(stage.lead_weeks),
        "weeks": _range(stage.weeks),
        "planned_weeks": _number(stage.planned_weeks),
        "start_week": _number(tranche.start_week) if tranche else None,
        "end_week": _number(tranche.end_week) if tranche else None,
        "inside_horizon": tranche.inside_horizon if tranche else None,
        "released": tranche.released if tranche else None,
        "held_until": tranche.held_until if tranche else None,
        "money": _range(tranche.money) if tranche else None,
        "reasons": plain(stage.reasons),
    }


def _move(report: Report, row: PlanRow) -> Json:
    move = _moves(report)[row.code]
    return {
        "code": row.code,
        "initiative": move.initiative,
        "phase": move.phase,
        "stage": row.stage,
        "layer": row.layer.id,
        "when": row.when,
        "cause": move.cause,
        "title": row.words.title,
        "short": row.words.short,
        "raises": [
            {"capability": each.capability, "from": each.start, "to": each.to} for each in move.raises
        ],
        "effort": _range(row.effort),
        "lead_weeks": _range(row.lead),
        "owner": row.words.owner,
        "due": row.words.due_day.isoformat() if row.words.due_day else None,
        "note": row.words.note,
        "changed": list(row.words.remarks),
        "left_out": row.words.left_out,
        "next_monday": row.words.next_monday,
        "success": row.words.success,
        "risk": row.risk,
        "depends_on": list(row.depends),
        "lanes": list(row.lanes),
        "reasons": plain(move.reasons),
    }


def _moves(report: Report) -> dict[str, Move]:
    advice = report.advice
    return {
        move.code: move
        for move in (
            *advice.prep_lane,
            *advice.protect_lane,
            *(each.move for each in advice.first_moves),
            *(move for stage in advice.roadmap for move in stage.moves),
        )
    }


def _budget(report: Report) -> Json | None:
    budget = report.decided.budget
    if budget is None:
        return None
    figures = report.playbook.figures
    return {
        "released": _range(budget.released),
        "held": _range(budget.held),
        "baseline": budget.baseline.code if budget.baseline else None,
        "released_money": _range(budget.released_money),
        "held_money": _range(budget.held_money),
        "weekly": _number(budget.weekly),
        "parallel": budget.parallel,
        "horizon_weeks": _number(budget.horizon_weeks),
        "protection_weekly": _number(budget.protection_weekly),
        "affordable": budget.affordable,
        "figures": {
            name: {
                "title": getattr(figures, name).title,
                "value": getattr(figures, name).value,
                "unit": getattr(figures, name).unit,
                "basis": getattr(figures, name).basis,
            }
            for name in budget.assumptions
        },
        "reasons": plain(budget.reasons),
    }


def _doubt(report: Report, doubt: Doubt) -> Json:
    words = report.playbook.confidence_rule[doubt.code]
    return {
        "code": doubt.code,
        "cap": doubt.cap,
        "detail": list(doubt.detail),
        "says": words.says,
        "raises": words.raises,
        "reasons": plain(doubt.reasons),
    }


def _homework(lexicon: Lexicon, found: Homework) -> Json:
    return {
        "question": found.question,
        "layer": found.layer,
        "title": lexicon.title(found.question),
        "kind": found.kind,
        "weight": found.weight,
        "reasons": plain(found.reasons),
    }


# --- Numbers ----------------------------------------------------------------------------------------------------------


def _number(value: float | None) -> float | None:
    """To three decimals: what lies behind them is the computer's way of adding, and no knowledge."""
    return None if value is None else round(value, 3)


def _range(amount: Range | None) -> Json | None:
    if amount is None:
        return None
    return {"low": _number(amount.low), "middle": _number(amount.middle), "high": _number(amount.high)}
