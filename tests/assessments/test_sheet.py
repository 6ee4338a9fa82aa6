"""/a/<id>/sheet/<part>/: all questions of a part on one page."""

import html
import json
import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.answering import keep_draft, record_answer
from assessments.models import Assessment
from assessments.playbooks import current
from assessments.questions import asked
from assessments.wizard.sheet_saving import Seen
from tests.assessments.conftest import Open, answer_everything, answered

PARTS = ("organisation", "devops", "dataops", "mlops", "symptoms")


def url_of(assessment: Assessment, part: str) -> str:
    return f"/a/{assessment.public_id}/sheet/{part}/"


def form_of(response: Any) -> dict[str, Any]:
    """What a browser without JavaScript would send back as the page stands."""
    page = response.content.decode()
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]+>", page):
        name = re.search(r' name="([^"]+)"', tag)
        if name is None or name[1] in {"csrfmiddlewaretoken", "link"}:
            continue
        value = html.unescape((re.search(r' value="([^"]*)"', tag) or ["", ""])[1])
        if 'type="radio"' in tag or 'type="checkbox"' in tag:
            if " checked" in tag:
                sent.setdefault(name[1], []).append(value)
        elif value or 'type="text"' in tag:
            sent[name[1]] = value
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        sent[name] = html.unescape(value)
    return sent


def send(client: Client, assessment: Assessment, part: str, **typed: Any) -> HttpResponse:
    """Open the sheet, type, and press the button."""
    url = url_of(assessment, part)
    response: HttpResponse = client.post(url, form_of(client.get(url)) | typed)
    return response


def told(response: HttpResponse) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(response["HX-Trigger"])["saved"]
    return event


def mistakes_of(response: Any) -> list[tuple[str, str]]:
    summary = response.content.decode().split('class="error-summary"')[1].split("</ul>")[0]
    return [
        (target, html.unescape(says)) for target, says in re.findall(r'href="#([^"]+)">([^<]+)<', summary)
    ]


# --- Shown ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_every_question_of_the_part_is_on_it(visitor: Client, assessment: Assessment, part: str) -> None:
    page = visitor.get(url_of(assessment, part)).content.decode()
    ids = re.findall(r'<fieldset id="(\w+)"', page)
    blocks = visitor.get(url_of(assessment, part)).context["page"].blocks
    assert ids == [each.asked.id for each in blocks]
    assert len(ids) == {"organisation": 11}.get(part, 6)
    assert page.count("<h1") == 1
    assert page.count("<h2>") == len(ids)
    for block in blocks:
        assert html.escape(block.asked.question).replace("&#x27;", "'") in page.replace("&#x27;", "'")


@pytest.mark.parametrize("part", PARTS)
def test_no_id_occurs_twice(visitor: Client, assessment: Assessment, part: str) -> None:
    ids = re.findall(r' id="([^"]+)"', visitor.get(url_of(assessment, part)).content.decode())
    assert len(ids) == len(set(ids))


def test_what_is_stored_is_shown(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="ml_trn", value="na", na_reason="We only buy models")
    record_answer(assessment=assessment, question="ml_reg", value=2, note="Two lines\nof a note")
    form = form_of(visitor.get(url_of(assessment, "mlops")))
    assert form["ml_trn-answer"] == ["na"]
    assert form["ml_trn-na_reason"] == "We only buy models"
    assert form["ml_reg-answer"] == ["2"]
    assert form["ml_reg-note"] == "Two lines\nof a note"
    assert "ml_val-answer" not in form


