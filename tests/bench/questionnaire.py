"""The twenty questions that every wizard is walked through, and the answers that are given."""

from advisor.engine.asking import path
from advisor.engine.situation import Situation
from assessments.playbooks import current
from assessments.questions import Asked, Value, asked

NOTE = "Seen in the release notes of the last quarter; the platform team keeps a list."


def twenty() -> tuple[Asked, ...]:
    """The first twenty questions that an organisation with some models is asked."""
    return all_of_them()[:20]


def all_of_them() -> tuple[Asked, ...]:
    """Every question that such an organisation is asked."""
    playbook = current()
    ids = path(playbook, Situation(mode="full", models="2_5"))
    return tuple(found for each in ids if (found := asked(playbook, each)))


def answer_to(question: Asked) -> Value:
    """The line in the middle: for the number of models some, for a level 2."""
    if question.kind == "number":
        return 4
    middle = question.choices[len(question.choices) // 2].value
    return [str(middle)] if question.kind == "many" else middle


def note_on(number: int) -> str:
    """Every third answer comes with a note."""
    return NOTE if number % 3 == 0 else ""


def fields_of(question: Asked, note: str) -> list[tuple[str, str]]:
    """What a browser sends from our form of this question."""
    answer = answer_to(question)
    given = [("number", str(answer))] if question.kind == "number" else []
    if question.kind != "number":
        given = [("answer", str(each)) for each in (answer if isinstance(answer, list) else [answer])]
    return [*given, ("note", note)]
