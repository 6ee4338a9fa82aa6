"""/desk/<workspace>/offers/: what a consultancy calls its own services."""

import pytest
from django.test import Client as Browser

from assessments.models import AuditEvent, Membership, Offer
from tests.assessments.sharing.conftest import desk, owner
from tests.factories import MembershipFactory

__all__ = ["desk", "owner"]


def address(owner: Membership) -> str:
    return f"/desk/{owner.workspace.public_id}/offers/"


def test_names_are_stored_by_layer_and_kind_and_replace_those_before(
    desk: Browser, owner: Membership
) -> None:
    desk.post(
        address(owner),
        {"devops-managed": "Pipeline  Care", "dataops-build": "Data Studio", "cellar-managed": "No"},
    )
    assert set(Offer.objects.values_list("layer", "kind", "name")) == {
        ("devops", "managed", "Pipeline Care"),
        ("dataops", "build", "Data Studio"),
    }
    page = desk.get(address(owner)).content.decode()
    assert 'name="devops-managed" value="Pipeline Care"' in page
    desk.post(address(owner), {"devops-managed": ""})
    assert not Offer.objects.exists()
    assert AuditEvent.objects.filter(action="offers.changed").count() == 2


@pytest.mark.parametrize("name", ["x" * 81, "a\0b"])
def test_a_name_that_cannot_be_stored_is_said_at_its_field(
    desk: Browser, owner: Membership, name: str
) -> None:
    answer = desk.post(address(owner), {"devops-managed": name})
    assert answer.status_code == 422
    assert 'id="devops-managed-error"' in answer.content.decode()
    assert not Offer.objects.exists()


def test_they_are_for_owners_alone(owner: Membership) -> None:
    browser = Browser()
    browser.force_login(MembershipFactory(workspace=owner.workspace, role="consultant").user)
    assert browser.get(address(owner)).status_code == 403
