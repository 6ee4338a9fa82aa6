"""/a/<id>/q/<question>/: one question, shown and answered."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.answering import record_answer
from assessments.models import Assessment
from tests.assessments.conftest import Open, answer_everything, answered
from tests.factories import AssessmentFactory

HTMX = {"HX-Request": "true", "HX-Target": "main"}


def url_of(assessment: Assessment, question: str) -> str:
    return f"/a/{assessment.public_id}/q/{question}/"


# --- Shown ------------------------------------------------------------------------------------------------------------


def test_nothing_is_chosen_at_first(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(url_of(assessment, "dv_ci")).content.decode()
    assert page.count('type="radio"') == 6
    assert " checked" not in page


def test_the_stored_answer_is_shown_again(visitor: Client, assessment: Assessment) -> None:
    record_answer(
        assessment=assessment, question="ml_trn", value="na", na_reason="We only buy models", note="As agreed"
    )
    page = visitor.get(url_of(assessment, "ml_trn")).content.decode()
    assert re.search(r'id="answer-na" value="na" checked', page)
    assert 'value="We only buy models"' in page
    assert "As agreed</textarea>" in page


def test_no_level_is_told_while_somebody_answers(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=4)
    text = re.sub(r"<[^>]+>", " ", visitor.get(url_of(assessment, "dv_cd")).content.decode())
    assert "level" not in text.lower()


def test_the_title_names_question_place_and_product(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(url_of(assessment, "c_size")).content.decode()
    assert re.search(r"<title>How many people .+\? – Question 2 of about 35 – Groundwork</title>", page)


def test_about_disappears_when_no_answer_can_change_the_number(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment, c_models="0", c_ml_plans="none")
    assessment.answers.filter(question="dv_ci").delete()
    page = visitor.get(url_of(assessment, "dv_ci")).content.decode()
    assert "Question 13 of 28" in page
    assert "of about" not in page


def test_the_back_link_leads_to_the_question_asked_before(visitor: Client, assessment: Assessment) -> None:
    assert (
        f'href="{url_of(assessment, "stated")}">Back'
        in visitor.get(url_of(assessment, "c_size")).content.decode()
    )
    assert (
        f'href="/a/{assessment.public_id}/scope/">Back'
        in visitor.get(url_of(assessment, "stated")).content.decode()
    )


def test_a_question_that_is_no_longer_asked_leads_on(visitor: Client, assessment: Assessment) -> None:
    response = visitor.get(url_of(assessment, "c_ml_plans"))
    assert (response.status_code, response["Location"]) == (303, url_of(assessment, "stated"))


def test_an_unknown_question_is_not_found(visitor: Client, assessment: Assessment) -> None:
    assert visitor.get(url_of(assessment, "hr_happy")).status_code == 404
    assert visitor.post(url_of(assessment, "hr_happy"), {"answer": "2"}).status_code == 404


def test_no_cache_keeps_the_page(visitor: Client, assessment: Assessment) -> None:
    response = visitor.get(url_of(assessment, "dv_ci"))
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert "HX-Request" in response["Vary"]


def test_time_left_is_hidden_when_there_is_hardly_any(visitor: Client, assessment: Assessment) -> None:
    assert "about 20 minutes left" in visitor.get(url_of(assessment, "stated")).content.decode()
    answer_everything(assessment)
    assert "minutes left" not in visitor.get(url_of(assessment, "stated")).content.decode()


# --- Answered ---------------------------------------------------------------------------------------------------------


def test_an_answer_leads_to_the_next_open_question(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_cd", value=1)
    response = visitor.post(url_of(assessment, "dv_ci"), {"answer": "2", "note": "Since spring"})
    assert (response.status_code, response["Location"]) == (303, url_of(assessment, "dv_env"))
    answer = assessment.answers.get(question="dv_ci")
    assert (answer.value, answer.note) == (2, "Since spring")


def test_the_last_answer_leads_to_the_review(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    response = visitor.post(url_of(assessment, "sig_gap"), {"answer": "unknown"})
    assert response["Location"] == f"/a/{assessment.public_id}/review/"


def test_an_answer_changed_from_the_review_leads_back_there(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    response = visitor.post(url_of(assessment, "dv_ci") + "?return=review", {"answer": "3"})
    assert response["Location"] == f"/a/{assessment.public_id}/review/"


def test_new_questions_are_asked_before_the_review(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment, c_models="0", c_ml_plans="none")
    response = visitor.post(url_of(assessment, "c_models") + "?return=review", {"answer": "2_5"})
    assert response["Location"] == url_of(assessment, "ml_trn") + "?return=review"
    response = visitor.post(response["Location"], {"answer": "1"})
    assert response["Location"] == url_of(assessment, "ml_reg") + "?return=review"


def test_a_number_is_read_with_comma_or_point(visitor: Client, assessment: Assessment) -> None:
    for typed in ("1.5", " 1,5 "):
        visitor.post(url_of(assessment, "c_capacity_fte"), {"number": typed})
        assert assessment.answers.get().value == 1.5
    assert 'value="1.5"' in visitor.get(url_of(assessment, "c_capacity_fte")).content.decode()


@pytest.mark.parametrize("typed", ["", "many", "nan", "inf", "1e2", "1_0", "0", "501", "1" * 30])
def test_a_number_out_of_range_is_refused(visitor: Client, assessment: Assessment, typed: str) -> None:
    response = visitor.post(url_of(assessment, "c_capacity_fte"), {"number": typed})
    assert response.status_code == 422
    assert not answered(assessment)


def test_a_number_that_can_be_read_in_two_ways_is_asked_for_again(
    visitor: Client, assessment: Assessment
) -> None:
    page = visitor.post(url_of(assessment, "c_capacity_fte"), {"number": "1,250"}).content.decode()
    assert page.count("1,250 can be read in two ways: enter 1250 or 1.25") == 2
    assert 'value="1,250"' in page
    assert not answered(assessment)


def test_a_number_is_shown_as_it_can_be_sent_again(visitor: Client, assessment: Assessment) -> None:
    visitor.post(url_of(assessment, "c_capacity_fte"), {"number": "1.1250"})
    page = visitor.get(url_of(assessment, "c_capacity_fte")).content.decode()
    assert 'value="1.1250"' in page
    assert visitor.post(url_of(assessment, "c_capacity_fte"), {"number": "1.1250"}).status_code == 303


def test_the_number_field_is_described_by_its_mistake(visitor: Client, assessment: Assessment) -> None:
    page = visitor.post(url_of(assessment, "c_capacity_fte"), {"number": "many"}).content.decode()
    assert re.search(r'<input [^>]*id="number"[^>]*aria-describedby="hint answer-error"', page)


def test_none_of_these_stands_for_an_empty_list(visitor: Client, assessment: Assessment) -> None:
    visitor.post(url_of(assessment, "c_tools"), {"answer": "none-of-these"})
    assert assessment.answers.get().value == []
    assert re.search(
        r'value="none-of-these"[^>]* checked', visitor.get(url_of(assessment, "c_tools")).content.decode()
    )


def test_none_of_these_and_something_is_refused(visitor: Client, assessment: Assessment) -> None:
    assert visitor.post(url_of(assessment, "c_tools"), {"answer": ["none-of-these", "ml"]}).status_code == 422


# --- Not answered -----------------------------------------------------------------------------------------------------


def test_nothing_chosen_is_told_in_the_summary_and_at_the_question(
    visitor: Client, assessment: Assessment
) -> None:
    response = visitor.post(url_of(assessment, "dv_ci"), {"note": "Typed already"})
    page = response.content.decode()
    assert response.status_code == 422
    message = "Select what happens after somebody finishes a change, or ‘I don’t know’"
    assert page.count(message) == 2
    assert "<title>Error: " in page
    assert 'href="#answer-0"' in page
    assert "Typed already</textarea>" in page


def test_a_missing_reason_is_asked_for(visitor: Client, assessment: Assessment) -> None:
    page = visitor.post(url_of(assessment, "ml_trn"), {"answer": "na"}).content.decode()
    assert page.count("Enter why this does not apply to you") == 2
    assert re.search(r'id="answer-na" value="na" checked', page)


def test_does_not_apply_is_refused_where_it_is_not_offered(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment, "dv_ci"), {"answer": "na", "na_reason": "Because"})
    assert response.status_code == 422
    assert not answered(assessment)


def test_a_note_of_100_kilobytes_is_refused_and_kept_on_the_page(
    visitor: Client, assessment: Assessment
) -> None:
    response = visitor.post(url_of(assessment, "dv_ci"), {"answer": "2", "note": "x" * 100_000})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Note must be 2,000 characters or less" in page
    assert "x" * 100_000 in page
    assert not answered(assessment)


def test_markup_in_a_note_is_shown_as_text(visitor: Client, assessment: Assessment) -> None:
    payload = '</textarea><script>alert(1)</script><div hx-get="/" hx-trigger="load">'
    visitor.post(url_of(assessment, "dv_ci"), {"answer": "2", "note": payload})
    for url in (url_of(assessment, "dv_ci"), f"/a/{assessment.public_id}/review/"):
        page = visitor.get(url).content.decode()
        assert "<script>alert" not in page
        assert '<div hx-get="/"' not in page
        assert "&lt;script&gt;alert(1)" in page


# --- Save and leave -----------------------------------------------------------------------------------------------------


def test_leaving_saves_the_answer(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment, "dv_ci"), {"answer": "2", "leave": "1"})
    assert response["Location"] == f"/a/{assessment.public_id}/keep/?leaving=1"
    assert assessment.answers.get().value == 2


def test_leaving_without_an_answer_is_fine(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment, "dv_ci"), {"note": "", "leave": "1"})
    assert response["Location"] == f"/a/{assessment.public_id}/keep/?leaving=1"
    assert not answered(assessment)


def test_leaving_with_a_note_alone_loses_nothing(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment, "dv_ci"), {"note": "Ask Ana", "leave": "1"})
    assert response["Location"] == f"/a/{assessment.public_id}/keep/?leaving=1"
    assert not answered(assessment)
    assert "Ask Ana</textarea>" in visitor.get(url_of(assessment, "dv_ci")).content.decode()


# --- htmx -------------------------------------------------------------------------------------------------------------


def test_htmx_gets_the_step_alone_with_title_and_status(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(url_of(assessment, "dv_ci"), headers=HTMX).content.decode()
    assert "<html" not in page
    assert page.count("<h1") == 1
    assert "<title>" in page
    assert 'hx-swap-oob="innerHTML"' in page


def test_a_page_brought_back_by_history_is_whole(visitor: Client, assessment: Assessment) -> None:
    headers = HTMX | {"HX-History-Restore-Request": "true"}
    page = visitor.get(url_of(assessment, "dv_ci"), headers=headers).content.decode()
    assert "<html" in page


def test_a_refused_step_does_not_enter_the_history(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment, "dv_ci"), {}, headers=HTMX)
    assert response.status_code == 422
    assert response["HX-Push-Url"] == "false"
    assert "<html" not in response.content.decode()


# --- Deleted meanwhile --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("htmx", [True, False])
def test_an_answer_to_what_another_window_deletes_at_this_moment_is_not_lost(
    visitor: Client, assessment: Assessment, htmx: bool
) -> None:
    """The other window is quicker: it deletes when this request has found the assessment and is about to lock it."""

    def delete_first(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith("SAVEPOINT") and Assessment.objects.exists():
            Assessment.objects.all().delete()
        return execute(sql, *rest)

    with connection.execute_wrapper(delete_first):
        response = visitor.post(
            url_of(assessment, "dv_ci"), {"answer": "2", "note": "Ask Ana"}, headers=HTMX if htmx else {}
        )
    assert response.status_code == 404
    assert "may have been deleted" in response.content.decode()
    assert "Ask Ana</textarea>" in response.content.decode()


# --- Rights and cost --------------------------------------------------------------------------------------------------


def test_no_other_browser_can_open_or_answer(
    client: Client, browser_of: Open, assessment: Assessment
) -> None:
    stranger = browser_of(AssessmentFactory())
    for other in (client, stranger):
        assert other.get(url_of(assessment, "dv_ci")).status_code == 404
        assert other.post(url_of(assessment, "dv_ci"), {"answer": "2"}).status_code == 403
    assert not answered(assessment)


def test_another_site_cannot_send_an_answer(assessment: Assessment) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url_of(assessment, "dv_ci"), {"answer": "2"}).status_code == 403


def test_a_page_takes_three_queries(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(url_of(assessment, "dv_ci"))
    assert len(queries) == 3, "session, assessment, answers"


def test_an_answer_takes_one_short_transaction(visitor: Client, assessment: Assessment) -> None:
    with CaptureQueriesContext(connection) as queries:
        visitor.post(url_of(assessment, "dv_ci"), {"answer": "2"})
    assert len(queries) <= 11, [each["sql"] for each in queries]
