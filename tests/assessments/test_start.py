"""POST /start/: a new assessment, and only one however often the form is sent."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from assessments.access import SESSION_KEY
from assessments.links import link_of
from assessments.models import Assessment
from assessments.wizard.views import start

pytestmark = pytest.mark.django_db

URL = "/start/"


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the page's first form."""
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', page.partition("</form>")[0])
    )


def opened(client: Client) -> dict[str, str]:
    """What the landing page's form sends for a quick check."""
    return fields_of(client.get("/").content.decode()) | {"mode": "quick"}


def test_it_begins_with_the_symptom_that_was_named(client: Client) -> None:
    response = client.post(URL, {"stated": "dataops", "mode": "full"})
    assessment = Assessment.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/a/{assessment.public_id}/scope/")
    assert assessment.mode == "full"
    assert list(assessment.answers.values_list("question", "value")) == [("stated", "dataops")]
    assert client.session[SESSION_KEY] == {assessment.public_id: 1}


def test_it_begins_without_a_symptom_too(client: Client) -> None:
    client.post(URL, {"mode": "quick"})
    assessment = Assessment.objects.get()
    assert assessment.mode == "quick"
    assert not assessment.answers.exists()


def test_only_a_fingerprint_of_the_private_link_is_stored(client: Client) -> None:
    client.post(URL, {"mode": "quick"})
    assert len(Assessment.objects.get().resume_digest or "") == 64


def test_the_session_gets_a_new_key(client: Client) -> None:
    client.post(URL, {"mode": "quick"})
    before = client.session.session_key
    client.post(URL, {"mode": "full"})
    assert client.session.session_key != before
    assert len(client.session[SESSION_KEY]) == 2


@pytest.mark.parametrize(
    "sent", [{"mode": "huge"}, {"mode": "full", "stated": "hrops"}, {"stated": "\0", "mode": "full"}]
)
def test_anything_else_is_refused_with_a_reason(client: Client, sent: dict[str, str]) -> None:
    response = client.post(URL, sent)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not Assessment.objects.exists()


def test_opening_the_address_changes_nothing(client: Client) -> None:
    assert client.get(URL).status_code == 405
    assert not Assessment.objects.exists()


def test_another_site_cannot_send_it() -> None:
    assert Client(enforce_csrf_checks=True).post(URL, {"mode": "full"}).status_code == 403
    assert not Assessment.objects.exists()


def test_two_starts_at_once_do_not_take_an_earlier_assessment_away(client: Client) -> None:
    client.post("/start/", {"mode": "quick"})
    earlier = Assessment.objects.get()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/start/", {"mode": "quick"})
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = (
        cookie  # a second request that was sent before the first was answered
    )
    other.post("/start/", {"mode": "quick"})
    for browser in (client, other):
        assert browser.get(f"/a/{earlier.public_id}/").status_code == 200


# --- Sent more than once ----------------------------------------------------------------------------------------------


def test_a_double_click_begins_one_assessment(client: Client) -> None:
    form = opened(client)
    first, second = (client.post(URL, form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Assessment.objects.count() == 1
    assert client.get(second["Location"]).status_code == 200
    assert client.get(link_of(Assessment.objects.get())).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_clicks_that_arrive_together_begin_one_assessment(client: Client) -> None:
    form = opened(client)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def click(_: int) -> str:
        clicked = Client(enforce_csrf_checks=True)
        clicked.cookies.load(cookies)
        try:
            return str(clicked.post(URL, form)["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        leads_to = set(threads.map(click, range(8)))
    assert len(leads_to) == 1
    assert Assessment.objects.count() == 1


def test_another_choice_or_another_look_at_the_page_is_another_assessment(client: Client) -> None:
    form = opened(client)
    client.post(URL, form)
    client.post(URL, form | {"mode": "full"})
    client.post(URL, form | {"stated": "devops"})
    client.post(URL, opened(client))
    assert Assessment.objects.count() == 4


def test_the_number_on_the_page_is_worth_nothing_in_another_browser(client: Client) -> None:
    form = opened(client)
    client.post(URL, form)
    mine = Assessment.objects.get()
    other = Client()
    other.post(URL, opened(other) | {"once": form["once"]})
    assert Assessment.objects.count() == 2
    assert other.get(f"/a/{mine.public_id}/").status_code == 404


def test_who_was_shut_out_by_a_new_link_does_not_come_back_in_this_way(client: Client) -> None:
    form = opened(client)
    client.post(URL, form)
    assessment = Assessment.objects.get()
    other = Client()
    other.post(link_of(assessment))
    other.post(f"/a/{assessment.public_id}/keep/new/")
    client.post(URL, form)
    assert client.get(f"/a/{assessment.public_id}/").status_code == 404
    assert Assessment.objects.count() == 2


def test_what_was_deleted_is_not_begun_again_under_its_old_link(client: Client) -> None:
    form = opened(client)
    client.post(URL, form)
    deleted = Assessment.objects.get()
    client.post(f"/a/{deleted.public_id}/delete/")
    client.post(URL, form)
    assert Assessment.objects.get().public_id != deleted.public_id
    assert Assessment.objects.get().resume_digest != deleted.resume_digest


def test_a_form_without_the_number_still_begins_one(client: Client) -> None:
    for _ in range(2):
        client.post(URL, opened(client) | {"once": ""})
    assert Assessment.objects.count() == 2


def test_one_network_begins_only_so_many(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert start.MOST_AN_HOUR == 300
    monkeypatch.setattr(start, "MOST_AN_HOUR", 3)
    assert [Client().post("/start/", {"mode": "quick"}).status_code for _ in range(3)] == [303] * 3
    refused = client.post("/start/", {"mode": "quick"}, headers={"X-Forwarded-For": "203.0.113.7"})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "many assessments were begun" in refused.content.decode()
    assert Assessment.objects.count() == 3
    assert Client(REMOTE_ADDR="203.0.113.7").post("/start/", {"mode": "quick"}).status_code == 303
