"""/a/<id>/review/: every answer, before the result."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.answering import keep_draft, record_answer
from assessments.models import Assessment
from tests.assessments.conftest import answer_everything


def url_of(assessment: Assessment) -> str:
    return f"/a/{assessment.public_id}/review/"


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_open_questions_come_first_with_a_link_each(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    assessment.answers.filter(question__in=["dv_ci", "sig_lead"]).delete()
    page = visitor.get(url_of(assessment)).content.decode()
    assert "2 questions are still open" in page
    assert page.index("2 questions are still open") < page.index("Your organisation")
    assert page.count(f'href="/a/{assessment.public_id}/q/dv_ci/?return=review"') == 2


def test_every_kind_of_answer_is_read_out(visitor: Client, assessment: Assessment) -> None:
    answer_everything(
        assessment, c_models="2_5", c_roles=["executive", "developer"], c_tools=[], c_capacity_fte=1.5
    )
    record_answer(assessment=assessment, question="dv_ci", value="unknown", note="Ask Ana\nor Ben")
    record_answer(assessment=assessment, question="ml_trn", value="na", na_reason="We only buy models")
    page = visitor.get(url_of(assessment)).content.decode()
    text = text_of(page)
    assert "Executive or board member, Software developer" in text
    assert "None of these" in text
    assert "1.5 people" in text
    assert "I don’t know Note: Ask Ana or Ben" in text
    assert "Does not apply to us: We only buy models" in text


def test_each_change_link_says_what_it_changes(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    page = visitor.get(url_of(assessment)).content.decode()
    links = [text_of(each) for each in re.findall(r'<dd class="change.*?</dd>', page, re.DOTALL)]
    assert len(links) == len(set(links)) == assessment.answers.count()
    assert "Change answer to What hurts most today" in links


def test_what_the_answers_are_about_stands_on_top(visitor: Client, assessment: Assessment) -> None:
    Assessment.objects.update(decision="Buy a platform,\nor free two people?")
    text = text_of(visitor.get(url_of(assessment)).content.decode())
    assert "Organisation Harrow Pumps What the answers are about The service portal" in text
    assert "The decision that waits Buy a platform, or free two people?" in text
    assert "Change what your answers are about" in text
    Assessment.objects.update(organisation="", decision="")
    text = text_of(visitor.get(url_of(assessment)).content.decode())
    assert "Organisation " not in text.replace("Your organisation", "")
    assert "The decision that waits" not in text


def test_what_was_begun_is_shown_and_marked(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    assessment.answers.filter(question="dv_ci").delete()
    draft = {"chosen": [], "number": "", "na_reason": "", "note": "Ask Ana\nor Ben"}
    keep_draft(assessment=assessment, question="dv_ci", draft=draft)
    keep_draft(assessment=assessment, question="dv_cd", draft=draft | {"chosen": ["3"]})
    text = text_of(visitor.get(url_of(assessment)).content.decode())
    assert "1 question is still open" in text
    assert "Version control, build and test (Begun)" in text
    assert "Begun, not answered yet: Ask Ana or Ben Answer Version control" in text
    assert (
        "A release is an event, done by hand Begun to change, not stored as the answer: A good build" in text
    )


def test_answers_not_in_use_are_kept_apart(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment, c_models="1")
    record_answer(assessment=assessment, question="c_models", value="0")
    page = visitor.get(url_of(assessment)).content.decode()
    text = text_of(page)
    assert text.index("Not in use") < text.index("Reproducible training")
    assert "/q/ml_trn/" not in page, "there is nothing to change while it does not count"
    draft = {"chosen": [], "number": "", "na_reason": "", "note": "Ask Ana"}
    keep_draft(assessment=assessment, question="ml_trn", draft=draft)
    text = text_of(visitor.get(url_of(assessment)).content.decode())
    assert "Begun to change, not stored as the answer: Ask Ana" in text, "what was begun is not out of sight"
    record_answer(assessment=assessment, question="c_models", value="1")
    assert "Not in use" not in text_of(visitor.get(url_of(assessment)).content.decode())


def test_the_result_can_be_seen_with_questions_open(visitor: Client, assessment: Assessment) -> None:
    assert f'href="/a/{assessment.public_id}/result/"' in visitor.get(url_of(assessment)).content.decode()


def test_it_takes_three_queries(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(url_of(assessment))
    assert len(queries) == 3


def test_no_other_browser_can_open_it(client: Client, assessment: Assessment) -> None:
    assert client.get(url_of(assessment)).status_code == 404
