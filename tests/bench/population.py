"""A database as it is after some years: ten thousand assessments with their answers and trails."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import batched
from random import Random

from django.utils import timezone

from assessments.links import digest_of, token_of
from assessments.models import Answer, AnswerChange, Assessment
from assessments.playbooks import current
from assessments.questions import Asked, Value
from tests.bench.questionnaire import NOTE, all_of_them

ASSESSMENTS = 10_000
AT_ONCE = 500


def populate(count: int = ASSESSMENTS) -> None:
    """Store so many assessments, the same ones each time: most are finished, some were left half-way."""
    dice, questions = Random(1), all_of_them()
    for batch in batched(range(count), AT_ONCE):
        rows = Assessment.objects.bulk_create(_assessment(number, dice) for number in batch)
        answers = [each for row in rows for each in _answers(row, questions, dice)]
        Answer.objects.bulk_create(answers)
        AnswerChange.objects.bulk_create(
            AnswerChange(assessment=each.assessment, question=each.question, new=each.value, at=each.updated)
            for each in answers
        )


def _assessment(number: int, dice: Random) -> Assessment:
    stored = timezone.now() - timedelta(minutes=dice.randrange(1_000_000))
    row = Assessment(
        edition=current().edition,
        mode="full",
        organisation=f"Organisation {number}",
        scope="The service portal",
        created=stored,
        touched=stored,
        version=1,
    )
    row.resume_digest = digest_of(token_of(row))
    return row


def _answers(row: Assessment, questions: tuple[Asked, ...], dice: Random) -> Iterator[Answer]:
    asked = questions if dice.random() < 0.7 else questions[: dice.randrange(1, len(questions))]
    for question in asked:
        note = NOTE if dice.random() < 0.2 else ""
        yield Answer(
            assessment=row,
            question=question.id,
            value=value_of(question, dice),
            note=note,
            updated=row.touched,
        )


def value_of(question: Asked, dice: Random) -> Value:
    """Any answer to this question."""
    if question.kind == "number":
        return dice.randrange(1, 30)
    value = dice.choice(question.choices).value
    return [str(value)] if question.kind == "many" else value
