"""/a/<id>/: every question, with what is done and what is open."""

import re

from django.test import Client

from assessments.answering import record_answer
from assessments.models import Assessment
from tests.assessments.conftest import answer_everything


def states_of(client: Client, assessment: Assessment) -> dict[str, str]:
    page = client.get(f"/a/{assessment.public_id}/").context["page"]
    return {section.id: section.state for section in page.sections}


def test_each_part_tells_its_state_in_words(visitor: Client, assessment: Assessment) -> None:
    for question in ("dv_ci", "dv_cd"):
        record_answer(assessment=assessment, question=question, value=1)
    assert states_of(visitor, assessment) == {
        "organisation": "Not yet started",
        "devops": "2 of 6 answered",
        "dataops": "Not yet started",
        "mlops": "Not yet started",
        "symptoms": "Not yet started",
    }
    answer_everything(assessment)
    assert set(states_of(visitor, assessment).values()) == {"Completed"}


def test_every_question_is_one_link(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(f"/a/{assessment.public_id}/").content.decode()
    links = re.findall(rf'<li><a href="/a/{assessment.public_id}/q/(\w+)/">', page)
    assert len(links) == len(set(links)) == 35


def test_the_first_button_leads_on(visitor: Client, assessment: Assessment) -> None:
    assert "Begin with the first question" in visitor.get(f"/a/{assessment.public_id}/").content.decode()
    answer_everything(assessment)
    page = visitor.get(f"/a/{assessment.public_id}/").content.decode()
    assert f'<a class="button" href="/a/{assessment.public_id}/review/">' in page


def test_layers_that_do_not_apply_are_left_out(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="c_models", value="0")
    record_answer(assessment=assessment, question="c_ml_plans", value="none")
    assert "mlops" not in states_of(visitor, assessment)


def test_no_other_browser_can_open_it(client: Client, assessment: Assessment) -> None:
    assert client.get(f"/a/{assessment.public_id}/").status_code == 404


def test_how_far_it_is_stands_in_one_sentence(visitor: Client, assessment: Assessment) -> None:
    url = f"/a/{assessment.public_id}/"
    assert visitor.get(url).context["page"].standing == "0 of 35 questions answered, about 20 minutes left"
    answer_everything(assessment)
    assert re.fullmatch(r"(\d+) of \1 questions answered", visitor.get(url).context["page"].standing)
