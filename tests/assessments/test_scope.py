"""/a/<id>/scope/: what the answers are about."""

import re

from django.test import Client

from assessments.links import link_of
from assessments.models import Assessment

SENT = {"scope": " The web shop ", "organisation": "Harrow Pumps", "decision": "Whether to\r\nhire"}


def url_of(assessment: Assessment) -> str:
    return f"/a/{assessment.public_id}/scope/"


def test_it_shows_what_is_stored(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(url_of(assessment)).content.decode()
    assert 'value="The service portal"' in page
    assert 'value="Harrow Pumps"' in page


def test_it_stores_and_leads_to_the_private_link(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment), SENT)
    assert (response.status_code, response["Location"]) == (303, f"/a/{assessment.public_id}/keep/")
    assessment.refresh_from_db()
    assert (assessment.scope, assessment.decision) == ("The web shop", "Whether to\nhire")


def test_the_scope_is_needed(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment), SENT | {"scope": " "})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Enter what your answers are about") == 2, "in the summary and at the field"
    assert "<title>Error: " in page
    assert "Whether to" in page, "what was typed is still there"


def test_too_long_and_unstorable_text_is_refused(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(
        url_of(assessment), {"scope": "x" * 201, "organisation": "a\0b", "decision": "y" * 301}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Scope must be 200 characters or less" in page
    assert "Name contains a character that cannot be stored" in page
    assert "Decision must be 300 characters or less" in page
    assessment.refresh_from_db()
    assert assessment.organisation == "Harrow Pumps"


def test_what_was_typed_is_not_lost_with_the_session(client: Client, assessment: Assessment) -> None:
    response = client.post(url_of(assessment), SENT)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Show it the private link once more" in page
    assert '<input type="hidden" name="scope" value=" The web shop ">' in page
    assert '<input type="hidden" name="decision" value="Whether to\r\nhire">' in page
    assert "Whether to\r\nhire</textarea>" in page, "whoever has lost the link too can copy it"
    response = client.post(url_of(assessment), SENT | {"link": link_of(assessment)})
    assert (response.status_code, response["Location"]) == (303, f"/a/{assessment.public_id}/keep/")
    assessment.refresh_from_db()
    assert (assessment.scope, assessment.organisation) == ("The web shop", "Harrow Pumps")


def test_markup_is_shown_as_text(visitor: Client, assessment: Assessment) -> None:
    visitor.post(url_of(assessment), SENT | {"scope": '"><script>alert(1)</script>'})
    page = visitor.get(url_of(assessment)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_fragment_has_the_title_of_the_whole_page(visitor: Client, assessment: Assessment) -> None:
    titles = [
        re.findall(r"<title>(.+?)</title>", answer.content.decode())
        for headers in ({}, {"HX-Request": "true"})
        for answer in (
            visitor.get(url_of(assessment), headers=headers),
            visitor.post(url_of(assessment), SENT | {"scope": ""}, headers=headers),
        )
    ]
    asked, refused = (
        ["What are your answers about? – Groundwork"],
        ["Error: What are your answers about? – Groundwork"],
    )
    assert titles == [asked, refused, asked, refused]
