"""The one place that writes what people make of the plan: figures of their own, and changes to moves."""

from collections.abc import Mapping
from datetime import date

from advisor.engine.judgement import Own
from advisor.engine.ownplan import Change
from assessments.locking import locked, note_change
from assessments.models import Assessment, OwnFigure, PlanChange
from assessments.models.plan import OWNER_LENGTH, REMARK_LENGTH

__all__ = [
    "OWNER_LENGTH",
    "REMARK_LENGTH",
    "change_move",
    "figures_in",
    "own_figures",
    "plan_changes",
    "reset_plan",
    "set_figures",
]


# --- Reading ----------------------------------------------------------------------------------------------------------


def own_figures(assessment: Assessment) -> dict[str, Own]:
    """Figures of judgement set for this assessment, by name. One query; none for a sample, which nobody changes."""
    if assessment.sample:
        return {}
    return figures_in({each.name: each.value for each in assessment.own_figures.order_by("pk")})


def figures_in(stored: Mapping[str, object]) -> dict[str, Own]:
    """The same from what is stored: a range is a list there, since JSON knows no pairs."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}  # type: ignore[misc]  # only set_figures writes it


def plan_changes(assessment: Assessment) -> dict[str, Change]:
    """What was changed about moves, by their code. One query; none for a sample."""
    if assessment.sample:
        return {}
    return {
        each.code: Change(
            slot=each.slot or None,  # type: ignore[arg-type]  # a constraint holds it to the four
            owner=each.owner,
            due=each.due.isoformat() if each.due else "",
            note=each.note,
            risk=each.risk,
        )
        for each in assessment.plan_changes.order_by("pk")
    }


# --- Writing ----------------------------------------------------------------------------------------------------------


def set_figures(*, assessment: Assessment, figures: Mapping[str, Own | None]) -> None:
    """Set these figures for this assessment; None takes one back to the edition's.

    Whoever calls has held the values against ``advisor.engine.judgement``. Raises DeletedError.
    """
    with locked(assessment):
        note_change(assessment)
        _store_figures(assessment, figures)


def change_move(
    *, assessment: Assessment, code: str, change: Change, figures: Mapping[str, Own | None] | None = None
) -> None:
    """Store what somebody decided about a move, in place of what was decided before; an empty change takes it back.

    ``figures`` are stored with it, as by ``set_figures``. Raises DeletedError.
    """
    with locked(assessment):
        note_change(assessment)
        _store_figures(assessment, figures or {})
        if change.empty:
            assessment.plan_changes.filter(code=code).delete()
            return
        row = PlanChange(
            assessment=assessment,
            code=code,
            slot=change.slot or "",
            owner=change.owner,
            due=date.fromisoformat(change.due) if change.due else None,
            note=change.note,
            risk=change.risk,
        )
        PlanChange.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["assessment", "code"],
            update_fields=["slot", "owner", "due", "note", "risk"],
        )


def _store_figures(assessment: Assessment, figures: Mapping[str, Own | None]) -> None:
    back = [name for name, value in figures.items() if value is None]
    rows = [
        OwnFigure(assessment=assessment, name=name, value=list(value) if isinstance(value, tuple) else value)
        for name, value in figures.items()
        if value is not None
    ]
    if back:
        assessment.own_figures.filter(name__in=back).delete()
    if rows:
        OwnFigure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["assessment", "name"], update_fields=["value"]
        )


def reset_plan(*, assessment: Assessment) -> None:
    """Take every change to a move back. Figures of one's own stay. Raises DeletedError."""
    with locked(assessment):
        note_change(assessment)
        assessment.plan_changes.all().delete()
