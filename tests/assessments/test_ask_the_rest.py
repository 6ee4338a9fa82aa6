"""POST /a/<id>/full/: a quick check becomes a full assessment."""

from django.test import Client

from advisor.engine.asking import path
from advisor.engine.playbook import Playbook
from assessments.models import Assessment
from tests.assessments.conftest import Open, answer_everything, situation_of
from tests.factories import AssessmentFactory


def test_answers_carry_over_and_only_the_rest_is_asked(browser_of: Open, playbook: Playbook) -> None:
    quick = AssessmentFactory(mode="quick")
    answer_everything(quick, c_models="1")
    before = set(quick.answers.values_list("question", "value"))
    response = browser_of(quick).post(f"/a/{quick.public_id}/full/")
    quick.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, f"/a/{quick.public_id}/q/c_data_team/")
    assert quick.mode == "full"
    assert set(quick.answers.values_list("question", "value")) == before
    assert {question for question, _ in before} <= set(path(playbook, situation_of(quick)))


def test_the_overview_offers_it_to_quick_checks_only(browser_of: Open, assessment: Assessment) -> None:
    quick = AssessmentFactory(mode="quick")
    assert "Ask me the rest" in browser_of(quick).get(f"/a/{quick.public_id}/").content.decode()
    assert "Ask me the rest" not in browser_of(assessment).get(f"/a/{assessment.public_id}/").content.decode()


def test_no_other_browser_can_do_it(client: Client, assessment: Assessment) -> None:
    assert client.post(f"/a/{assessment.public_id}/full/").status_code == 404
    assert client.get(f"/a/{assessment.public_id}/full/").status_code == 405
