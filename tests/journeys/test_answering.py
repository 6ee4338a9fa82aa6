"""Asking, as somebody would go through it alone: with a mouse, without scripts, with the keyboard, on a small screen."""

import re

import pytest
from playwright.sync_api import expect

from assessments.answering import record_answer
from assessments.links import link_of
from assessments.models import Answer, AnswerChange, Assessment
from tests.factories import AssessmentFactory
from tests.journeys.conftest import holding
from tests.journeys.inspection import broken_in_any_theme, flaws_in_markup
from tests.journeys.person import Person, Visit

NOTE = "Note or evidence"
SIZE = re.compile("How many people")
NEXT = re.compile("How many models")


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    """A quick check in which the symptom was chosen on the landing page, as in every other one."""
    begun = AssessmentFactory(mode="quick")
    record_answer(assessment=begun, question="stated", value="devops")
    return begun


@pytest.fixture
def person(way: type[Person], visit: Visit, assessment: Assessment) -> Person:
    """Somebody at the first question of it."""
    somebody = way.at(visit, f"/a/{assessment.public_id}/q/c_size/", session=holding(assessment))
    somebody.arrives(SIZE)
    return somebody


def open_question(person: Person, question: str) -> None:
    """Another question of the same assessment."""
    person.page.goto(re.sub("/q/[a-z_]+/", f"/q/{question}/", person.page.url))
    person.look()


def test_after_a_step_the_window_says_where_one_is(person: Person) -> None:
    person.choose("1 to 9 people")
    old = person.page.url
    assert person.go_on() != old
    person.arrives(NEXT)
    expect(person.page).to_have_title(
        re.compile("^How many models .+ – Question 3 of about 12 – Groundwork$")
    )
    expect(person.page.get_by_role("status")).to_contain_text("Saved")
    expect(person.page.get_by_role("banner")).to_contain_text(re.compile(r"\d\d:\d\d"))
    if person.scripts:
        expect(person.page.get_by_role("heading", level=1)).to_be_focused()
    assert person.page.evaluate("window.scrollY") == 0


def test_back_shows_the_answer_that_was_given(person: Person) -> None:
    for _ in range(3):
        person.choose(person.page.locator("#answer-m"))
        person.go_on()
        person.page.go_back()
        expect(person.page.locator("#answer-m")).to_be_checked()
        expect(person.page.get_by_role("banner")).to_be_visible()
        person.page.wait_for_load_state()  # or its scripts would not notice where one goes
        person.page.go_forward()
        person.arrives(NEXT)
        person.press("Back", exact=True)
        person.arrives(SIZE)
    assert Answer.objects.filter(question="c_size").count() == 1


def test_nothing_chosen(person: Person) -> None:
    person.fill(NOTE, "Ask Ana")
    person.press("Continue")
    summary = person.page.get_by_role("alert")
    expect(summary).to_be_focused()
    person.look()
    expect(person.page).to_have_title(re.compile("^Error: "))
    expect(person.page.get_by_label(NOTE)).to_have_value("Ask Ana")
    person.press(summary.get_by_role("link"))
    if person.scripts:
        expect(person.page.locator("#answer-xs")).to_be_focused()
    person.choose(person.page.locator("#answer-xs"))
    person.go_on()
    assert Answer.objects.get(question="c_size").note == "Ask Ana"


def test_sent_twice_in_a_hurry_is_one_answer(person: Person) -> None:
    person.choose(person.page.locator("#answer-xs"))
    person.press_twice("Continue")
    person.arrives(NEXT)
    person.page.wait_for_load_state("networkidle")  # whatever the second press may still do
    person.page.reload()
    person.arrives(NEXT)
    assert AnswerChange.objects.filter(question="c_size").count() == 1
    assert not Answer.objects.filter(question="c_models").exists()


def test_a_reason_is_asked_for_once_it_is_needed(way: type[Person], visit: Visit) -> None:
    person = way.at(visit)
    person.choose("Changes and new features")
    person.press("Start the full assessment")
    person.arrives("What are your answers about?")
    person.fill(re.compile("What are your answers about"), "The service portal")
    person.go_on()
    person.arrives("Keep this link")
    person.press("Go on", exact=True)
    person.arrives(SIZE)
    open_question(person, "ml_trn")
    reason = person.page.get_by_label("Why does this not apply to you?")
    expect(reason).to_be_hidden()
    person.choose("Does not apply to us")
    expect(reason).to_be_visible()
    person.fill(reason, "We only buy models")
    person.go_on()
    assert Answer.objects.get(question="ml_trn").na_reason == "We only buy models"


def test_the_private_link_opens_the_assessment_elsewhere(person: Person) -> None:
    person.choose(person.page.locator("#answer-m"))
    person.go_on()
    person.press("Save and leave")
    person.arrives("Keep this link")
    link = person.page.get_by_label("Your private link").input_value()
    there = person.elsewhere(link)
    assert "service portal" not in there.page.content()
    there.press("Continue this assessment")
    there.arrives(NEXT)
    assert link.rsplit("/", 1)[1] not in there.page.url


def test_deleting_asks_once_more(person: Person) -> None:
    person.press("All questions")
    person.press("Delete this assessment")
    person.press("Keep it")
    person.press("Delete this assessment")
    assert Assessment.objects.exists()
    person.press("Delete it")
    person.arrives("The assessment is deleted")
    assert not Assessment.objects.exists()


def test_whoever_lost_their_cookies_loses_no_word(person: Person, assessment: Assessment) -> None:
    person.choose(person.page.locator("#answer-m"))
    person.fill(NOTE, "Counted yesterday")
    person.page.context.clear_cookies()
    person.press("Continue")
    person.arrives("Your session ended")
    expect(person.page.get_by_label(NOTE)).to_have_value("Counted yesterday")
    with person.page.expect_navigation():
        person.press("Continue")
    expect(person.page.get_by_label(NOTE)).to_have_value("Counted yesterday")
    person.fill("Your private link", link_of(assessment))
    person.press("Continue")
    person.arrives(NEXT)
    stored = Answer.objects.get(question="c_size")
    assert (stored.value, stored.note) == ("m", "Counted yesterday")


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "s"), ("Keep the other", "m")])
def test_two_windows_and_one_answer(person: Person, choice: str, kept: str) -> None:
    other = person.in_second_window()
    other.choose("50 to 249 people")
    other.go_on()
    person.choose("10 to 49 people")
    person.press("Continue")
    person.arrives("This answer was changed in another window")
    expect(person.page.get_by_text("50 to 249 people")).to_be_visible()
    expect(person.page.get_by_text("10 to 49 people")).to_be_visible()
    if choice == "Keep mine":  # the page is the same for both
        assert not flaws_in_markup(person.page)
        assert not broken_in_any_theme(person.page)
    assert Answer.objects.get(question="c_size").value == "m", "nothing is replaced unasked"
    person.press(choice)
    person.arrives(NEXT)
    assert Answer.objects.get(question="c_size").value == kept


def test_whoever_leaves_the_device_leaves_no_answer_on_it(person: Person) -> None:
    person.choose(person.page.locator("#answer-m"))
    person.fill(NOTE, "Counted yesterday")
    person.go_on()
    person.press("Save and leave")
    person.arrives("Keep this link")
    person.press("Leave this device")
    person.press("Leave it")
    person.arrives("This browser has forgotten the assessment")
    for _ in range(3):
        person.page.go_back()
        person.page.wait_for_load_state()
        expect(person.page.get_by_text("Counted yesterday")).to_have_count(0)
        expect(person.page.locator("main input[name=answer], #private-link")).to_have_count(0)
