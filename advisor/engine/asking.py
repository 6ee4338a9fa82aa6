"""Which layers and questions concern an organisation at all (R-APP), and in which order they are asked."""

from collections.abc import Iterable

from advisor.engine.advice import MlopsStatus
from advisor.engine.playbook import Capability, Playbook, Question
from advisor.engine.situation import Mode, Situation

DEVOPS, DATAOPS, MLOPS = "devops", "dataops", "mlops"

ASKED_STATUSES = ("light", "active", "undetermined")
"""The statuses of the top layer in which its questions are asked."""

LIVE_STATUSES = ("light", "active")
"""The statuses in which models influence decisions today."""

_BY_PLANS: dict[str | None, MlopsStatus] = {
    "none": "not_applicable",
    "exploring": "watch",
    "committed": "planned",
    None: "watch",
}


def mlops_status(situation: Situation) -> MlopsStatus:
    """How far the top layer concerns this organisation (R-APP-2 to R-APP-7)."""
    match situation.models:
        case None:
            return "undetermined"
        case "0":
            return _BY_PLANS[situation.ml_plans]
        case "1":
            return "light"
        case _:
            return "active"


def capabilities_asked(playbook: Playbook, situation: Situation) -> tuple[Capability, ...]:
    """The capabilities that are asked about, in the order of the catalogue."""
    models = mlops_status(situation) in ASKED_STATUSES
    quick = situation.mode == "quick"
    return tuple(
        each
        for each in playbook.capabilities
        if (models or each.layer != MLOPS) and (each.quick or not quick)
    )


def path(playbook: Playbook, situation: Situation) -> tuple[str, ...]:
    """The ids of all questions for this situation, in order: triage, context, capabilities, symptoms."""
    quick = situation.mode == "quick"
    context = [
        each.id
        for each in playbook.context
        if (each.quick or not quick) and _condition_holds(each, situation)
    ]
    capabilities = [each.id for each in capabilities_asked(playbook, situation)]
    models = mlops_status(situation) in ASKED_STATUSES
    signals = [] if quick else [each.id for each in playbook.signals if models or each.layer != MLOPS]
    return (*context, *capabilities, *signals)


def seconds(playbook: Playbook, mode: Mode, questions: Iterable[str]) -> int:
    """The time that answering these questions takes, in seconds, from the playbook's own estimates."""
    quick = int(playbook.figures.quick_seconds.value) if mode == "quick" else None
    total = 0
    for each in questions:
        if each in playbook.capability:
            total += quick or playbook.capability[each].seconds
        else:
            total += (playbook.question.get(each) or playbook.signal[each]).seconds
    return total


def _condition_holds(question: Question, situation: Situation) -> bool:
    return all(situation.given(earlier) in allowed for earlier, allowed in (question.only_if or {}).items())
