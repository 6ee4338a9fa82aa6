"""An assessment that several people are asked about, and what they say."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from assessments.answering import record_answer
from assessments.models import Assessment, Survey
from assessments.surveys import close_survey, join, link_of, open_survey
from tests.assessments.conftest import Open
from tests.factories import ClientFactory, MembershipFactory, answered_like

type Say = Callable[..., Assessment]


@pytest.fixture
def whole(db: None) -> Assessment:
    """Of a client, with the answers of a sample."""
    made = answered_like("tallis-software", "Tallis Software")
    made.client = ClientFactory(name="Tallis Software")
    made.save()
    return made


@pytest.fixture
def asker(whole: Assessment) -> Browser:
    """The browser of a consultant who works for the client."""
    assert whole.client
    browser = Browser()
    browser.force_login(MembershipFactory(workspace=whole.client.workspace, role="consultant").user)
    return browser


@pytest.fixture
def survey(whole: Assessment) -> Survey:
    return open_survey(request=None, assessment=whole)


@pytest.fixture
def link(survey: Survey) -> str:
    return str(link_of(survey))


@pytest.fixture
def say(survey: Survey) -> Say:
    """One more person, who answers this."""

    def one_more(role: str = "developer", note: str = "", **answers: object) -> Assessment:
        part = join(survey=survey, role=role)
        for question, value in answers.items():
            record_answer(assessment=part, question=question, value=value, note=note)
        return part

    return one_more


@pytest.fixture
def counted(survey: Survey, say: Say) -> Survey:
    """Seven people: all at level 2 of one capability, in two camps at another, and a vote by itself at a third."""
    camps, alone = (0, 0, 0, 4, 4, 4, 4), (1, 1, 1, 1, 1, 1, 4)
    for number, (one, other) in enumerate(zip(camps, alone, strict=True)):
        role = "developer" if number < 5 else "analyst"
        note = "We guess." if number in (0, 6) else ""
        say(role, note, dv_ci=2, dv_cd=one, dv_env=other)
    close_survey(request=None, survey=survey)
    return survey


@pytest.fixture
def holder(whole: Assessment, browser_of: Open) -> Browser:
    """The browser of whoever holds the private link."""
    return browser_of(whole)
