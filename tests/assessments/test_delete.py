"""/a/<id>/delete/: gone, after asking once more."""

from django.test import Client

from assessments.access import SESSION_KEY
from assessments.links import link_of
from assessments.models import Answer, AnswerChange, Assessment
from tests.assessments.conftest import answer_everything
from tests.factories import AnswerFactory


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
