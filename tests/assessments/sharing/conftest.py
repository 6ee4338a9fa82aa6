"""A workspace with its owner, a client of it, and an assessment that may be shared."""

import pytest
from django.test import Client as Browser

from assessments.models import Assessment, Membership
from tests.factories import ClientFactory, MembershipFactory, answered_like


@pytest.fixture
def owner(db: None) -> Membership:
    return MembershipFactory(workspace__name="Kestrel Advisory", user__name="Ana Keller")


@pytest.fixture
def desk(owner: Membership) -> Browser:
    """A browser in which the owner is signed in."""
    browser = Browser()
    browser.force_login(owner.user)
    return browser


@pytest.fixture
def tallis(owner: Membership) -> Assessment:
    """A bottleneck on the second floor, three live models above it, and everything answered."""
    made = answered_like("tallis-software", "Tallis Software")
    made.client = ClientFactory(workspace=owner.workspace, name="Tallis Software")
    made.unit = "Payments"
    made.save()
    return made