def test_a_note_is_open_where_there_is_one(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Since spring")
    page = visitor.get(url_of(assessment, "devops")).content.decode()
    assert len(re.findall(r'<details class="details beside" open', page)) == 1
    assert page.count('<details class="details beside"') == 6


def test_other_parts_tell_how_far_they_have_come(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="do_own", value=1)
    tabs = visitor.get(url_of(assessment, "devops")).context["page"].tabs
    assert [each.state for each in tabs] == [
        "Not yet started",
        "On this page",
        "1 of 6 answered",
        "Not yet started",
        "Not yet started",
    ]


def test_a_part_that_does_not_concern_them_leads_on(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="c_models", value="0")
    record_answer(assessment=assessment, question="c_ml_plans", value="none")
    response = visitor.get(url_of(assessment, "mlops"))
    assert (response.status_code, response["Location"]) == (303, f"/a/{assessment.public_id}/q/stated/")


def test_an_unknown_part_is_not_found(visitor: Client, assessment: Assessment) -> None:
    assert visitor.get(url_of(assessment, "cellar")).status_code == 404
    assert visitor.post(url_of(assessment, "cellar")).status_code == 404


def test_no_other_browser_can_open_it(client: Client, assessment: Assessment) -> None:
    assert client.get(url_of(assessment, "devops")).status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_it_takes_three_queries(visitor: Client, assessment: Assessment, part: str) -> None:
    answer_everything(assessment, c_models="1")
    with CaptureQueriesContext(connection) as queries:
        visitor.get(url_of(assessment, part))
    assert len(queries) == 3


# --- Saved ------------------------------------------------------------------------------------------------------------


def test_a_whole_part_is_stored_at_once(visitor: Client, assessment: Assessment) -> None:
    levels = {each.id: str(number % 5) for number, each in enumerate(current().capabilities_of["devops"])}
    response = send(
        visitor,
        assessment,
        "devops",
        **{f"{question}-answer": level for question, level in levels.items()},
        **{"dv_ci-note": "Since spring\r\nin all teams"},
    )
    assert (response.status_code, response["Location"]) == (303, url_of(assessment, "dataops"))
    assert {each.question: str(each.value) for each in assessment.answers.all()} == levels
    assert assessment.answers.get(question="dv_ci").note == "Since spring\nin all teams"


def test_every_kind_of_answer_is_taken(visitor: Client, assessment: Assessment) -> None:
    typed = {
        "c_roles-answer": ["developer", "executive"],
        "c_tools-answer": ["none-of-these"],
        "c_capacity_fte-number": "1,5",
        "c_size-answer": "unknown",
    }
    assert send(visitor, assessment, "organisation", **typed).status_code == 303
    stored = {each.question: each.value for each in assessment.answers.all()}
    assert stored == {
        "c_roles": ["executive", "developer"],
        "c_tools": [],
        "c_capacity_fte": 1.5,
        "c_size": "unknown",
    }


def test_the_last_sheet_leads_to_the_review(visitor: Client, assessment: Assessment) -> None:
    response = send(visitor, assessment, "symptoms", **{"sig_lead-answer": "unknown"})
    assert response["Location"] == f"/a/{assessment.public_id}/review/"


def test_in_a_quick_check_the_last_floor_leads_to_the_review(visitor: Client, assessment: Assessment) -> None:
    Assessment.objects.update(mode="quick")
    assert send(visitor, assessment, "dataops")["Location"] == url_of(assessment, "mlops")
    assert send(visitor, assessment, "mlops")["Location"] == f"/a/{assessment.public_id}/review/"


def test_what_was_not_touched_is_left_alone(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Line\nand line")
    draft = {"chosen": [], "number": "", "na_reason": "", "note": "Ask Ana"}
    keep_draft(assessment=assessment, question="dv_cd", draft=draft)
    before = {each.question: each.revision for each in assessment.answers.all()}
    response = send(visitor, assessment, "devops")
    assert (response.status_code, response["Location"]) == (303, url_of(assessment, "dataops"))
    assert {each.question: each.revision for each in assessment.answers.all()} == before
    assert assessment.changes.count() == 1


def test_save_and_leave_leads_to_the_private_link(visitor: Client, assessment: Assessment) -> None:
    response = send(
        visitor, assessment, "devops", **{"dv_ci-answer": "3", "dv_cd-note": "Half", "leave": "1"}
    )
    assert (response.status_code, response["Location"]) == (303, f"/a/{assessment.public_id}/keep/?leaving=1")
    assert answered(assessment) == ["dv_ci"]
    assert assessment.answers.get(question="dv_cd").draft["note"] == "Half"


def test_an_answer_that_opens_a_question_on_the_sheet_leads_there(
    visitor: Client, assessment: Assessment
) -> None:
    response = send(visitor, assessment, "organisation", **{"c_models-answer": "0"})
    assert response["Location"] == url_of(assessment, "organisation") + "?more=c_ml_plans"
    page = visitor.get(response["Location"])
    assert [each.asked.id for each in page.context["page"].more] == ["c_ml_plans"]
    assert '<a href="#c_ml_plans">Plans for models</a>' in page.content.decode()
    response = send(visitor, assessment, "organisation", **{"c_ml_plans-answer": "none"})
    assert response["Location"] == url_of(assessment, "devops")
    assert not visitor.get(url_of(assessment, "organisation") + "?more=c_ml_plans").context["page"].more


def test_an_answer_to_a_question_that_is_no_longer_asked_is_kept(
    visitor: Client, assessment: Assessment
) -> None:
    url = url_of(assessment, "mlops")
    form = form_of(visitor.get(url))
    record_answer(assessment=assessment, question="c_models", value="0")
    response = visitor.post(url, form | {"ml_trn-answer": "2"})
    assert response["Location"] == url_of(assessment, "symptoms")
    assert assessment.answers.get(question="ml_trn").value == 2


# --- Mistakes ---------------------------------------------------------------------------------------------------------


def test_what_is_valid_is_stored_beside_mistakes(visitor: Client, assessment: Assessment) -> None:
    typed = {
        "ml_trn-answer": "na",
        "ml_reg-answer": "1",
        "ml_val-note": "Only a note",
        "ml_dep-answer": "2",
        "ml_dep-note": "x" * 2001,
    }
    response = send(visitor, assessment, "mlops", **typed)
    assert response.status_code == 422
    assert answered(assessment) == ["ml_reg"]
    targets = [target for target, _ in mistakes_of(response)]
    assert targets == ["ml_trn-na_reason", "ml_val-answer-0", "ml_dep-note"]
    page = response.content.decode()
    for target in targets:
        assert f'id="{target}"' in page
    assert mistakes_of(response)[0][1] == "Reproducible training: Enter why this does not apply to you"
    assert page.startswith("<!doctype html>")
    assert "<title>Error: MLOps: all questions – Groundwork</title>" in page
    drafts = {each.question for each in assessment.answers.filter(draft__isnull=False)}
    assert drafts == {"ml_trn", "ml_val", "ml_dep"}
    form = form_of(response)
    assert form["ml_trn-answer"] == ["na"]
    assert form["ml_dep-note"] == "x" * 2001


def test_a_mistake_that_is_put_right_goes_through(visitor: Client, assessment: Assessment) -> None:
    response = send(visitor, assessment, "mlops", **{"ml_trn-answer": "na"})
    form = form_of(response) | {"ml_trn-na_reason": "We only buy models"}
    assert visitor.post(url_of(assessment, "mlops"), form).status_code == 303
    answer = assessment.answers.get()
    assert (answer.value, answer.na_reason, answer.draft) == ("na", "We only buy models", None)


def test_a_mistake_that_is_sent_again_is_shown_again(visitor: Client, assessment: Assessment) -> None:
    response = send(visitor, assessment, "mlops", **{"ml_trn-answer": "na"})
    assert visitor.post(url_of(assessment, "mlops"), form_of(response)).status_code == 422


def test_a_sheet_that_is_shown_again_goes_on_counting(visitor: Client, assessment: Assessment) -> None:
    """Its script may have begun anew: what it sends must not pass for what is late."""
    url = url_of(assessment, "mlops")
    form = form_of(visitor.get(url)) | {"ml_trn-answer": "na", "seq": "7"}
    refused = visitor.post(url, form)
    assert refused.status_code == 422
    assert 'data-seq="7"' in refused.content.decode()


def test_what_was_begun_can_be_taken_back(visitor: Client, assessment: Assessment) -> None:
    url = url_of(assessment, "devops")
    first = visitor.post(url, form_of(visitor.get(url)) | {"dv_ci-note": "Half", "auto": "1", "seq": "1"})
    assert told(first)["state"] == "draft"
    response = send(visitor, assessment, "devops", **{"dv_ci-note": ""})
    assert response.status_code == 303
    assert form_of(visitor.get(url))["dv_ci-note"] == ""
    assert "Half" not in str(assessment.answers.get().draft)


def test_an_answer_cannot_be_emptied_unnoticed(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="c_capacity_fte", value=2)
    response = send(visitor, assessment, "organisation", **{"c_capacity_fte-number": ""})
    assert response.status_code == 422
    assert [target for target, _ in mistakes_of(response)] == ["c_capacity_fte-number"]
    assert assessment.answers.get().value == 2


# --- Two windows ------------------------------------------------------------------------------------------------------


def test_an_answer_changed_in_another_window_is_never_replaced_unseen(
    visitor: Client, assessment: Assessment
) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1)
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    record_answer(assessment=assessment, question="dv_ci", value=3, note="Measured")
    response = visitor.post(url, form | {"dv_ci-answer": "2", "dv_cd-answer": "1"})
    assert response.status_code == 409
    assert assessment.answers.get(question="dv_ci").value == 3
    assert assessment.answers.get(question="dv_cd").value == 1, "the rest is stored"
    page = response.content.decode()
    assert re.search(
        r"Changed in another window at <time [^>]+>\d\d:\d\d UTC</time> to “<bdi>Quick tests guard every active system"
        "</bdi>”. Save again to keep yours, or choose that line.",
        page,
    )
    assert "<bdi>Measured</bdi>" in page
    assert mistakes_of(response) == [
        ("dv_ci-answer-0", "Version control, build and test: changed in another window")
    ]
    again = form_of(response)
    assert again["dv_ci-answer"] == ["2"], "mine is still chosen"
    assert visitor.post(url, again).status_code == 303
    assert assessment.answers.get(question="dv_ci").value == 2


def test_the_other_windows_answer_can_be_chosen(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1)
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    record_answer(assessment=assessment, question="dv_ci", value=3)
    form = form_of(visitor.post(url, form | {"dv_ci-answer": "2"}))
    assert visitor.post(url, form | {"dv_ci-answer": "3"}).status_code == 303
    answer = assessment.answers.get()
    assert (answer.value, answer.revision) == (3, 2)


def test_a_conflict_is_decided_by_a_person_and_not_by_saving_along(
    visitor: Client, assessment: Assessment
) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1)
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    record_answer(assessment=assessment, question="dv_ci", value=3)
    form = form_of(visitor.post(url, form | {"dv_ci-answer": "2"}))
    auto(visitor, url, form, 1, **{"dv_cd-answer": "1"})
    stored = {each.question: each.value for each in assessment.answers.all()}
    assert stored == {"dv_ci": 3, "dv_cd": 1}, "something else was answered"
    auto(visitor, url, form, 2, **{"dv_cd-answer": "1", "dv_ci-answer": "4"})
    assert assessment.answers.get(question="dv_ci").value == 4, "another line was chosen"


