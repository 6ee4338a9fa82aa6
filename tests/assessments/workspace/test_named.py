"""An owner finds where somebody is named in the workspace, and takes them out of plans."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from assessments.access import SIGNED_IN_AT
from assessments.answering import record_answer
from assessments.models import AuditEvent, Client, PlanChange, Workspace
from tests.assessments.workspace.conftest import SignIn, at, begun
from tests.factories import ClientFactory
from tests.plans import whole_reads


@pytest.fixture
def owner(sign_in: SignIn) -> Browser:
    return sign_in("owner")


def search(browser: Browser, workspace: Workspace, text: str) -> str:
    return browser.get(at("named", workspace), {"q": text}).content.decode()


def test_owners_of_moves_and_notes_are_found_by_a_part_of_the_name(
    owner: Browser, workspace: Workspace, kestrel: Client
) -> None:
    plan, noted = begun(kestrel, "Cards"), begun(kestrel, "Loans")
    PlanChange.objects.create(assessment=plan, code="a", owner="Ann Berg")
    record_answer(assessment=noted, question="dv_ci", value=2, note="ask ANN about it")
    page = search(owner, workspace, "ann")
    assert f'/a/{plan.public_id}/plan/"><bdi>Kestrel Bank, Cards' in page
    assert f'/a/{noted.public_id}/review/"><bdi>Kestrel Bank, Loans' in page
    assert "ask ANN" not in page, "the page says where, and repeats no note"


def test_nothing_of_others_is_found_and_nothing_that_clients_keep(
    owner: Browser, workspace: Workspace, kestrel: Client
) -> None:
    for assessment in (begun(ClientFactory(), "Theirs"), begun(kestrel, "Kept", kept_by_client=True)):
        PlanChange.objects.create(assessment=assessment, code="a", owner="Ann Berg")
        record_answer(assessment=assessment, question="dv_ci", value=2, note="Ann Berg")
    page = search(owner, workspace, "Ann Berg")
    assert "Nobody of that name owns a move" in page
    assert "It stands in none" in page
    owner.post(at("named", workspace), {"owner": "Ann Berg"})
    assert PlanChange.objects.filter(owner="Ann Berg").count() == 2


def test_an_owner_of_moves_is_taken_out_and_the_rest_of_the_plan_stays(
    owner: Browser, workspace: Workspace, kestrel: Client
) -> None:
    plan = begun(kestrel)
    PlanChange.objects.create(assessment=plan, code="a", slot="now", owner="Ann Berg")
    PlanChange.objects.create(assessment=plan, code="b", owner="Anna Bergman")
    answer = owner.post(at("named", workspace), {"owner": "Ann Berg"}, follow=True)
    assert "1 move has no owner any more." in answer.content.decode()
    stored = PlanChange.objects.order_by("code").values_list("code", "slot", "owner")
    assert list(stored) == [("a", "now", ""), ("b", "", "Anna Bergman")]
    event = AuditEvent.objects.get(action="plan.owner_removed")
    assert event.details == {"moves": 1}, "the trail keeps no name"


def test_one_letter_is_not_searched_for(owner: Browser, workspace: Workspace) -> None:
    page = search(owner, workspace, "a")
    assert "Enter at least two letters" in page
    assert "<title>Error:" in page


def test_an_old_sign_in_has_to_be_proven_before_the_page_is_shown(
    owner: Browser, workspace: Workspace
) -> None:
    session = owner.session
    session[SIGNED_IN_AT] -= 30 * 60
    session.save()
    assert "/reauthenticate/" in owner.get(at("named", workspace))["Location"]


def test_a_search_takes_two_statements_more_whatever_there_is(
    owner: Browser, workspace: Workspace, kestrel: Client
) -> None:
    counts = set()
    for number in (1, 30):
        for _ in range(number):
            PlanChange.objects.create(assessment=begun(kestrel), code="a", owner="Ann Berg")
        with CaptureQueriesContext(connection) as taken:
            search(owner, workspace, "Ann Berg")
        counts.add(len(taken))
        assert not whole_reads(taken)
    assert len(counts) == 1
