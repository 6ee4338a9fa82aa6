"""Several people who come in by one link, and answer alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from assessments.links import digest_of
from assessments.models import Assessment, AuditEvent, Survey
from assessments.surveys import MOST, close_survey, join, link_of, renew_link
from tests.assessments.conftest import Open, answered
from tests.assessments.survey.conftest import Say
from tests.factories import AssessmentFactory


def come_in(link: str, role: str = "developer", **more: str) -> tuple[Browser, str]:
    """A browser that knows nothing, after its button was pressed, and where it was led."""
    browser = Browser()
    answer = browser.post(link, {"role": role, **more})
    assert answer.status_code == 303
    return browser, answer["Location"]


def test_only_a_fingerprint_of_the_link_is_stored(link: str, survey: Survey, asker: Browser) -> None:
    assert re.fullmatch(r"/p/[\w-]{43}/", link)
    assert survey.digest == digest_of(link.split("/")[2])
    assert link in asker.get(f"/a/{survey.assessment.public_id}/several/").content.decode()


def test_opening_it_changes_nothing_and_shows_no_answer(link: str, whole: Assessment) -> None:
    whole.answers.filter(question="dv_ci").update(note="SECRET NOTE")
    answer = Browser().get(link)
    page = answer.content.decode()
    assert "Tallis Software" in page
    assert "SECRET NOTE" not in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert not whole.parts.exists()


def test_each_answers_an_assessment_of_their_own_that_knows_the_organisation(
    link: str, whole: Assessment
) -> None:
    browser, place = come_in(link, "analyst")
    part = whole.parts.get()
    assert place == f"/a/{part.public_id}/"
    assert (part.role, part.organisation, part.client) == ("analyst", "Tallis Software", None)
    about = set(answered(part))
    assert about == {each for each in answered(whole) if not each.startswith(("dv_", "do_", "ml_", "sig_"))}
    assert browser.post(f"/a/{part.public_id}/q/dv_ci/", {"answer": "3"}).status_code == 303
    whole_level = whole.answers.get(question="dv_ci").value
    assert (part.answers.get(question="dv_ci").value, whole_level) == (
        3,
        whole.answers.get(question="dv_ci").value,
    )
    assert "one of several people" in browser.get(f"/a/{part.public_id}/").content.decode()


def test_nobody_sees_what_another_answers(
    link: str, whole: Assessment, asker: Browser, holder: Browser
) -> None:
    one, place = come_in(link)
    other, _ = come_in(link)
    for browser in (other, asker, holder, Browser()):
        assert browser.get(place).status_code == 404
        assert browser.get(f"{place}result/").status_code == 404
    assert one.get(f"/a/{whole.public_id}/").status_code == 404
    assert one.get(f"/a/{whole.public_id}/several/").status_code == 404


def test_without_a_role_nothing_begins(link: str, whole: Assessment) -> None:
    for role in ("", "emperor"):
        answer = Browser().post(link, {"role": role})
        assert answer.status_code == 422
        assert "Select what you do" in answer.content.decode()
    assert not whole.parts.exists()


def test_a_double_click_begins_once_and_coming_back_goes_on(link: str, whole: Assessment) -> None:
    browser = Browser()
    once = re.search(r'name="once" value="([\w-]+)"', browser.get(link).content.decode())
    assert once
    before = {name: each.value for name, each in browser.cookies.items()}
    first = browser.post(link, {"role": "developer", "once": once[1]})
    twin = Browser()  # the same browser before the first answer arrived
    for name, value in before.items():
        twin.cookies[name] = value
    second = twin.post(link, {"role": "developer", "once": once[1]})
    assert first["Location"] == second["Location"]
    assert "Welcome back" in browser.get(link).content.decode()
    assert browser.post(link)["Location"] == first["Location"]
    assert whole.parts.count() == 1


def test_only_counts_are_shown_while_they_answer(asker: Browser, whole: Assessment, say: Say) -> None:
    say("analyst", "SECRET NOTE", dv_ci=4)
    say("analyst")
    page = asker.get(f"/a/{whole.public_id}/several/").content.decode()
    assert "0 of 2 people have answered everything." in page
    assert re.search(r"Analyst or BI specialist</th>\s*<td[^>]*>2</td><td[^>]*>1</td><td[^>]*>0</td>", page)
    assert "SECRET NOTE" not in page
    assert asker.get(f"/a/{whole.public_id}/differences/").status_code == 404


def test_another_link_ends_the_first_and_leaves_in_who_is_in(
    link: str, survey: Survey, asker: Browser
) -> None:
    inside, place = come_in(link)
    answer = asker.post(f"/a/{survey.assessment.public_id}/several/new-link/")
    assert answer.status_code == 303
    survey.refresh_from_db()
    assert Browser().get(link).status_code == 404
    assert Browser().get(str(link_of(survey))).status_code == 200
    assert inside.get(place).status_code == 200


def test_wrong_old_and_binned_look_alike(link: str, survey: Survey) -> None:
    bodies = {Browser().get(f"/p/{'x' * 43}/").content, Browser().get("/p/short/").content}
    Assessment.objects.filter(pk=survey.assessment_id).update(binned=timezone.now())
    bodies.add(Browser().get(link).content)
    Assessment.objects.filter(pk=survey.assessment_id).update(binned=None)
    Survey.objects.filter(pk=survey.pk).update(expires=timezone.now() - timedelta(seconds=1))
    bodies.add(Browser().get(link).content)
    assert len({re.sub(rb'value="[\w-]+"|/p/[^"]*', b"", each) for each in bodies}) == 1


def test_after_the_count_nobody_else_comes_in(link: str, survey: Survey) -> None:
    close_survey(request=None, survey=survey)
    assert "counted already" in Browser().get(link).content.decode()
    assert Browser().post(link, {"role": "developer"}).status_code == 422


def test_there_is_an_end_to_it(link: str, survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 60
    monkeypatch.setattr("assessments.surveys.MOST", 1)
    come_in(link)
    answer = Browser().post(link, {"role": "developer"})
    assert answer.status_code == 422
    assert "1 people take part already" in answer.content.decode()


def test_a_part_cannot_be_asked_about_or_handed_over(survey: Survey, browser_of: Open) -> None:
    part = join(survey=survey, role="developer")
    browser = browser_of(part)
    assert browser.get(f"/a/{part.public_id}/several/").status_code == 404
    assert browser.post(f"/a/{part.public_id}/several/open/").status_code == 404
    assert "Ask several people" not in browser.get(f"/a/{part.public_id}/").content.decode()


def test_the_holder_of_the_private_link_asks_too_and_a_stranger_does_not(
    holder: Browser, whole: Assessment
) -> None:
    assert "Make the link" in holder.get(f"/a/{whole.public_id}/several/").content.decode()
    assert holder.post(f"/a/{whole.public_id}/several/open/").status_code == 303
    assert Browser().get(f"/a/{whole.public_id}/several/").status_code == 404
    assert AuditEvent.objects.get(action="survey.opened").actor_kind == "client"


def test_one_that_nobody_has_as_client_leaves_no_trail(browser_of: Open) -> None:
    alone = AssessmentFactory()
    browser_of(alone).post(f"/a/{alone.public_id}/several/open/")
    assert Survey.objects.filter(assessment=alone).exists()
    assert not AuditEvent.objects.exists()


def test_a_renewed_link_works_for_thirty_days(survey: Survey) -> None:
    Survey.objects.filter(pk=survey.pk).update(expires=timezone.now() - timedelta(days=1))
    renew_link(request=None, survey=survey)
    assert Browser().get(str(link_of(survey))).status_code == 200