def test_a_change_elsewhere_to_what_was_not_touched_here_stands(
    visitor: Client, assessment: Assessment
) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1)
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    record_answer(assessment=assessment, question="dv_ci", value=3)
    record_answer(assessment=assessment, question="dv_env", value=4)
    assert visitor.post(url, form | {"dv_cd-answer": "1"}).status_code == 303
    stored = {each.question: each.value for each in assessment.answers.all()}
    assert stored == {"dv_ci": 3, "dv_cd": 1, "dv_env": 4}


def test_a_note_changed_elsewhere_is_told_as_one(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1, note="Old")
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    record_answer(assessment=assessment, question="dv_ci", value=1, note="Theirs")
    page = visitor.post(url, form | {"dv_ci-note": "Mine"}).content.decode()
    assert "The note was changed in another window at" in page
    assert "<bdi>Theirs</bdi>" in page
    assert "Mine</textarea>" in page


def test_a_conflict_at_a_question_that_is_no_longer_asked_is_shown_all_the_same(
    visitor: Client, assessment: Assessment
) -> None:
    url = url_of(assessment, "mlops")
    form = form_of(visitor.get(url)) | {"ml_trn-answer": "2", "ml_trn-note": "What we agreed on"}
    record_answer(assessment=assessment, question="ml_trn", value=4)
    record_answer(assessment=assessment, question="c_models", value="0")
    record_answer(assessment=assessment, question="c_ml_plans", value="none")
    response = visitor.post(url, form)
    page = response.content.decode()
    assert response.status_code == 409
    assert [target for target, _ in mistakes_of(response)] == ["ml_trn-answer-0"]
    assert re.findall(r'<fieldset id="(\w+)"', page) == ["ml_trn"], "nothing else of the part is asked"
    assert "Not asked at the moment" in page
    again = form_of(response)
    assert (again["ml_trn-answer"], again["ml_trn-note"]) == (["2"], "What we agreed on")
    assert visitor.post(url, again | {"leave": "1"}).status_code == 303
    answer = assessment.answers.get(question="ml_trn")
    assert (answer.value, answer.note) == (2, "What we agreed on")


