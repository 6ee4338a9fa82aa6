"""Everything that is stored of one assessment, in a form for programs; a part of it is what the rules work on."""

from collections.abc import Iterable
from typing import Any

from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation, written
from assessments.answering import given_in, rows_of, situation_from
from assessments.milestones import milestones_of
from assessments.models import (
    Agreement,
    Answer,
    AnswerChange,
    Assessment,
    Milestone,
    PlanChange,
    Round,
    Ruling,
    Scenario,
    ShareLink,
    Tally,
)
from assessments.playbooks import edition
from assessments.questions import asked

type Json = dict[str, Any]


def data_of(assessment: Assessment) -> Json:
    """All of it: what it is about, answers with their questions, how they changed, own figures, changes to the plan,
    milestones, what was tried out and kept, links to read it by, what consultants judged differently, what several people
    said as it was counted, what a room made of it, and the situation.

    Where somebody took the edition away there are no questions any more, and no situation; all that was entered is there.
    """
    playbook, rows = _playbook_of(assessment), rows_of(assessment)
    return {
        "about": _about(assessment),
        "answers": [_answer(playbook, each) for each in _in_order(playbook, rows.values())],
        "changes": [_change(each) for each in assessment.changes.order_by("at", "pk")],
        "figures": {each.name: each.value for each in assessment.own_figures.order_by("pk")},
        "plan": [_plan_change(each) for each in assessment.plan_changes.order_by("pk")],
        "milestones": [_milestone(each) for each in milestones_of(assessment)],
        "scenarios": [_scenario(each) for each in assessment.scenarios.order_by("number")],
        "rulings": [_ruling(each) for each in assessment.rulings.order_by("at", "pk")],
        "share_links": [_share_link(each) for each in assessment.share_links.order_by("pk")],
        "counted_alone": [
            _tally(each) for each in Tally.objects.filter(survey__assessment=assessment).order_by("pk")
        ],
        "counted_in_room": [_round(each) for each in _rounds(assessment)],
        "made_in_room": [
            _agreement(each)
            for each in Agreement.objects.filter(workshop__assessment=assessment).order_by("pk")
        ],
        "situation": playbook
        and situation_json(assessment, situation_from(playbook, assessment, given_in(rows))),
    }


def _playbook_of(assessment: Assessment) -> Playbook | None:
    try:
        return edition(assessment.edition)
    except LookupError:
        return None


def situation_json(assessment: Assessment, situation: Situation) -> Json:
    """What ``python -m advisor advise`` reads."""
    return {"title": assessment.organisation or assessment.public_id, **written(situation)}


def _share_link(link: ShareLink) -> Json:
    """Without what opens it, which is stored nowhere."""
    return {
        "label": link.label,
        "made": link.made.isoformat(),
        "expires": link.expires.isoformat(),
        "revoked": link.revoked and link.revoked.isoformat(),
        "with_passphrase": bool(link.passphrase),
        "openings": link.openings,
        "last_opened": link.opened and link.opened.isoformat(),
    }


def _tally(tally: Tally) -> Json:
    return {
        "question": tally.question,
        "counts": tally.counts,
        "by_role": tally.roles,
        "notes": tally.remarks,
        "agreed": tally.agreed and tally.agreed.isoformat(),
        "remains_open": tally.dissent,
    }


def _rounds(assessment: Assessment) -> Iterable[Round]:
    """Only what was shown to the room: what nobody has seen yet is nobody's to take along."""
    shown = Round.objects.filter(workshop__assessment=assessment, state=Round.State.REVEALED)
    return shown.order_by("pk")


def _round(shown: Round) -> Json:
    return {
        "question": shown.question,
        "round": shown.number,
        "people": shown.people,
        "by_hand": shown.by_hand,
        "counts": shown.counts,
        "by_role": shown.roles,
    }


def _agreement(made: Agreement) -> Json:
    return {
        "question": made.question,
        "agreed": made.agreed and made.agreed.isoformat(),
        "note": made.note,
        "note_in_report": made.note_shown,
    }


def _about(assessment: Assessment) -> Json:
    return {
        "reference": assessment.public_id,
        "organisation": assessment.organisation,
        "scope": assessment.scope,
        "decision": assessment.decision,
        "mode": assessment.mode,
        "edition": assessment.edition,
        "created": assessment.created.isoformat(),
        "last_saved": assessment.touched.isoformat(),
        "last_opened": assessment.opened.isoformat(),
    }


def _in_order(playbook: Playbook | None, answers: Iterable[Answer]) -> list[Answer]:
    """As the questions are asked: about the organisation, the blocks, the symptoms."""
    questions = [*playbook.question, *playbook.capability, *playbook.signal] if playbook else []
    place = {question: number for number, question in enumerate(questions)}
    return sorted(answers, key=lambda each: (place.get(each.question, len(place)), each.pk))


def _answer(playbook: Playbook | None, answer: Answer) -> Json:
    found = asked(playbook, answer.question) if playbook else None
    chosen = answer.value if isinstance(answer.value, list) else [answer.value]
    return {
        "id": answer.question,
        "title": found.title if found else "",
        "question": found.question if found else "",
        "value": answer.value,
        "chosen": [each.title for each in found.choices if each.value in chosen] if found else [],
        "reason": answer.na_reason,
        "note": answer.note,
        "draft": answer.draft,
        "given": answer.updated.isoformat(),
    }


def _change(change: AnswerChange) -> Json:
    return {"id": change.question, "old": change.old, "new": change.new, "at": change.at.isoformat()}


def _milestone(milestone: Milestone) -> Json:
    return {
        "number": milestone.number,
        "name": milestone.name,
        "edition": milestone.edition,
        "mode": milestone.mode,
        "answers": milestone.answers,
        "figures": milestone.figures,
        "kept": milestone.created.isoformat(),
    }


def _plan_change(change: PlanChange) -> Json:
    return {
        "move": change.code,
        "slot": change.slot,
        "owner": change.owner,
        "due": change.due.isoformat() if change.due else None,
        "note": change.note,
        "risk": change.risk,
    }


def _scenario(scenario: Scenario) -> Json:
    return {
        "number": scenario.number,
        "name": scenario.name,
        "levels": scenario.levels,
        "kept": scenario.created.isoformat(),
    }


def _ruling(ruling: Ruling) -> Json:
    return {
        "about": ruling.subject,
        "verdict": ruling.verdict,
        "reason": ruling.reason,
        "by": ruling.by_name,
        "at": ruling.at.isoformat(),
    }
