"""The trail of a workspace on a page, which names what is still there and keeps no name itself."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client as Browser
from django.utils import timezone

from assessments import audit
from assessments.accounts.models import User
from assessments.models import AuditEvent, Client, Workspace
from assessments.workspace.happened import PAGE
from tests.assessments.workspace.conftest import SignIn, at, trail
from tests.factories import ClientFactory, MembershipFactory


@pytest.fixture
def owner(sign_in: SignIn) -> Browser:
    return sign_in("owner")


def test_it_says_who_did_what_to_which(owner: Browser, workspace: Workspace) -> None:
    User.objects.update(name="Ana Keller")
    owner.post(at("desk_client_new", workspace), {"name": "Kestrel Bank"})
    page = owner.get(at("trail", workspace)).content.decode()
    assert "<b><bdi>Ana Keller</bdi></b> added a client: <bdi>Kestrel Bank</bdi>" in page
    assert "127.0.0.0/24" in page


def test_a_name_that_changes_changes_in_it_and_one_that_goes_is_gone(
    owner: Browser, workspace: Workspace
) -> None:
    owner.post(at("desk_client_new", workspace), {"name": "Kestrel Bank"})
    client = Client.objects.get()
    owner.post(at("desk_client_rename", workspace, client.public_id), {"name": "Falcon Bank"})
    assert "Kestrel" not in owner.get(at("trail", workspace)).content.decode()
    owner.post(at("desk_client_delete", workspace, client.public_id))
    owner.post(at("desk_erase", workspace, "client", client.public_id), {"name": "Falcon Bank"})
    page = owner.get(at("trail", workspace)).content.decode()
    assert "deleted a client for good" in page
    assert "Falcon" not in page
    assert "Bank" not in str(list(AuditEvent.objects.values()))


def test_no_step_at_the_desk_leaves_a_name_in_it(owner: Browser, workspace: Workspace) -> None:
    sent = {"client": "Kestrel Bank", "unit": "Retail", "mode": "full", "who": "us"}
    owner.post(at("desk_new", workspace), sent)
    client = Client.objects.get()
    owner.post(at("desk_unit", workspace, client.public_id), {"unit": "Retail", "name": "Cards"})
    owner.post(at("desk_client_archive", workspace, client.public_id), {"archive": "1"})
    owner.post(at("desk_keys", workspace), {"name": "Reporting tool", "scope": "read"})
    owner.post(at("invite", workspace), {"email": "bea@example.com", "role": "viewer"})
    assert len(trail(workspace)) == 6
    stored = str(list(AuditEvent.objects.values()))
    for word in ("Kestrel", "Retail", "Cards", "Reporting", "bea@"):
        assert word not in stored


def test_one_person_can_be_chosen(owner: Browser, workspace: Workspace, sign_in: SignIn) -> None:
    owner.post(at("desk_client_new", workspace), {"name": "By the owner"})
    sign_in("consultant").post(at("desk_client_new", workspace), {"name": "By the consultant"})
    number = workspace.memberships.get(role="consultant").user_id
    page = owner.get(f"{at('trail', workspace)}?who={number}").content.decode()
    assert "By the consultant" in page
    assert "By the owner" not in page
    for nonsense in ("x", "-1", "99999999999999999999", str(MembershipFactory().user_id)):
        assert "By the owner" in owner.get(f"{at('trail', workspace)}?who={nonsense}").content.decode()


def test_many_lines_are_on_several_pages(owner: Browser, workspace: Workspace) -> None:
    for _ in range(PAGE + 1):
        audit.note(None, "assessment.binned", workspace=workspace)
    first = owner.get(at("trail", workspace)).content.decode()
    assert "Page 1 of 2" in first
    assert first.count("put an assessment into the bin") == PAGE
    assert "Page 2 of 2" in owner.get(f"{at('trail', workspace)}?page=2").content.decode()


def test_refusals_are_noted_and_nobody_fills_the_trail_with_them(
    sign_in: SignIn, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MOST_REFUSED", 2)
    viewer = sign_in("viewer")
    for _ in range(4):
        assert viewer.get(at("trail", workspace)).status_code == 403
    assert trail(workspace) == ["access.refused"] * 2
    assert AuditEvent.objects.filter(action="access.refused")[0].details == {"page": "trail"}


def test_nothing_of_another_workspace_is_in_it(owner: Browser, workspace: Workspace, sign_in: SignIn) -> None:
    other = MembershipFactory(role="owner").workspace
    ClientFactory(workspace=other, name="Theirs")
    audit.note(None, "client.made", workspace=other, subject=Client.objects.get().public_id)
    assert "Theirs" not in owner.get(at("trail", workspace)).content.decode()


def test_lines_go_after_twenty_four_months(workspace: Workspace) -> None:
    audit.note(None, "assessment.binned", workspace=workspace)
    for later, left in ((timedelta(days=729), 1), (timedelta(days=731), 0)):
        call_command("delete_expired", now=timezone.now() + later, stdout=StringIO())
        assert AuditEvent.objects.filter(workspace=workspace.pk).count() == left


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (datetime(2026, 11, 28, tzinfo=UTC), datetime(2024, 11, 28, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 31, tzinfo=UTC), datetime(2024, 1, 31, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(day: datetime, before: datetime) -> None:
    assert audit.months_before(day, 24) == before
