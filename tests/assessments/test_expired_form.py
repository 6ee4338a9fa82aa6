"""A form whose protection has expired is offered once more; a foreign one is not."""

import re

from django.test import Client

from assessments.models import Assessment

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


def test_another_site_gets_none_of_its_words_repeated(visitor: Client, assessment: Assessment) -> None:
    for headers in ({"Origin": "https://evil.example"}, {}):
        response = strict(visitor).post(
            url_of(assessment), {"answer": "2", "note": "Buy now"}, headers=headers
        )
        assert response.status_code == 403
        assert "Buy now" not in response.content.decode()
    assert not assessment.answers.exists()


def test_htmx_puts_it_in_the_place_of_the_step(visitor: Client, assessment: Assessment) -> None:
    headers = HERE | {"HX-Request": "true"}
    response = strict(visitor).post(url_of(assessment), {"answer": "2"}, headers=headers)
    assert response.status_code == 409, "the one refusal besides 422 that htmx shows"
    assert response["HX-Reselect"] == "main > *"


def test_a_note_is_not_lost_with_the_session(client: Client, assessment: Assessment) -> None:
    response = client.post(url_of(assessment), {"answer": "2", "note": "Ask <Ana>"})
    assert response.status_code == 404
    assert "Ask &lt;Ana&gt;</textarea>" in response.content.decode()
