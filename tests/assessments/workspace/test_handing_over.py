"""Handing an anonymous assessment over to a workspace."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.http import Http404
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone

from assessments.access import SESSION_KEY
from assessments.handing_over import decline, link_of, take
from assessments.links import digest_of
from assessments.links import link_of as private_link_of
from assessments.models import Assessment, AuditEvent, Client, HandOver, HandOverCode, Workspace
from assessments.retention import expired
from tests.assessments.conftest import Open
from tests.assessments.workspace.conftest import SignIn, at, begun, trail
from tests.factories import ClientFactory, WorkspaceFactory, answered_like


@pytest.fixture
def link(consultant: Browser, workspace: Workspace) -> str:
    consultant.post(at("desk_code", workspace))
    return str(link_of(HandOverCode.objects.get()))


@pytest.fixture
def mine(db: None) -> Assessment:
    return answered_like("lumo", "Lumo")


@pytest.fixture
def owner(mine: Assessment, browser_of: Open) -> Browser:
    return browser_of(mine)


def test_the_link_is_shown_at_the_desk_and_only_its_hash_is_stored(
    consultant: Browser, workspace: Workspace, link: str
) -> None:
    assert re.fullmatch(r"/hand-over/[\w-]{43}", link)
    assert HandOverCode.objects.get().digest == digest_of(link.rpartition("/")[2])
    assert link in consultant.get(at("desk_inbox", workspace)).content.decode()
    assert trail(workspace) == ["code.made"]


def test_opening_it_changes_nothing_and_says_what_the_workspace_will_see(
    owner: Browser, link: str, mine: Assessment
) -> None:
    html = owner.get(link).content.decode()
    assert "Keller Consulting" in html
    assert mine.public_id in html
    assert "Every answer with its note" in html
    assert not HandOver.objects.exists()
    assert owner.get(link)["X-Robots-Tag"] == "noindex, nofollow"


def test_the_owner_chooses_and_the_consultancy_says_whose_it_is(
    owner: Browser, consultant: Browser, workspace: Workspace, link: str, mine: Assessment
) -> None:
    private = str(private_link_of(mine))
    assert owner.post(link, {}).status_code == 422
    response = owner.post(link, {"assessment": mine.public_id})
    assert (
        "1 assessment is handed over to Keller Consulting" in owner.get(response["Location"]).content.decode()
    )
    assert consultant.get(f"/a/{mine.public_id}/result/").status_code == 404  # not before it is of a client
    assert "1 assessment was handed over" in consultant.get(at("desk", workspace)).content.decode()
    assert "Lumo" in consultant.get(at("desk_inbox", workspace)).content.decode()
    take = at("desk_take", workspace, mine.public_id)
    assert consultant.post(take, {"client": ""}).status_code == 422
    assert consultant.post(take, {"client": "Lumo Ltd", "unit": "All"}).status_code == 303
    assert consultant.get(f"/a/{mine.public_id}/result/").status_code == 200
    mine.refresh_from_db()
    assert (mine.client.name, mine.unit, mine.organisation) == ("Lumo Ltd", "All", "Lumo")  # type: ignore[union-attr]
    assert owner.get(f"/a/{mine.public_id}/result/").status_code == 200
    assert Browser().get(private).status_code == 200
    assert trail(workspace)[1:] == ["assessment.handed_over", "client.made", "assessment.taken"]
    assert AuditEvent.objects.get(action="assessment.handed_over").actor_kind == "client"


def test_what_is_declined_is_its_owners_alone(
    owner: Browser, consultant: Browser, workspace: Workspace, link: str, mine: Assessment
) -> None:
    owner.post(link, {"assessment": mine.public_id})
    assert consultant.post(at("desk_decline", workspace, mine.public_id)).status_code == 303
    assert not HandOver.objects.exists()
    mine.refresh_from_db()
    assert mine.client is None


def test_two_who_settle_it_at_once_do_not_settle_it_twice(
    owner: Browser, workspace: Workspace, link: str, mine: Assessment, rf: RequestFactory
) -> None:
    owner.post(link, {"assessment": [mine.public_id]})
    request, first, second = rf.post("/"), HandOver.objects.get(), HandOver.objects.get()
    request.session = owner.session
    pumps, bank = (ClientFactory(workspace=workspace, name=name) for name in ("Pumps", "Bank"))
    before = trail(workspace)
    take(request=request, waiting=first, client=pumps, unit="")
    with pytest.raises(Http404):
        take(request=request, waiting=second, client=bank, unit="")
    with pytest.raises(Http404):
        decline(request=request, waiting=second)
    mine.refresh_from_db()
    assert mine.client == pumps
    assert trail(workspace) == [*before, "assessment.taken"]


def test_nobody_hands_over_what_is_not_theirs_or_is_somebodys_already(
    owner: Browser, link: str, mine: Assessment, kestrel: Client, browser_of: Open
) -> None:
    foreign, of_a_client = answered_like("lumo", "Foreign"), begun(kestrel)
    assert owner.post(link, {"assessment": foreign.public_id}).status_code == 422
    session = owner.session
    session[SESSION_KEY] = {each.public_id: 1 for each in (mine, of_a_client)}
    session.save()
    assert of_a_client.public_id not in owner.get(link).content.decode()
    owner.post(link, {"assessment": [of_a_client.public_id, mine.public_id]})
    assert HandOver.objects.get().assessment == mine
    owner.post(link, {"assessment": [mine.public_id]})
    assert HandOver.objects.count() == 1
    assert mine.public_id not in owner.get(link).content.decode()


def test_a_browser_without_an_assessment_is_told_what_to_do(client: Browser, link: str) -> None:
    html = client.get(link).content.decode()
    assert "no assessment in this browser" in html
    assert client.post(link, {"assessment": "x"}).status_code == 422


def test_it_ends_after_fourteen_days_or_when_somebody_ends_it(
    consultant: Browser, workspace: Workspace, client: Browser, link: str
) -> None:
    assert client.get("/hand-over/" + "x" * 43).status_code == 404
    assert client.get("/hand-over/short").status_code == 404
    code = HandOverCode.objects.get()
    HandOverCode.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.get(link).status_code == 404
    HandOverCode.objects.update(expires=timezone.now() + timedelta(days=1))
    consultant.post(at("desk_code_end", workspace, code.public_id))
    assert client.get(link).status_code == 404
    assert trail(workspace) == ["code.made", "code.ended"]


def test_another_workspace_sees_and_ends_nothing_of_it(
    owner: Browser, link: str, workspace: Workspace, mine: Assessment, sign_in: SignIn
) -> None:
    owner.post(link, {"assessment": mine.public_id})
    other = WorkspaceFactory()
    foreign = sign_in("owner", other)
    assert "Lumo" not in foreign.get(at("desk_inbox", other)).content.decode()
    for name in ("desk_take", "desk_decline"):
        assert foreign.post(at(name, other, mine.public_id), {"client": "Mine"}).status_code == 404
    code = HandOverCode.objects.get()
    assert foreign.post(at("desk_code_end", other, code.public_id)).status_code == 404
    assert sign_in("viewer").get(at("desk_inbox", workspace)).status_code == 403


def test_it_is_not_deleted_while_it_waits(owner: Browser, link: str, mine: Assessment) -> None:
    later = timezone.now() + timedelta(days=400)
    assert list(expired(later)) == [mine]
    owner.post(link, {"assessment": mine.public_id})
    assert list(expired(later)) == []
    call_command("delete_expired", now=later, verbosity=0)
    assert not HandOverCode.objects.exists()
    assert HandOver.objects.exists()