def test_a_conflict_stands_in_its_place_among_the_questions_still_asked(
    visitor: Client, assessment: Assessment
) -> None:
    Assessment.objects.update(mode="quick")
    asked_now = [each.asked.id for each in visitor.get(url_of(assessment, "devops")).context["page"].blocks]
    beyond = next(each.id for each in current().capabilities_of["devops"] if each.id not in asked_now)
    record_answer(assessment=assessment, question=beyond, value=1)
    sent = {"page": "here", f"{beyond}-seen": Seen("0").write(), f"{beyond}-answer": "3"}
    response = visitor.post(url_of(assessment, "devops"), sent)
    assert response.status_code == 409
    blocks = response.context["page"].blocks
    assert {each.asked.id for each in blocks} == {*asked_now, beyond}
    assert [each.asked.id for each in blocks if not each.in_use] == [beyond]
    assert [each.number for each in blocks] == list(range(1, len(blocks) + 1))


@pytest.mark.parametrize("button", [{}, {"leave": "1"}])
def test_what_is_too_long_stays_on_the_page_although_it_is_no_longer_asked(
    visitor: Client, assessment: Assessment, button: dict[str, str]
) -> None:
    url = url_of(assessment, "mlops")
    form = form_of(visitor.get(url)) | {"ml_trn-answer": "2", "ml_trn-note": "x" * 9000} | button
    record_answer(assessment=assessment, question="c_models", value="0")
    record_answer(assessment=assessment, question="c_ml_plans", value="none")
    response = visitor.post(url, form)
    assert response.status_code == 422
    assert [target for target, _ in mistakes_of(response)] == ["ml_trn-note"]
    again = form_of(response)
    assert again["ml_trn-note"] == "x" * 9000
    assert visitor.post(url, again | {"ml_trn-note": "x"}).status_code == 303
    assert assessment.answers.get(question="ml_trn").note == "x"


