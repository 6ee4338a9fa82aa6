"""/a/<id>/delete/: gone, after asking once more."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.dateformat import format as written

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
    "path", ["", "keep/", "scope/", "review/", "delete/", "q/stated/", "result/", "data.json", "result.pdf"]
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


def test_what_is_sent_to_it_afterwards_can_be_copied_from_the_page(
    visitor: Client, assessment: Assessment
) -> None:
    visitor.post(f"/a/{assessment.public_id}/delete/")
    sent = {"answer": "2", "note": "half a page <of> thoughts"}
    response = visitor.post(f"/a/{assessment.public_id}/q/dv_ci/", sent)
    assert response.status_code == 410
    assert "half a page &lt;of&gt; thoughts" in response.content.decode()


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
