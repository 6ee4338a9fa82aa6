"""/a/<id>/recheck/: only what the next gate asks for, one question after the other, and then what has changed."""

import re

import pytest
from django.test import Client

from advisor.engine import advise
from assessments.answering import record_answer
from assessments.milestones import MOST, keep, milestones_of
from assessments.models import Assessment
from assessments.planning import set_figures
from assessments.playbooks import current
from tests.assessments.conftest import Open, answer_everything, situation_of
from tests.factories import AssessmentFactory

GATE = [each.id for each in current().capabilities_of["devops"] if each.id in current().gate["devops"].minima]
FIRST, SECOND, LAST = GATE[0], GATE[1], GATE[-1]


def url(assessment: Assessment, path: str = "recheck/") -> str:
    return f"/a/{assessment.public_id}/{path}"


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def shown(visitor: Client, address: str) -> str:
    return text(visitor.get(address).content.decode())


def walked(visitor: Client, assessment: Assessment, answer: str) -> list[str]:
    """The questions that are asked, each answered alike, and where the walk ends."""
    address, found = visitor.post(url(assessment))["Location"], []
    while "/q/" in address:
        found.append(address.split("/q/")[1].partition("/")[0])
        address = visitor.post(address, {"answer": answer})["Location"]
    return [*found, address]


