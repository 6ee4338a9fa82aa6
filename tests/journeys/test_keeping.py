"""Keeping an assessment, leaving it and deleting it, as people of all kinds do."""

import re
from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page, expect

from assessments.links import link_of
from assessments.models import Assessment
from tests.factories import AssessmentFactory
from tests.journeys.conftest import holding
from tests.journeys.inspection import flaws_of
from tests.journeys.person import Person, Visit


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return AssessmentFactory()


@pytest.fixture
def somebody(way: type[Person], visit: Visit, assessment: Assessment) -> Person:
    """Somebody who works on it, and looks at the page that keeps it."""
    return way.at(visit, f"/a/{assessment.public_id}/keep/", session=holding(assessment))


def test_the_link_is_sent_after_a_slip_of_the_hand(
    somebody: Person, mailoutbox: list[EmailMessage], assessment: Assessment
) -> None:
    somebody.fill("Your e-mail address", "ada@example")
    somebody.press("Send", exact=True)
    summary = somebody.page.locator("#error-summary")
    expect(summary).to_contain_text("Enter one e-mail address, such as name@example.com")
    expect(somebody.page.get_by_label("Your e-mail address")).to_have_value("ada@example")
    somebody.fill("Your e-mail address", "ada@example.com")
    somebody.press("Send", exact=True)
    expect(somebody.page.get_by_role("status").filter(has_text="The link is on its way.")).to_be_visible()
    somebody.look()
    assert link_of(assessment) in mailoutbox[0].body


def test_after_leaving_the_way_back_shows_no_answers(somebody: Person, assessment: Assessment) -> None:
    somebody.page.goto(f"/a/{assessment.public_id}/")
    expect(somebody.page.locator("main")).to_contain_text(assessment.organisation)
    somebody.page.goto(f"/a/{assessment.public_id}/keep/")
    somebody.press("Leave this device")
    somebody.press("Leave it")
    somebody.arrives("This browser has forgotten the assessment")
    for _ in range(2):
        somebody.page.go_back()
        somebody.arrives("We cannot find this page")
        expect(somebody.page.locator("body")).not_to_contain_text(assessment.organisation)


def test_after_deleting_the_way_back_says_when_it_was(somebody: Person, assessment: Assessment) -> None:
    somebody.press("Delete this assessment")
    somebody.arrives("Delete this assessment?")
    somebody.press("Delete it")
    somebody.arrives("The assessment is deleted")
    somebody.page.go_back()
    somebody.arrives(re.compile(r"This assessment was deleted on \d+ \w+ \d{4}"))


def test_everything_can_be_taken_along(somebody: Person, assessment: Assessment) -> None:
    with somebody.page.expect_download() as downloading:
        somebody.press("Download all data")
    assert downloading.value.suggested_filename == f"groundwork-{assessment.public_id}.json"


def test_a_double_click_begins_one_assessment(person: Person) -> None:
    person.press_twice("Quick check")
    person.arrives("What are your answers about?")
    assert Assessment.objects.count() == 1


def pages(visit: Visit, assessment: Assessment) -> Iterator[tuple[str, Page]]:
    """Every page of these journeys that no other journey sees."""
    somebody = Person.at(visit, link_of(assessment))
    yield "link", somebody.page
    somebody.press("Continue this assessment")
    somebody.page.wait_for_url(re.compile("/a/"))
    somebody.page.goto("/")
    yield "start page with something begun", somebody.page
    somebody.page.goto(f"/a/{assessment.public_id}/keep/")
    yield "keep", somebody.page
    somebody.press("Send", exact=True)
    expect(somebody.page.locator("#error-summary")).to_be_visible()
    yield "nothing entered", somebody.page
    for number in range(4):
        somebody.fill("Your e-mail address", f"ada{number}@example.com")
        with somebody.page.expect_navigation():
            somebody.press("Send", exact=True)
        if number == 0:
            yield "sent", somebody.page
    expect(somebody.page.get_by_role("alert")).to_contain_text("Try again after")
    yield "too often", somebody.page
    for path in ("/left/", "/licence/", "/privacy/"):
        somebody.page.goto(path)
        yield path, somebody.page
    somebody.page.goto(f"/a/{assessment.public_id}/delete/")
    somebody.press("Delete it")
    somebody.arrives("The assessment is deleted")
    somebody.page.goto(f"/a/{assessment.public_id}/")
    yield "deleted", somebody.page


@pytest.mark.look
def test_every_page_on_the_way_is_sound(
    visit: Visit, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    Assessment.objects.update(scope="x" * 200)
    for name, page in pages(visit, assessment):
        assert not flaws_of(page), name
