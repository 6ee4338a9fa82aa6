"""Clients and their units: found, made, renamed, put aside and taken up again."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from assessments.models import Assessment, Client, Workspace
from tests.assessments.workspace.conftest import SignIn, at, begun, finished, trail
from tests.factories import ClientFactory, WorkspaceFactory


def listed(browser: Browser, workspace: Workspace, query: str = "") -> str:
    response = browser.get(at("desk_clients", workspace) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_counts_units_and_assessments_and_is_searched(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    begun(kestrel, "Retail")
    begun(kestrel, "Retail")
    begun(kestrel, "Cards", binned=timezone.now())
    ClientFactory(workspace=workspace, name="Harrow Pumps")
    ClientFactory(workspace=WorkspaceFactory(), name="Somebody else")
    html = listed(consultant, workspace)
    assert "Two clients" in html
    assert "One unit" in html
    assert "Two assessments" in html
    assert "Somebody else" not in html
    assert "2 of 2, A to Z" in html
    assert "Kestrel" not in listed(consultant, workspace, "?q=harrow").split("<table")[1]
    assert "Nothing fits" in listed(consultant, workspace, "?q=%25")


def test_a_client_is_made_once(consultant: Browser, workspace: Workspace) -> None:
    assert "What a client is" in listed(consultant, workspace)
    new = at("desk_client_new", workspace)
    response = consultant.post(new, {"name": "  Kestrel   Bank "})
    assert response["Location"] == at("desk_client", workspace, Client.objects.get().public_id)
    again = consultant.post(new, {"name": "KESTREL BANK"})
    assert again.status_code == 422
    assert "There is a client called Kestrel Bank already" in again.content.decode()
    assert consultant.post(new, {"name": ""}).status_code == 422
    assert Client.objects.get().name == "Kestrel Bank"


def test_its_page_groups_by_unit_the_newest_first(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    now = timezone.now()
    for unit, days in (("Retail", 9), ("Cards", 1), ("Retail", 0), ("", 5)):
        Assessment.objects.filter(pk=begun(kestrel, unit).pk).update(touched=now - timedelta(days=days))
    html = consultant.get(at("desk_client", workspace, kestrel.public_id)).content.decode()
    assert "Three units, four assessments" in html
    places = [html.index(f">{each}<") for each in ("Retail", "Cards", "The whole organisation")]
    assert places == sorted(places)


def test_a_new_name_goes_into_the_reports_that_carried_the_old_one(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made, other = finished(kestrel), begun(kestrel)
    Assessment.objects.filter(pk=other.pk).update(organisation="KB Holding")
    ClientFactory(workspace=workspace, name="Harrow Pumps")
    rename = at("desk_client_rename", workspace, kestrel.public_id)
    assert consultant.post(rename, {"name": "harrow pumps"}).status_code == 422
    assert consultant.post(rename, {"name": "KESTREL BANK"}).status_code == 303
    assert consultant.post(rename, {"name": "Falcon Bank"}).status_code == 303
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.organisation, other.organisation) == ("Falcon Bank", "KB Holding")
    assert trail(workspace) == ["client.renamed", "client.renamed"]


def test_a_unit_gets_another_name_everywhere(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made, other = begun(kestrel, "Retail", scope="Retail"), begun(kestrel, "Cards", scope="Cards")
    unit = at("desk_unit", workspace, kestrel.public_id)
    assert consultant.post(unit, {"unit": "Retail", "name": " "}).status_code == 422
    assert consultant.post(unit, {"unit": "Retail", "name": "Retail banking"}).status_code == 303
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.unit, made.scope, other.unit) == ("Retail banking", "Retail banking", "Cards")


def test_a_client_is_archived_and_taken_up(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    archive = at("desk_client_archive", workspace, kestrel.public_id)
    consultant.post(archive, {"archive": "1"})
    assert "Kestrel" not in listed(consultant, workspace)
    assert "Kestrel" in listed(consultant, workspace, "?archived=1")
    consultant.post(archive, {"archive": "0"})
    assert "Kestrel" in listed(consultant, workspace)
    assert trail(workspace) == ["client.archived", "client.taken_up"]


@pytest.mark.parametrize(
    "name", ["desk_client_rename", "desk_unit", "desk_client_archive", "desk_client_delete"]
)
def test_viewers_and_others_change_nothing(
    sign_in: SignIn, workspace: Workspace, kestrel: Client, name: str
) -> None:
    sent = {"name": "Mine now", "unit": "", "archive": "1"}
    assert sign_in("viewer").post(at(name, workspace, kestrel.public_id), sent).status_code == 403
    other = WorkspaceFactory()
    foreign = sign_in("owner", other)
    assert foreign.post(at(name, workspace, kestrel.public_id), sent).status_code == 404
    assert foreign.post(at(name, other, kestrel.public_id), sent).status_code == 404
    kestrel.refresh_from_db()
    assert (kestrel.name, kestrel.archived, kestrel.binned) == ("Kestrel Bank", None, None)
    assert trail(workspace) == ["access.refused"]