def test_the_page_says_what_is_asked_and_how_long_it_takes(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    page = shown(visitor, url(assessment))
    minutes = round(sum(current().capability[each].seconds for each in GATE) / 60)
    assert "Re-check the DevOps gate" in page
    assert f"{len(GATE)} questions, about {minutes} minutes" in page
    assert "“Before the re-check of DevOps”" in page
    assert current().capability[LAST].title in page
    assert not milestones_of(assessment), "looking keeps nothing"


def test_todays_answers_are_kept_first_and_then_exactly_these_questions_are_asked(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment)
    before = {each.question: each.value for each in assessment.answers.all()}
    *questions, end = walked(visitor, assessment, "3")
    assert questions == GATE
    assert end == url(assessment, "compare/?from=1&to=now")
    (kept,) = milestones_of(assessment)
    assert kept.name == "Before the re-check of DevOps"
    assert {question: each["value"] for question, each in kept.answers.items()} == before
    page = shown(visitor, end)
    assert "The DevOps gate is open: the bottleneck has moved up to DataOps" in page
    assert "passed since" in page


def test_a_gate_that_opens_on_the_way_does_not_end_the_walk(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment, **{each: 3 for each in GATE if each != FIRST})
    assert advise(current(), situation_of(assessment)).bottleneck.at == "devops"
    *questions, _ = walked(visitor, assessment, "4")
    assert questions == GATE


def test_a_question_says_where_in_the_walk_it_is_and_shows_the_old_answer(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment, **{SECOND: 1})
    visitor.post(url(assessment))
    address = url(assessment, f"q/{SECOND}/?return=recheck")
    html = visitor.get(address).content.decode()
    assert f"Question 2 of {len(GATE)}" in text(html)
    assert "Re-check of DevOps" in html
    assert "Your answer from before is marked. If it still holds, press Continue." in html
    assert re.search(r'id="answer-1"[^>]* checked', html)
    assert f'href="{url(assessment, f"q/{FIRST}/?return=recheck")}"' in html, "back, within the walk"
    first = visitor.get(url(assessment, f"q/{FIRST}/?return=recheck")).content.decode()
    assert f'href="{url(assessment)}">Back' in first
    assert visitor.post(address, {}).status_code == 422, "nothing is taken as confirmed"


def test_a_mistake_on_the_way_stays_on_the_way(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    visitor.post(url(assessment))
    response = visitor.post(url(assessment, f"q/{SECOND}/?return=recheck"), {"note": "no answer"})
    assert response.status_code == 422
    assert f"Question 2 of {len(GATE)}" in text(response.content.decode())


def test_another_windows_answer_can_be_kept_on_the_way(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    visitor.post(url(assessment))
    address = url(assessment, f"q/{FIRST}/?return=recheck")
    sent = {"answer": "3", "page": "a-page", "seq": "1", "seen": "77"}
    response = visitor.post(address, sent)
    assert response.status_code == 409
    assert url(assessment, f"q/{SECOND}/?return=recheck") in response.content.decode()


def test_htmx_gets_the_next_question_of_the_walk_at_once(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    visitor.post(url(assessment))
    address = url(assessment, f"q/{FIRST}/?return=recheck")
    response = visitor.post(address, {"answer": "3"}, headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == url(assessment, f"q/{SECOND}/?return=recheck")
    assert f"Question 2 of {len(GATE)}" in text(response.content.decode())


@pytest.mark.parametrize("sender", ["recheck", "result"])
def test_htmx_loads_the_page_after_the_last_question_whole(
    visitor: Client, assessment: Assessment, sender: str
) -> None:
    answer_everything(assessment)
    visitor.post(url(assessment))
    address = url(assessment, f"q/{LAST}/?return={sender}")
    response = visitor.post(address, {"answer": "3"}, headers={"HX-Request": "true"})
    end = {"recheck": "compare/?from=1&to=now", "result": "result/"}[sender]
    assert (response.status_code, response["HX-Redirect"]) == (200, url(assessment, end))


def test_beginning_twice_keeps_one_milestone(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    first, second = (visitor.post(url(assessment)) for _ in range(2))
    assert first["Location"] == second["Location"] == url(assessment, f"q/{FIRST}/?return=recheck")
    assert len(milestones_of(assessment)) == 1
    assert "are kept already, as “ Before the re-check of DevOps ”" in shown(visitor, url(assessment))


def test_a_question_of_another_gate_ends_the_walk(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    visitor.post(url(assessment))
    html = visitor.get(url(assessment, "q/do_tst/?return=recheck")).content.decode()
    assert "Your answer from before" not in html
    response = visitor.post(url(assessment, "q/do_tst/?return=recheck"), {"answer": "1"})
    assert response["Location"] == url(assessment, "compare/?from=1&to=now")


def test_without_a_milestone_an_address_typed_by_hand_leads_back(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment)
    response = visitor.post(url(assessment, f"q/{LAST}/?return=recheck"), {"answer": "1"})
    assert response["Location"] == url(assessment)


def test_a_milestone_of_an_edition_that_was_taken_away_stands_in_nobodys_way(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment)
    keep(assessment=assessment, name="Old")
    assessment.milestones.update(edition="1999.1")
    assert visitor.get(url(assessment)).status_code == 200
    assert visitor.get(url(assessment, f"q/{FIRST}/?return=recheck")).status_code == 200


@pytest.mark.django_db
def test_a_quick_check_walks_its_own_gate(browser_of: Open) -> None:
    quick = AssessmentFactory(mode="quick")
    answer_everything(quick)
    gate = [
        each.id for each in current().capabilities_of["devops"] if each.id in current().gate["devops"].quick
    ]
    *questions, _ = walked(browser_of(quick), quick, "2")
    assert questions == gate


def test_a_gate_that_cannot_be_judged_is_asked_about(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment, **{**dict.fromkeys(GATE, 3), FIRST: "unknown"})
    assert "Re-check the DevOps gate" in shown(visitor, url(assessment))
    *questions, _ = walked(visitor, assessment, "3")
    assert FIRST in questions


def test_a_figure_of_ones_own_counts(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment, **dict.fromkeys(GATE, 2))
    assert "Re-check the DataOps gate" in shown(visitor, url(assessment))
    set_figures(assessment=assessment, figures={f"minimum:{FIRST}": 3})
    assert "Re-check the DevOps gate" in shown(visitor, url(assessment))


def test_with_every_gate_open_the_page_says_when_to_look_again(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment, **{each.id: 3 for each in current().capabilities})
    page = shown(visitor, url(assessment))
    months = int(current().figures.sustain_months.value)
    assert f"No gate is closed. Look again in {months} months" in page
    assert "Review all answers" in page
    response = visitor.post(url(assessment))
    assert response.status_code == 422
    assert not milestones_of(assessment)


def test_without_an_answer_there_is_nothing_to_ask_again(visitor: Client, assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="stated", value="devops")
    page = shown(visitor, url(assessment))
    assert "so there is nothing to ask again" in page
    assert visitor.post(url(assessment)).status_code == 422
    assert not milestones_of(assessment)


def test_without_room_for_a_milestone_the_page_says_so(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    for number in range(MOST):
        keep(assessment=assessment, name=str(number), again=True)
    record_answer(assessment=assessment, question="dv_ci", value=1)
    response = visitor.post(url(assessment))
    assert response.status_code == 422
    assert "24 milestones already, and room for no more" in response.content.decode()
    assert "Keep today’s answers and begin" not in response.content.decode()
    assert len(milestones_of(assessment)) == MOST
