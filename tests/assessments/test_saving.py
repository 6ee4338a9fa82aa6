"""What a page saves by itself, what is kept of an unfinished answer, and what happens when two windows disagree."""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.answering import record_answer
from assessments.models import Answer, Assessment
from assessments.ordering import Edit
from tests.assessments.conftest import Open, answered

HTMX = {"HX-Request": "true"}


def url_of(assessment: Assessment, question: str = "dv_ci") -> str:
    return f"/a/{assessment.public_id}/q/{question}/"


def autosave(
    visitor: Client, assessment: Assessment, question: str = "dv_ci", **sent: object
) -> HttpResponse:
    body = {"page": "here", "seq": "1", "seen": "0", "note": "", "auto": "1"} | sent
    return visitor.post(url_of(assessment, question), body, headers=HTMX)


def told(response: HttpResponse) -> dict[str, object]:
    """What the event says that the page hears."""
    assert response.status_code == 204
    return json.loads(response["HX-Trigger"])["saved"] if response.has_header("HX-Trigger") else {}


def hidden(response: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


# --- Saved along ------------------------------------------------------------------------------------------------------


def test_a_choice_is_stored_and_the_page_learns_its_revision(visitor: Client, assessment: Assessment) -> None:
    said = told(autosave(visitor, assessment, answer="2"))
    assert said["state"] == "saved"
    assert said["fields"] == {"seen": 1}
    assert assessment.answers.get().value == 2


def test_what_arrives_late_is_dropped(visitor: Client, assessment: Assessment) -> None:
    for seq in ("3", "1", "2"):
        assert told(autosave(visitor, assessment, seq=seq, answer=seq))["state"] == "saved"
    assert assessment.answers.get().value == 3


def test_the_same_body_twice_is_one_row_and_one_line(visitor: Client, assessment: Assessment) -> None:
    for _ in range(2):
        autosave(visitor, assessment, answer="2", note="Since spring")
    assert assessment.answers.get().revision == 1
    assert assessment.changes.count() == 1


def test_nothing_at_all_is_nothing_to_store(visitor: Client, assessment: Assessment) -> None:
    assert told(autosave(visitor, assessment)) == {}
    assert not assessment.answers.exists()


def test_continue_after_a_save_is_no_second_change(visitor: Client, assessment: Assessment) -> None:
    autosave(visitor, assessment, answer="2")
    sent = {"page": "here", "seq": "2", "seen": "1", "answer": "2", "note": ""}
    assert visitor.post(url_of(assessment), sent).status_code == 303
    assert assessment.changes.count() == 1


@pytest.mark.parametrize("field", ["page", "seq", "seen"])
@pytest.mark.parametrize("value", ["", "-1", "x", "9" * 40, "\0", "١", "1.5"])
def test_tampered_bookkeeping_does_no_harm(
    visitor: Client, assessment: Assessment, field: str, value: str
) -> None:
    assert autosave(visitor, assessment, answer="2", **{field: value}).status_code == 204
    assert assessment.answers.get().value == 2


# --- Unfinished -------------------------------------------------------------------------------------------------------


def test_a_note_without_a_choice_is_kept_as_a_draft(visitor: Client, assessment: Assessment) -> None:
    said = told(autosave(visitor, assessment, note="Ask <Ana>"))
    assert said["state"] == "draft"
    assert not answered(assessment)
    assert "Ask &lt;Ana&gt;</textarea>" in visitor.get(url_of(assessment)).content.decode()


def test_an_answer_in_force_stays_in_force_beside_a_draft(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="ml_trn", value=3)
    autosave(visitor, assessment, "ml_trn", seen="1", answer="na")
    assert assessment.answers.get().value == 3
    page = visitor.get(url_of(assessment, "ml_trn")).content.decode()
    assert re.search(r'value="na"[^>]* checked', page)


def test_a_finished_answer_ends_the_draft(visitor: Client, assessment: Assessment) -> None:
    autosave(visitor, assessment, note="Ask Ana")
    autosave(visitor, assessment, seq="2", seen="1", note="Ask Ana", answer="1")
    row = assessment.answers.get()
    assert (row.value, row.note, row.draft) == (1, "Ask Ana", None)
    assert list(assessment.changes.values_list("old", "new")) == [(None, 1)]


def test_continue_without_a_choice_keeps_the_note_as_well(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment), {"page": "here", "seen": "0", "note": "Ask Ana"})
    assert response.status_code == 422
    assert assessment.answers.get().draft["note"] == "Ask Ana"
    assert hidden(response, "page") != "here", "its script counts from the beginning"
    assert hidden(response, "seen") == "1"


