"""An assessment with a result, and a browser that may work on it."""

import pytest
from django.test import Client

from assessments.access import SESSION_KEY
from assessments.models import Assessment
from reports import keeping
from tests.assessments.conftest import assessment, browser_of, visitor
from tests.factories import answered_like

__all__ = ["assessment", "browser_of", "visitor"]
"""As where answers are given."""


@pytest.fixture
def tallis(db: None) -> Assessment:
    """A bottleneck on the second floor, three live models above it, and everything answered."""
    return answered_like("tallis-software", "Tallis Software")


@pytest.fixture
def owner(client: Client, tallis: Assessment) -> Client:
    """A browser that may work on it."""
    session = client.session
    session[SESSION_KEY] = {tallis.public_id: tallis.link_number}
    session.save()
    return client


@pytest.fixture(autouse=True)
def no_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds a PDF that could not be made in another one."""
    monkeypatch.setattr(keeping, "FAILURES", keeping.Failures())
