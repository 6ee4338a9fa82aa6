"""What must be true is a constraint of the database."""

import pytest
from django.db import DataError, IntegrityError, transaction

from assessments.models import Assessment
from tests.factories import AnswerFactory, AssessmentFactory

pytestmark = pytest.mark.django_db

REFUSED = IntegrityError, DataError
"""PostgreSQL calls a text that is too long for its column another kind of error."""


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "huge"},
        {"edition": ""},
        {"link_number": 0},
        {"organisation": "x" * 81},
        {"scope": "x" * 201},
        {"decision": "x" * 301},
    ],
)
def test_the_database_refuses_a_wrong_assessment(wrong: dict[str, object]) -> None:
    with pytest.raises(REFUSED), transaction.atomic():
        AssessmentFactory(**wrong)


@pytest.mark.parametrize("wrong", [{"note": "x" * 2001}, {"na_reason": "x" * 301}, {"question": ""}])
def test_the_database_refuses_a_wrong_answer(wrong: dict[str, object]) -> None:
    assessment = AssessmentFactory()
    with pytest.raises(REFUSED), transaction.atomic():
        AnswerFactory(assessment=assessment, **wrong)


def test_a_question_is_answered_once() -> None:
    answer = AnswerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFactory(assessment=answer.assessment, question=answer.question)


def test_public_ids_and_links_are_unique() -> None:
    one = AssessmentFactory()
    for field in ("public_id", "resume_digest"):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssessmentFactory(**{field: getattr(one, field)})


def test_only_samples_have_a_name() -> None:
    AssessmentFactory(sample=None)
    AssessmentFactory(sample=None)
    AssessmentFactory(sample="pumps")
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentFactory(sample="pumps")


def test_public_ids_are_random() -> None:
    ids = {AssessmentFactory.build().public_id for _ in range(50)}
    assert len(ids) == 50
    assert {len(each) for each in ids} == {12}


def test_a_row_reads_well() -> None:
    assert str(AssessmentFactory(organisation="Lumo")) == "Lumo"
    assert str(Assessment(public_id="abc")) == "abc"