@pytest.mark.parametrize(
    "seen", [Seen("3"), Seen("3", "ab12"), Seen("3", "ab12", "cd34"), Seen("3", "", "cd34")]
)
def test_what_a_page_knows_is_read_as_it_was_written(seen: Seen) -> None:
    assert Seen.read(seen.write()) == seen


# --- Saved while somebody types -----------------------------------------------------------------------------------------


def auto(client: Client, url: str, form: dict[str, Any], seq: int, **typed: Any) -> HttpResponse:
    response: HttpResponse = client.post(url, form | typed | {"auto": "1", "seq": str(seq)})
    return response


def test_only_what_differs_is_written(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_cd", value=1)
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    response = auto(visitor, url, form, 1, **{"dv_ci-answer": "2"})
    assert response.status_code == 204
    event = told(response)
    assert event["state"] == "saved"
    assert list(event["fields"]) == ["dv_ci-seen"]
    assert event["fields"]["dv_ci-seen"].startswith("1.")
    assert assessment.answers.get(question="dv_cd").revision == 1
    auto(visitor, url, form | event["fields"], 2, **{"dv_ci-answer": "2", "dv_env-answer": "0"})
    assert assessment.answers.get(question="dv_ci").revision == 1


def test_a_page_may_change_its_mind_and_change_it_back(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1)
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    auto(visitor, url, form, 1, **{"dv_ci-answer": "2"})
    auto(visitor, url, form, 2, **{"dv_ci-answer": "1"})
    assert assessment.answers.get().value == 1


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1), (3, 2, 1)])
def test_what_was_sent_last_counts_however_it_arrives(
    visitor: Client, assessment: Assessment, order: tuple[int, ...]
) -> None:
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    for seq in order:
        auto(visitor, url, form, seq, **{"dv_ci-answer": str(seq), "dv_cd-answer": str(seq)})
    assert {each.value for each in assessment.answers.all()} == {3}


