"""/a/<id>/delete/: gone, after asking once more."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import escape
from pytest_django.fixtures import Settings

from assessments.access import DELETED_KEY, REMEMBERED, SESSION_KEY
from assessments.links import link_of
from assessments.models import Answer, AnswerChange, Assessment
from tests.assessments.conftest import answer_everything
from tests.factories import AnswerFactory, AssessmentFactory


def test_looking_deletes_nothing(visitor: Client, assessment: Assessment) -> None:
    assert "Delete this assessment?" in visitor.get(f"/a/{assessment.public_id}/delete/").content.decode()
    assert Assessment.objects.exists()


def test_deleting_leaves_nothing_of_this_assessment(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    other = AnswerFactory()
    response = visitor.post(f"/a/{assessment.public_id}/delete/")
    assert (response.status_code, response["Location"]) == (303, "/deleted/")
    assert "is deleted" in visitor.get("/deleted/").content.decode()
    assert list(Answer.objects.all()) == [other]
    assert not AnswerChange.objects.exists()
    assert visitor.session[SESSION_KEY] == {}
    assert visitor.get(link_of(assessment)).status_code == 404


def test_no_other_browser_can_do_it(client: Client, assessment: Assessment) -> None:
    assert client.post(f"/a/{assessment.public_id}/delete/").status_code == 404
    assert Assessment.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "keep/",
        "scope/",
        "review/",
        "delete/",
        "q/stated/",
        "result/",
        "data.json",
        "result.pdf",
        "recheck/",
        "milestones/",
        "compare/",
    ],
)
def test_the_browser_that_did_it_is_told_so_on_every_page(
    visitor: Client, client: Client, assessment: Assessment, path: str
) -> None:
    visitor.post(f"/a/{assessment.public_id}/delete/")
    response = visitor.get(f"/a/{assessment.public_id}/{path}")
    page = response.content.decode()
    assert response.status_code == 410
    assert "no-store" in response["Cache-Control"]
    assert f">{written(timezone.localdate(), 'j F Y')}</time>" in page
    assert assessment.organisation not in page
    assert client.get(f"/a/{assessment.public_id}/{path}").status_code == 404, "everybody else learns nothing"


def test_the_browser_knows_it_still_when_it_has_begun_anew(visitor: Client, assessment: Assessment) -> None:
    visitor.post(f"/a/{assessment.public_id}/delete/")
    visitor.post("/start/", {"mode": "quick"})
    assert visitor.get(f"/a/{assessment.public_id}/").status_code == 410


def test_what_is_sent_to_it_afterwards_can_be_copied_from_the_page(
    visitor: Client, assessment: Assessment
) -> None:
    visitor.post(f"/a/{assessment.public_id}/delete/")
    sent = {"answer": "2", "note": "half a page <of> thoughts"}
    response = visitor.post(f"/a/{assessment.public_id}/q/dv_ci/", sent)
    assert response.status_code == 410
    assert "half a page &lt;of&gt; thoughts" in response.content.decode()


def test_every_field_with_words_can_be_copied_whatever_the_form(
    visitor: Client, assessment: Assessment
) -> None:
    visitor.post(f"/a/{assessment.public_id}/delete/")
    for path, sent in (
        ("scope/", {"scope": "The shop", "organisation": "Harrow", "decision": "Hire?"}),
        ("sheet/devops/", {"dv_ci-note": "Since <May>", "dv_cd-na_reason": "None", "dv_ci-answer": "2"}),
        ("q/c_capacity_fte/", {"number": "2.5"}),
    ):
        page = visitor.post(f"/a/{assessment.public_id}/{path}", sent).content.decode()
        words = [escape(value) for name, value in sent.items() if not name.endswith("answer")]
        assert "readonly>\n" + "\n\n".join(words) + "</textarea>" in page, path


def test_a_form_for_an_address_that_is_not_there_can_be_copied_too(client: Client) -> None:
    page = client.post("/nowhere/", {"scope": "The shop"}, headers={"Origin": "http://testserver"})
    assert "The shop</textarea>" in page.content.decode()
    page = client.post("/nowhere/", {"scope": "Buy now"}, headers={"Origin": "https://evil.example"})
    assert "Buy now" not in page.content.decode()


def test_what_is_far_too_large_for_any_form_is_refused_without_repeating_it(
    client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    page = client.post("/nowhere/", "note=" + "a" * 200, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 404
    assert "a" * 50 not in page.content.decode()


def test_beginning_another_one_does_not_make_the_browser_forget_it(
    visitor: Client, assessment: Assessment
) -> None:
    visitor.post(f"/a/{assessment.public_id}/delete/")
    visitor.post("/start/", {"mode": "quick"})
    assert visitor.get(f"/a/{assessment.public_id}/").status_code == 410


def test_only_so_many_are_remembered(visitor: Client, assessment: Assessment) -> None:
    session = visitor.session
    session[DELETED_KEY] = {f"earlier-{number}": "2026-01-01" for number in range(REMEMBERED)}
    session.save()
    visitor.post(f"/a/{assessment.public_id}/delete/")
    assert len(visitor.session[DELETED_KEY]) == REMEMBERED
    assert assessment.public_id in visitor.session[DELETED_KEY]
    assert "earlier-0" not in visitor.session[DELETED_KEY]


def test_others_stay_as_they_are(visitor: Client, assessment: Assessment) -> None:
    other = AssessmentFactory()
    visitor.post(link_of(other))
    visitor.post(f"/a/{assessment.public_id}/delete/")
    assert visitor.get(f"/a/{other.public_id}/").status_code == 200
