"""An assessment with a result, and a browser that may work on it."""

import pytest
from django.test import Client

from assessments.access import SESSION_KEY
from assessments.answering import record_answer
from assessments.models import Assessment
from assessments.samples import samples
from tests.assessments.conftest import assessment, browser_of, visitor
from tests.factories import AssessmentFactory

__all__ = ["assessment", "browser_of", "visitor"]
"""As where answers are given."""


@pytest.fixture
def tallis(db: None) -> Assessment:
    """A bottleneck on the second floor, three live models above it, and everything answered."""
    made = AssessmentFactory(organisation="Tallis Software")
    sample = next(each for each in samples() if each.slug == "tallis-software")
    for question, value in sample.answers.items():
        record_answer(assessment=made, question=question, value=value)
    return made


@pytest.fixture
def owner(client: Client, tallis: Assessment) -> Client:
    """A browser that may work on it."""
    session = client.session
    session[SESSION_KEY] = {tallis.public_id: tallis.link_number}
    session.save()
    return client
