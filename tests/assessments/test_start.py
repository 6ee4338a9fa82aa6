"""POST /start/: a new assessment."""

import pytest
from django.conf import settings
from django.test import Client

from assessments.access import SESSION_KEY
from assessments.models import Assessment

pytestmark = pytest.mark.django_db

URL = "/start/"


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
