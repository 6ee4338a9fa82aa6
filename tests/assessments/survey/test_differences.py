"""Where several people differ, and the answer that is agreed."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client as Browser
from django.utils import timezone

from assessments.answering import record_answer
from assessments.models import Assessment, AuditEvent, Survey, Tally
from assessments.surveys import close_survey, open_survey, result_of, results_of
from tests.assessments.survey.conftest import Say


def at(whole: Assessment, question: str = "") -> str:
    return f"/a/{whole.public_id}/differences/{question and question + '/'}"


def agree(browser: Browser, whole: Assessment, question: str, answer: str, **more: str) -> int:
    """What becomes of choosing an answer on the page of a question."""
    page = browser.get(at(whole, question)).content.decode()
    sent = dict(re.findall(r'name="(seen)" value="([\d.]+)"', page))
    status: int = browser.post(at(whole, question), {**sent, "answer": answer, **more}).status_code
    return status


def test_the_most_split_question_comes_first(counted: Survey, whole: Assessment, asker: Browser) -> None:
    page = asker.get(at(whole)).content.decode()
    titles = ["Deployment and release flow", "Environments as code", "Version control, build and test"]
    places = [page.index(f">{each}</a>") for each in titles]
    assert places == sorted(places)
    assert "People are far apart on 2 questions" in page
    assert "Split into two camps, votes run from 0 to 4" in page
    assert "One vote stands apart, votes run from 1 to 4" in page
    assert "7 people answered." in page


def test_the_list_can_be_narrowed(counted: Survey, whole: Assessment, asker: Browser) -> None:
    far = asker.get(f"{at(whole)}?show=far").content.decode()
    assert far.count("differences/dv_") == 3  # and once more for the button
    assert agree(asker, whole, "dv_cd", "2") == 303
    left = asker.get(f"{at(whole)}?show=open").content.decode()
    assert f"{at(whole, 'dv_cd')}" not in left
    assert asker.get(f"{at(whole)}?show=nonsense").status_code == 200


def test_nothing_is_chosen_for_anybody(counted: Survey, whole: Assessment, asker: Browser) -> None:
    page = asker.get(at(whole, "dv_cd")).content.decode()
    assert "checked" not in page
    assert "7 answers: 3 for level 0, 4 for level 4" in page
    before = whole.answers.get(question="dv_cd").value
    assert agree(asker, whole, "dv_cd", "") == 422
    assert whole.answers.get(question="dv_cd").value == before


def test_the_agreed_answer_counts_and_keeps_note_and_trail(
    counted: Survey, whole: Assessment, asker: Browser
) -> None:
    record_answer(assessment=whole, question="dv_cd", value=1, note="Ask Ana")
    assert agree(asker, whole, "dv_cd", "3", dissent="Operations sees it otherwise.") == 303
    row = whole.answers.get(question="dv_cd")
    assert (row.value, row.note) == (3, "Ask Ana")
    assert whole.changes.filter(question="dv_cd").order_by("pk").last().new == 3  # type: ignore[union-attr]
    tally = counted.tallies.get(question="dv_cd")
    assert (tally.agreed is not None, tally.dissent) == (True, "Operations sees it otherwise.")
    report = asker.get(f"/a/{whole.public_id}/result/").content.decode()
    assert "Operations sees it otherwise." in report
    assert "People were far apart on two questions" in report
    assert AuditEvent.objects.get(action="survey.agreed").details == {"question": "dv_cd"}


def test_it_goes_on_with_the_next_question_that_is_not_agreed(
    counted: Survey, whole: Assessment, asker: Browser
) -> None:
    first, second, *_ = results_of(counted)
    answer = asker.post(at(whole, first.question.id), {"answer": "2", "seen": first.mark})
    assert answer["Location"] == at(whole, second.question.id)


@pytest.mark.parametrize("sent", ["5", "-1", "na", "x", "2.0", ["1", "2"]])
def test_what_the_question_does_not_offer_is_never_stored(
    counted: Survey, whole: Assessment, asker: Browser, sent: object
) -> None:
    before = whole.answers.get(question="dv_cd").value
    seen = result_of(counted, "dv_cd").mark
    status = asker.post(at(whole, "dv_cd"), {"answer": sent, "seen": seen}).status_code
    if isinstance(sent, list):
        assert status == 303  # a browser sends one; the last one counts
    else:
        assert status == 422
        assert whole.answers.get(question="dv_cd").value == before


def test_a_dissent_that_is_too_long_is_said_and_stays_on_the_page(
    counted: Survey, whole: Assessment, asker: Browser
) -> None:
    assert agree(asker, whole, "dv_cd", "2", dissent="x" * 2001) == 422
    assert counted.tallies.get(question="dv_cd").agreed is None


def test_who_comes_second_is_told_so_and_overwrites_nothing(
    counted: Survey, whole: Assessment, asker: Browser, holder: Browser
) -> None:
    page = asker.get(at(whole, "dv_cd")).content.decode()
    seen = dict(re.findall(r'name="(seen)" value="([\d.]+)"', page))
    assert agree(holder, whole, "dv_cd", "3") == 303
    late = asker.post(at(whole, "dv_cd"), {**seen, "answer": "0", "dissent": "My thoughts"})
    assert late.status_code == 409
    assert "Somebody else has just settled this" in late.content.decode()
    assert "My thoughts" in late.content.decode()
    assert whole.answers.get(question="dv_cd").value == 3


def test_a_double_click_settles_once(counted: Survey, whole: Assessment, asker: Browser) -> None:
    sent = {"answer": "3", "dissent": "Not sure.", "seen": result_of(counted, "dv_cd").mark}
    assert [asker.post(at(whole, "dv_cd"), sent).status_code for _ in range(2)] == [303, 303]
    assert AuditEvent.objects.filter(action="survey.agreed").count() == 1


def test_questions_and_surveys_of_others_are_not_found(
    counted: Survey, whole: Assessment, asker: Browser
) -> None:
    assert asker.get(at(whole, "c_models")).status_code == 404
    assert asker.get(at(whole, "nonsense")).status_code == 404
    assert asker.post(at(whole, "nonsense"), {"answer": "1"}).status_code == 404
    assert Browser().get(at(whole)).status_code == 404


def test_what_all_say_is_taken_over_in_one_step(counted: Survey, whole: Assessment, asker: Browser) -> None:
    record_answer(assessment=whole, question="dv_ci", value=0)
    page = asker.get(at(whole)).content.decode()
    assert "On one question all say the same" in page
    answer = asker.post(f"{at(whole)}agreed/")
    assert "1 answer was taken over" in asker.get(answer["Location"]).content.decode()
    assert whole.answers.get(question="dv_ci").value == 2
    assert asker.post(f"{at(whole)}agreed/")["Location"].endswith("taken=0")


def test_a_role_is_shown_from_five_people_on(counted: Survey, whole: Assessment, asker: Browser) -> None:
    tally = counted.tallies.get(question="dv_cd")
    assert tally.roles == {"developer": {"0": 3, "4": 2}, "": {"4": 2}}
    page = asker.get(at(whole, "dv_cd")).content.decode()
    assert "Software developer" in page
    assert "All other roles" in page
    assert "Analyst" not in page


def test_notes_are_shown_without_anybody(counted: Survey, whole: Assessment, asker: Browser) -> None:
    assert counted.tallies.get(question="dv_cd").remarks == ["We guess.", "We guess."]
    assert "We guess." in asker.get(at(whole, "dv_cd")).content.decode()


def test_two_people_are_not_told_apart(whole: Assessment, survey: Survey, say: Say, asker: Browser) -> None:
    say("developer", "I alone know", dv_ci=4)
    say("analyst", dv_ci=0)
    assert "At least 3 people" in asker.get(f"/a/{whole.public_id}/several/").content.decode()
    close_survey(request=None, survey=survey)
    assert not Tally.objects.exclude(counts={}, roles={}, remarks=[]).exists()
    page = asker.get(at(whole, "dv_ci")).content.decode()
    assert "Fewer than 3 answers" in page
    assert "I alone know" not in page
    assert "Too few people have answered to compare them" in asker.get(at(whole)).content.decode()


def test_what_is_counted_holds_whatever_anybody_changes_afterwards(survey: Survey, say: Say) -> None:
    parts = [say(dv_ci=level) for level in (1, 1, 3)]
    close_survey(request=None, survey=survey)
    record_answer(assessment=parts[0], question="dv_ci", value=4)
    parts[1].delete()
    assert result_of(survey, "dv_ci").votes.counts == (0, 2, 0, 1, 0)


def test_opened_again_more_can_come_in_and_what_is_agreed_stays(
    counted: Survey, whole: Assessment, asker: Browser, say: Say
) -> None:
    agree(asker, whole, "dv_cd", "3", dissent="Not sure.")
    assert asker.post(f"/a/{whole.public_id}/several/open/").status_code == 303
    assert asker.get(at(whole)).status_code == 404
    for _ in range(3):
        say("developer", dv_cd=4)
    assert asker.post(f"/a/{whole.public_id}/several/count/").status_code == 303
    tally = counted.tallies.get(question="dv_cd")
    assert tally.counts == {"0": 3, "4": 7}
    assert (tally.agreed is not None, tally.dissent) == (True, "Not sure.")


def test_two_counts_never_differ_by_what_one_or_two_have_chosen(
    counted: Survey, whole: Assessment, asker: Browser, say: Say
) -> None:
    before = dict(counted.tallies.values_list("question", "counts"))
    asker.post(f"/a/{whole.public_id}/several/open/")
    assert (
        "is counted anew only where at least 3"
        in asker.get(f"/a/{whole.public_id}/several/").content.decode()
    )
    for number in range(3):
        say("developer", "We know.", dv_obs=1, **({"dv_cd": 1} if number < 2 else {}))
    record_answer(assessment=whole.parts.order_by("pk")[0], question="dv_ci", value=4)
    whole.parts.order_by("pk")[1].delete()
    asker.post(f"/a/{whole.public_id}/several/count/")
    after = dict(counted.tallies.values_list("question", "counts"))
    assert after.pop("dv_obs") == {"1": 3}, "nothing was counted there before"
    assert before.pop("dv_obs") == {}
    assert after == before
    assert counted.tallies.get(question="dv_cd").remarks == ["We guess.", "We guess."]


def test_after_thirty_days_only_the_counts_remain(counted: Survey, whole: Assessment, asker: Browser) -> None:
    assert whole.parts.count() == 7
    later = timezone.now() + timedelta(days=30, seconds=1)
    call_command("delete_expired", now=later, stdout=StringIO())
    assert not whole.parts.exists()
    assert counted.tallies.get(question="dv_cd").counts == {"0": 3, "4": 4}
    Survey.objects.filter(pk=counted.pk).update(closed=timezone.now() - timedelta(days=30, seconds=1))
    page = asker.get(f"/a/{whole.public_id}/several/").content.decode()
    assert "What each person said is deleted, as promised" in page
    answer = asker.post(f"/a/{whole.public_id}/several/open/")
    assert answer.status_code == 422
    assert "nothing can be added" in answer.content.decode()


def test_counting_twice_counts_once(counted: Survey, whole: Assessment, asker: Browser) -> None:
    before = list(counted.tallies.values_list("pk", "counts"))
    assert asker.post(f"/a/{whole.public_id}/several/count/").status_code == 303
    assert list(counted.tallies.values_list("pk", "counts")) == before
    assert open_survey(request=None, assessment=whole).pk == counted.pk


def test_the_report_shows_how_far_votes_lie_apart(counted: Survey, whole: Assessment, asker: Browser) -> None:
    page = asker.get(f"/a/{whole.public_id}/result/").content.decode()
    assert "votes run from 1 to 4" in page
    assert "Line between two pegs" in page
    markdown = asker.get(f"/a/{whole.public_id}/take/markdown").content.decode()
    assert "Split into two camps, votes run from 0 to 4" in markdown