def test_a_note_beyond_all_measure_is_refused_and_said_so(visitor: Client, assessment: Assessment) -> None:
    assert told(autosave(visitor, assessment, answer="1", note="x" * 9000)) == {"state": "refused"}
    assert not assessment.answers.exists()


def test_a_note_somewhat_too_long_is_kept(visitor: Client, assessment: Assessment) -> None:
    assert told(autosave(visitor, assessment, answer="1", note="x" * 2100))["state"] == "draft"
    assert len(assessment.answers.get().draft["note"]) == 2100


def test_a_note_that_is_taken_back_stays_away(visitor: Client, assessment: Assessment) -> None:
    autosave(visitor, assessment, note="Ask Ana")
    assert told(autosave(visitor, assessment, seq="2", seen="1"))["state"] == "saved"
    page = visitor.get(url_of(assessment)).content.decode()
    assert "Ask Ana" not in page
    assert "Begun" not in visitor.get(f"/a/{assessment.public_id}/").content.decode()


def test_what_is_taken_back_beside_an_answer_in_force_stays_away_too(
    visitor: Client, assessment: Assessment
) -> None:
    record_answer(assessment=assessment, question="c_capacity_fte", value=12)
    url = "c_capacity_fte"
    autosave(visitor, assessment, url, seen="1", number="1,000", note="Secret")
    autosave(visitor, assessment, url, seq="2", seen="2", number="", note="")
    row = assessment.answers.get()
    assert (row.value, row.draft) == (12, None)
    assert "Secret" not in visitor.get(url_of(assessment, url)).content.decode()


def test_after_a_mistake_the_page_counts_from_the_beginning_and_is_heard(
    visitor: Client, assessment: Assessment
) -> None:
    for seq in range(1, 5):
        autosave(visitor, assessment, seq=str(seq), seen=str(seq - 1), note="x" * seq)
    refused = visitor.post(url_of(assessment), {"page": "here", "seq": "", "seen": "4", "note": "xxxx"})
    assert refused.status_code == 422
    page = {"page": hidden(refused, "page"), "seq": "1", "seen": hidden(refused, "seen")}
    assert told(autosave(visitor, assessment, answer="2", note="xxxx", **page))["state"] == "saved"
    assert assessment.answers.get().value == 2


def test_a_late_continue_does_not_go_on_past_an_unfinished_answer(
    visitor: Client, assessment: Assessment
) -> None:
    autosave(visitor, assessment, seq="9", note="Not decided yet")
    sent = {"page": "here", "seq": "3", "seen": "0", "answer": "2", "note": ""}
    response = visitor.post(url_of(assessment), sent)
    assert response["Location"] == url_of(assessment)
    assert not answered(assessment)


# --- Two windows ------------------------------------------------------------------------------------------------------


@pytest.fixture
def theirs(assessment: Assessment) -> Answer:
    """What another window has stored in the meantime."""
    there = Edit("there", 1, 0)
    return record_answer(assessment=assessment, question="dv_ci", value=4, note="<b>Ana</b>", edit=there)


MINE = {"page": "here", "seq": "", "seen": "0", "answer": "1", "note": "Mine"}


@pytest.mark.parametrize("htmx", [{}, HTMX], ids=["plain", "htmx"])
def test_continue_asks_which_answer_to_keep(
    visitor: Client, assessment: Assessment, theirs: Answer, htmx: dict[str, str]
) -> None:
    response = visitor.post(url_of(assessment), MINE, headers=htmx)
    assert response.status_code == 409
    page = response.content.decode()
    assert "This answer was changed in another window" in page
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page
    assert "Mine" in page
    assert assessment.answers.get().value == 4


