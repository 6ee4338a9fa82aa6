"""/r/<token>: coming back by the private link."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from assessments.access import SESSION_KEY
from assessments.answering import record_answer
from assessments.links import link_of, replace_link, token_of
from assessments.models import Assessment
from tests.assessments.conftest import answer_everything


def test_opening_it_shows_a_button_and_no_data(client: Client, assessment: Assessment) -> None:
    for _ in range(3):
        response = client.get(link_of(assessment))
    page = response.content.decode()
    assert response.status_code == 200
    assert assessment.organisation not in page
    assert assessment.public_id not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert "sid" not in client.cookies, "a link scanner gets no session"
    touched = assessment.touched
    assessment.refresh_from_db()
    assert assessment.touched == touched


def test_going_on_leads_to_the_first_open_question_without_the_secret(
    client: Client, assessment: Assessment
) -> None:
    record_answer(assessment=assessment, question="stated", value="devops")
    response = client.post(link_of(assessment))
    assert (response.status_code, response["Location"]) == (303, f"/a/{assessment.public_id}/q/c_size/")
    assert client.session[SESSION_KEY] == {assessment.public_id: 1}
    assert client.get(response["Location"]).status_code == 200


def test_going_on_leads_to_the_review_when_nothing_is_open(client: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    assert client.post(link_of(assessment))["Location"] == f"/a/{assessment.public_id}/review/"


def test_going_on_after_a_day_leads_to_the_overview(client: Client, assessment: Assessment) -> None:
    Assessment.objects.update(touched=timezone.now() - timedelta(days=2))
    assert client.post(link_of(assessment))["Location"] == f"/a/{assessment.public_id}/"


def test_the_session_key_is_a_new_one(client: Client, assessment: Assessment) -> None:
    client.post("/start/", {"mode": "quick"})
    before = client.session.session_key
    client.post(link_of(assessment))
    assert client.session.session_key != before
    assert len(client.session[SESSION_KEY]) == 2, "what this browser had before stays open"


def test_wrong_and_replaced_links_look_alike(client: Client, assessment: Assessment) -> None:
    old = link_of(assessment)
    replace_link(assessment=assessment)
    wrong = "/r/" + "x" * 43
    answers = [client.get(url) for url in (old, wrong, "/r/short", f"/r/{'ü' * 43}")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert client.post(old).status_code == 404
    assert SESSION_KEY not in client.session


def test_another_site_cannot_press_the_button(assessment: Assessment) -> None:
    assert Client(enforce_csrf_checks=True).post(link_of(assessment)).status_code == 403


def test_the_secret_has_256_bits_and_stands_in_no_row(assessment: Assessment) -> None:
    token = token_of(assessment)
    assert len(token) == 43
    stored = [str(value) for value in Assessment.objects.values_list().get()]
    assert not any(token[:10] in value for value in stored)


def test_the_secret_depends_on_the_servers_key(assessment: Assessment, settings: Settings) -> None:
    before = token_of(assessment)
    settings.SECRET_KEY = "another key that is long enough to be one, or nearly so"
    assert token_of(assessment) != before
