"""An assessment, and a browser that may work on it."""

from collections.abc import Callable

import pytest
from django.test import Client

from advisor.engine.asking import path
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation
from assessments.access import SESSION_KEY
from assessments.answering import answers_of, record_answer, situation_from
from assessments.models import Assessment
from assessments.playbooks import current, edition
from assessments.questions import asked
from tests.factories import AssessmentFactory

type Open = Callable[[Assessment], Client]


@pytest.fixture
def playbook() -> Playbook:
    return current()


@pytest.fixture
def assessment(db: None) -> Assessment:
    return AssessmentFactory()


@pytest.fixture
def browser_of(db: None) -> Open:
    """A browser whose session holds the assessment."""

    def open_in_new_browser(assessment: Assessment) -> Client:
        client = Client()
        session = client.session
        session[SESSION_KEY] = {assessment.public_id: assessment.link_number}
        session.save()
        return client

    return open_in_new_browser


@pytest.fixture
def visitor(assessment: Assessment, browser_of: Open) -> Client:
    return browser_of(assessment)


def situation_of(assessment: Assessment) -> Situation:
    """What the engine would work on."""
    return situation_from(edition(assessment.edition), assessment, answers_of(assessment))


def answered(assessment: Assessment) -> list[str]:
    """The questions with an answer; those with a draft alone are not among them."""
    return sorted(assessment.answers.filter(value__isnull=False).values_list("question", flat=True))


def answer_everything(assessment: Assessment, **answers: object) -> None:
    """Answer every question on the path, with the first line of each where nothing else is given."""
    while True:
        stored = set(assessment.answers.values_list("question", flat=True))
        following = next(
            (each for each in path(current(), situation_of(assessment)) if each not in stored), None
        )
        if following is None:
            return
        question = asked(current(), following)
        assert question is not None
        first = 1 if question.kind == "number" else question.choices[0].value
        value = answers.get(following, [first] if question.kind == "many" else first)
        record_answer(assessment=assessment, question=following, value=value)