def test_a_page_with_something_to_put_right_does_not_say_saved(
    visitor: Client, assessment: Assessment, theirs: Answer
) -> None:
    for sent in (MINE, {"page": "here", "seen": "1", "answer": "4", "note": "x" * 2001}):
        page = visitor.post(url_of(assessment), sent).content.decode()
        assert '<p id="status" role="status"></p>' in page


def test_keep_mine_stores_it(visitor: Client, assessment: Assessment, theirs: Answer) -> None:
    asked = visitor.post(url_of(assessment), MINE)
    sent = MINE | {"page": hidden(asked, "page"), "seen": hidden(asked, "seen")}
    assert visitor.post(url_of(assessment), sent).status_code == 303
    assert assessment.answers.get().value == 1
    assert list(assessment.changes.order_by("pk").values_list("new", flat=True)) == [4, 1]


def test_an_answer_changed_once_more_is_asked_about_once_more(
    visitor: Client, assessment: Assessment, theirs: Answer
) -> None:
    asked = visitor.post(url_of(assessment), MINE)
    record_answer(assessment=assessment, question="dv_ci", value=3, edit=Edit("there", 2, 0))
    sent = MINE | {"page": hidden(asked, "page"), "seen": hidden(asked, "seen")}
    assert visitor.post(url_of(assessment), sent).status_code == 409


def test_keep_the_other_goes_on(visitor: Client, assessment: Assessment, theirs: Answer) -> None:
    page = visitor.post(url_of(assessment), MINE).content.decode()
    other = re.search(r'href="([^"]+)">Keep the other', page)
    assert other
    assert "/q/" in other[1]
    assert visitor.get(other[1]).status_code == 200


def test_the_same_answer_in_both_windows_is_no_conflict(
    visitor: Client, assessment: Assessment, theirs: Answer
) -> None:
    sent = MINE | {"answer": "4", "note": "<b>Ana</b>"}
    assert visitor.post(url_of(assessment), sent).status_code == 303


def test_a_save_by_the_page_itself_never_replaces_the_other(
    visitor: Client, assessment: Assessment, theirs: Answer
) -> None:
    said = told(autosave(visitor, assessment, answer="1"))
    assert said["state"] == "conflict"
    assert assessment.answers.get().value == 4


def test_an_unfinished_answer_of_the_other_window_is_not_lost_either(
    visitor: Client, assessment: Assessment
) -> None:
    autosave(visitor, assessment, page="there", note="Half a sentence")
    response = visitor.post(url_of(assessment), MINE)
    assert response.status_code == 409
    assert "Half a sentence" in response.content.decode()


# --- On to the next ---------------------------------------------------------------------------------------------------


def test_htmx_gets_the_next_question_at_once(visitor: Client, assessment: Assessment) -> None:
    response = visitor.post(url_of(assessment), MINE, headers=HTMX)
    assert response.status_code == 200
    assert response["HX-Push-Url"] == url_of(assessment, "dv_cd")
    assert "<html" not in response.content.decode()
    plain = visitor.get(url_of(assessment, "dv_cd"), headers=HTMX).content.decode()
    assert re.findall("<h1.+?</h1>", response.content.decode()) == re.findall("<h1.+?</h1>", plain)


def test_a_mistake_in_a_question_that_is_no_longer_asked_leads_on(
    visitor: Client, browser_of: Open, assessment: Assessment
) -> None:
    record_answer(assessment=assessment, question="c_models", value="0")
    response = visitor.post(url_of(assessment, "ml_trn"), {"page": "here", "seen": "0", "note": "Ask Ana"})
    assert response.status_code == 303


@pytest.mark.parametrize(("sender", "header"), [("review", "Location"), ("result", "HX-Redirect")])
def test_a_changed_answer_leads_back_to_whoever_sent_somebody(
    visitor: Client, assessment: Assessment, sender: str, header: str
) -> None:
    """The result has a style sheet of its own, so it is opened as a whole page."""
    record_answer(assessment=assessment, question="dv_ci", value=2)
    url = f"{url_of(assessment)}?return={sender}"
    response = visitor.post(url, MINE | {"seen": "1"}, headers=HTMX)
    assert response[header] == f"/a/{assessment.public_id}/{sender}/"