def test_each_state_is_told(visitor: Client, assessment: Assessment) -> None:
    url = url_of(assessment, "devops")
    form = form_of(visitor.get(url))
    assert "HX-Trigger" not in auto(visitor, url, form, 1), "nothing has happened yet"
    assert told(auto(visitor, url, form, 2, **{"dv_ci-note": "Half"}))["state"] == "draft"
    assert told(auto(visitor, url, form, 3, **{"dv_ci-note": "x" * 9000}))["state"] == "refused"
    assert told(auto(visitor, url, form, 4, **{"dv_ci-note": "", "dv_ci-answer": "1"}))["state"] == "saved"
    record_answer(assessment=assessment, question="dv_ci", value=4)
    event = told(auto(visitor, url, form, 5, **{"dv_ci-answer": "2", "dv_cd-answer": "2"}))
    assert event["state"] == "conflict"
    assert list(event["fields"]) == ["dv_cd-seen"]
    assert {each.question: each.value for each in assessment.answers.all()} == {"dv_ci": 4, "dv_cd": 2}


def test_nothing_is_swapped(visitor: Client, assessment: Assessment) -> None:
    url = url_of(assessment, "devops")
    assert auto(visitor, url, form_of(visitor.get(url)), 1, **{"dv_ci-answer": "1"}).content == b""


# --- Whatever is sent ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_the_largest_form_is_accepted(visitor: Client, assessment: Assessment, part: str) -> None:
    """Every field filled, every line ticked, and every note as long as it may be, in letters of four bytes each."""
    url = url_of(assessment, part)
    form = form_of(visitor.get(url))
    for block in visitor.get(url).context["page"].blocks:
        question = block.asked
        form[f"{question.id}-note"] = "\N{HOUSE BUILDING}" * 2000
        if question.kind == "many":
            form[f"{question.id}-answer"] = [str(each.value) for each in question.choices]
        elif question.kind == "number":
            form[f"{question.id}-number"] = "2"
        else:
            form[f"{question.id}-answer"] = str(question.choices[0].value)
    fields = sum(len(each) if isinstance(each, list) else 1 for each in form.values())
    assert fields <= django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    response = visitor.post(url, form)
    assert response.status_code == 303
    assert {len(each.note) for each in assessment.answers.all()} == {2000}


@pytest.mark.parametrize("seen", ["", "-1", "1", "x.y", "9" * 30, "1.", ".1", "\0", "1.2.3"])
@pytest.mark.parametrize("page", ["", "p" * 300])
def test_whatever_a_page_claims_to_know_it_gets_a_page_back(
    visitor: Client, assessment: Assessment, seen: str, page: str
) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1)
    sent = {
        "page": page,
        "dv_ci-seen": seen,
        "dv_ci-answer": ["7", "<b>"],
        "dv_ci-number": "\0",
        "sig_lead-seen": "0",
    }
    response = visitor.post(url_of(assessment, "devops"), sent)
    assert response.status_code in {303, 409, 422}
    question = asked(current(), "dv_ci")
    assert question is not None
    assert question.accept(assessment.answers.get().value) == 1


def test_a_browser_that_lost_its_key_is_asked_for_the_link_and_loses_nothing(
    client: Client, visitor: Client, assessment: Assessment
) -> None:
    form = form_of(visitor.get(url_of(assessment, "devops")))
    form |= {"dv_ci-answer": ["2"], "dv_ci-note": "Line\nand line"}
    response = client.post(url_of(assessment, "devops"), form)
    assert response.status_code == 403
    page = response.content.decode()
    for name in ("dv_ci-answer", "dv_ci-note", "dv_ci-seen", "page"):
        assert f'name="{name}"' in page
    assert "Line\nand line" in page


def test_with_htmx_the_next_sheet_comes_as_a_fragment(browser_of: Open, assessment: Assessment) -> None:
    client, htmx = browser_of(assessment), {"HX-Request": "true", "HX-Target": "main"}
    response = client.get(url_of(assessment, "dataops"), headers=htmx)
    assert "<html" not in response.content.decode()
    assert "<title>DataOps: all questions – Groundwork</title>" in response.content.decode()
