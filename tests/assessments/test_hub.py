"""/a/<id>/: every question, with what is done and what is open."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from assessments.answering import keep_draft, record_answer, widen
from assessments.models import Assessment
from tests.assessments.conftest import answer_everything


def states_of(client: Client, assessment: Assessment) -> dict[str, str]:
    page = client.get(f"/a/{assessment.public_id}/").context["page"]
    return {section.part.id: section.state for section in page.sections}


def text_of(client: Client, assessment: Assessment) -> str:
    page = client.get(f"/a/{assessment.public_id}/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


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


def test_each_question_tells_its_state_in_words(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1)
    draft = {"chosen": [], "number": "", "na_reason": "", "note": "Ask Ana"}
    keep_draft(assessment=assessment, question="dv_cd", draft=draft)
    keep_draft(assessment=assessment, question="dv_env", draft=draft | {"note": ""})
    entries = visitor.get(f"/a/{assessment.public_id}/").context["page"].sections[1].entries
    states = {entry.question.id: (entry.state, entry.completed) for entry in entries}
    assert states["dv_ci"] == ("Completed", True)
    assert states["dv_cd"] == ("Begun", False)
    assert states["dv_env"] == states["dv_chg"] == ("Not yet started", False)
    assert states_of(visitor, assessment)["devops"] == "1 of 6 answered"


def test_a_part_with_a_draft_alone_has_been_started(visitor: Client, assessment: Assessment) -> None:
    draft = {"chosen": [], "number": "", "na_reason": "", "note": "Ask Ana"}
    keep_draft(assessment=assessment, question="do_own", draft=draft)
    assert states_of(visitor, assessment)["dataops"] == "0 of 6 answered"


def test_answers_not_in_use_are_marked(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment, c_models="1")
    assert "not in use" not in text_of(visitor, assessment)
    record_answer(assessment=assessment, question="c_models", value="0")
    assert "Reproducible training not in use" in text_of(visitor, assessment)
    assert "/q/ml_trn/" not in visitor.get(f"/a/{assessment.public_id}/").content.decode()


def test_each_part_can_be_typed_in_at_once(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(f"/a/{assessment.public_id}/").content.decode()
    sheets = re.findall(rf'href="(/a/{assessment.public_id}/sheet/\w+/)"', page)
    assert [each.split("/")[-2] for each in sheets] == [
        "organisation",
        "devops",
        "dataops",
        "mlops",
        "symptoms",
    ]
    assert {visitor.get(each).status_code for each in sheets} == {200}
    names = [text.strip() for text in re.findall(r"Type in the whole part at once<span[^>]*>([^<]+)<", page)]
    assert len(names) == len(set(names)) == 5


def test_what_happens_to_the_data_can_be_decided_here(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(f"/a/{assessment.public_id}/").content.decode()
    for place in ("keep/", "data.json", "delete/"):
        assert f'href="/a/{assessment.public_id}/{place}"' in page
    until = visitor.get(f"/a/{assessment.public_id}/").context["page"].until
    assert f"Kept until {until.day} {until:%B %Y}" in text_of(visitor, assessment)


@override_settings(KEEP_UNFINISHED_DAYS=0)
def test_it_says_so_when_nothing_is_ever_deleted(visitor: Client, assessment: Assessment) -> None:
    assert "Kept until you delete it." in text_of(visitor, assessment)


def test_the_result_stays_within_reach_when_a_quick_check_becomes_a_full_assessment(
    visitor: Client, assessment: Assessment
) -> None:
    Assessment.objects.update(mode="quick")
    assessment.refresh_from_db()
    answer_everything(assessment)
    widen(assessment=assessment)
    result = f'href="/a/{assessment.public_id}/result/"'
    for place in ("", "review/"):
        assert result in visitor.get(f"/a/{assessment.public_id}/{place}").content.decode()
    assert visitor.get(f"/a/{assessment.public_id}/result/").status_code == 200


def test_it_takes_four_queries_one_of_them_for_the_room(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(f"/a/{assessment.public_id}/")
    assert len(queries) == 4
