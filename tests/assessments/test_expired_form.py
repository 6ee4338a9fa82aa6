"""A form whose protection has expired is offered once more; a foreign one is not."""

import re

import pytest
from django.test import Client

from assessments.links import link_of
from assessments.models import Assessment
from tests.assessments.conftest import answered
from tests.factories import AssessmentFactory

HERE = {"Origin": "http://testserver"}


def url_of(assessment: Assessment) -> str:
    return f"/a/{assessment.public_id}/q/dv_ci/"


def strict(visitor: Client) -> Client:
    """The same browser, but with the protection that tests are spared."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = visitor.cookies
    return client


def test_what_was_typed_can_be_sent_again(visitor: Client, assessment: Assessment) -> None:
    client = strict(visitor)
    sent = {"answer": "2", "note": "Since <spring>"}
    response = client.post(url_of(assessment), sent, headers=HERE)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Your session ended. Press Continue to send this answer." in page
    assert "Since &lt;spring&gt;</textarea>" in page
    assert '<input type="hidden" name="answer" value="2">' in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    response = client.post(url_of(assessment), sent | {"csrfmiddlewaretoken": token[1]}, headers=HERE)
    assert response.status_code == 303
    assert assessment.answers.get().note == "Since <spring>"


def test_other_forms_are_not_called_an_answer(visitor: Client, assessment: Assessment) -> None:
    page = strict(visitor).post(f"/a/{assessment.public_id}/scope/", {"scope": "The shop"}, headers=HERE)
    assert "Press Continue to send this again." in page.content.decode()
    assert '<input type="hidden" name="scope" value="The shop">' in page.content.decode()


def test_another_site_gets_none_of_its_words_repeated(visitor: Client, assessment: Assessment) -> None:
    for headers in ({"Origin": "https://evil.example"}, {}):
        response = strict(visitor).post(
            url_of(assessment), {"answer": "2", "note": "Buy now"}, headers=headers
        )
        assert response.status_code == 403
        assert "Buy now" not in response.content.decode()
    assert not answered(assessment)


def test_htmx_puts_it_in_the_place_of_the_step(visitor: Client, assessment: Assessment) -> None:
    headers = HERE | {"HX-Request": "true"}
    response = strict(visitor).post(url_of(assessment), {"answer": "2"}, headers=headers)
    assert response.status_code == 409, "the one refusal besides 422 that htmx shows"
    assert response["HX-Reselect"] == "main > *"


def test_a_note_is_not_lost_with_the_session(client: Client, assessment: Assessment) -> None:
    response = client.post(url_of(assessment), {"answer": "2", "note": "Ask <Ana>"})
    assert response.status_code == 403
    assert "Ask &lt;Ana&gt;</textarea>" in response.content.decode()
    assert not answered(assessment)


def test_with_all_cookies_gone_the_link_is_asked_for_at_once(assessment: Assessment) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(url_of(assessment), {"answer": "2", "note": "Ask Ana"}, headers=HERE)
    assert response.status_code == 403
    assert 'name="link"' in response.content.decode()
    assert "Ask Ana</textarea>" in response.content.decode()


def test_the_private_link_lets_the_answer_in_after_all(client: Client, assessment: Assessment) -> None:
    link = f"http://testserver{link_of(assessment)}"
    response = client.post(url_of(assessment), {"answer": "2", "note": "Ask Ana", "link": link})
    assert response.status_code == 303
    assert assessment.answers.get().note == "Ask Ana"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("link", ["", "nonsense", "/r/" + "x" * 43, "another"])
def test_any_other_link_lets_nothing_in(client: Client, assessment: Assessment, link: str) -> None:
    wrong = link_of(AssessmentFactory()) if link == "another" else link
    response = client.post(url_of(assessment), {"answer": "2", "note": "Ask Ana", "link": wrong})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Ask Ana</textarea>" in page
    assert ("Enter the private link" in page) == bool(link)
    assert not answered(assessment)
    assert client.get(url_of(assessment)).status_code == 404


def test_nobody_learns_which_assessments_there_are(client: Client, assessment: Assessment) -> None:
    here = client.post(url_of(assessment), {"answer": "2"})
    nowhere = client.post(f"/a/{'x' * 12}/q/dv_ci/", {"answer": "2"})
    assert here.status_code == nowhere.status_code == 403
    told = [each.content.decode().replace(assessment.public_id, "x" * 12) for each in (here, nowhere)]
    assert len({re.sub(r'value="[^"]{64}"', "", each) for each in told}) == 1


def test_what_a_page_saves_by_itself_is_only_refused(client: Client, assessment: Assessment) -> None:
    response = client.post(url_of(assessment), {"answer": "2", "auto": "1"})
    assert response.status_code == 403
    assert not response.content
