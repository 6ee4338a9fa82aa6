"""From the landing page to the review, as somebody would do it alone."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from assessments.models import Answer, AnswerChange, Assessment
from tests.journeys.conftest import Visit, answer_first, press_continue

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def begin(page: Page, mode: str = "Quick check") -> None:
    """From the landing page to the first question."""
    page.get_by_label("Changes and new features").check()
    page.get_by_role("button", name=mode).click()
    page.get_by_label(re.compile("What are your answers about")).fill("The service portal")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How many people")


@SCRIPTS
def test_from_landing_to_review(visit: Visit, scripts: bool) -> None:
    page = visit("/", java_script_enabled=scripts)
    begin(page, "Start the full assessment")
    steps = 0
    while "/q/" in page.url:
        answer_first(page)
        steps += 1
        assert steps < 40
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers before you see the result")
    expect(page.get_by_text("still open")).to_have_count(0)
    assert Answer.objects.count() == steps + 1, "every step and the symptom"


def test_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    reach(page, 'input[name="stated"]')
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Reports come late")).to_be_checked()
    reach(page, 'button[value="quick"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/scope/")
    reach(page, "#scope")
    page.keyboard.type("The service portal")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep this link")
    reach(page, "main a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/q/c_size/")
    reach(page, 'input[name="answer"]')
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#answer-s")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How many models")


def reach(page: Page, selector: str) -> None:
    """Press Tab until one of these has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


def test_after_a_step_the_new_heading_has_the_focus(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    old = page.url
    answer_first(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_title(re.compile("How many models .+ – Question 3 of about 12 – Groundwork"))
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert page.url != old
    assert page.evaluate("window.scrollY") == 0


@SCRIPTS
def test_back_shows_the_answer_that_was_given(visit: Visit, scripts: bool) -> None:
    page = visit("/", java_script_enabled=scripts)
    begin(page)
    for _ in range(3):
        page.locator("#answer-m").check()
        press_continue(page)
        page.go_back()
        expect(page.locator("#answer-m")).to_be_checked()
        expect(page.locator("header")).to_be_visible()
        page.go_forward()
        expect(page.get_by_role("heading", level=1)).to_contain_text("How many models")
        page.get_by_role("link", name="Back", exact=True).click()
    assert Answer.objects.filter(question="c_size").count() == 1


@SCRIPTS
def test_nothing_chosen(visit: Visit, scripts: bool) -> None:
    page = visit("/", java_script_enabled=scripts)
    begin(page)
    page.get_by_label("Note or evidence").fill("Ask Ana")
    page.get_by_role("button", name="Continue").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Note or evidence")).to_have_value("Ask Ana")
    summary.get_by_role("link").click()
    if scripts:
        expect(page.locator("#answer-xs")).to_be_focused()
    page.locator("#answer-xs").check()
    press_continue(page)
    assert Answer.objects.get(question="c_size").note == "Ask Ana"


def test_a_double_click_is_one_answer(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    page.locator("#answer-xs").check()
    page.get_by_role("button", name="Continue").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How many models")
    assert AnswerChange.objects.filter(question="c_size").count() == 1


@pytest.mark.parametrize("trouble", ["no connection", "broken server"])
def test_when_the_server_cannot_be_reached_nothing_is_lost(visit: Visit, trouble: str) -> None:
    page = visit("/")
    begin(page)

    def fail(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif trouble == "no connection":
            route.abort("connectionfailed")
        else:
            route.fulfill(status=503, body="")

    page.context.route("**/q/**", fail)
    page.locator("#answer-m").check()
    page.get_by_label("Note or evidence").fill("Counted yesterday")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing you typed is lost")
    expect(page.get_by_label("Note or evidence")).to_have_value("Counted yesterday")
    page.context.unroute("**/q/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How many models")
    assert Answer.objects.get(question="c_size").note == "Counted yesterday"


def test_none_of_these_and_the_others_rule_each_other_out(visit: Visit) -> None:
    page = visit("/")
    begin(page, "Start the full assessment")
    page.goto(page.url.replace("c_size", "c_tools"))
    page.get_by_label("For machine learning").check()
    page.get_by_label("None of these").check()
    expect(page.get_by_label("For machine learning")).not_to_be_checked()
    page.get_by_label("For software delivery").check()
    expect(page.get_by_label("None of these")).not_to_be_checked()


def test_a_reason_is_asked_for_once_it_is_needed(visit: Visit) -> None:
    page = visit("/")
    begin(page, "Start the full assessment")
    page.goto(page.url.replace("c_size", "ml_trn"))
    reason = page.get_by_label("Why does this not apply to you?")
    expect(reason).to_be_hidden()
    page.get_by_label("Does not apply to us").check()
    expect(reason).to_be_visible()
    reason.fill("We only buy models")
    press_continue(page)
    assert Answer.objects.get(question="ml_trn").na_reason == "We only buy models"


def test_letters_left_are_counted_near_the_end(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    note, count = page.get_by_label("Note or evidence"), page.locator("#note-count")
    note.fill("x" * 1799)
    expect(count).to_be_empty()
    note.fill("x" * 1801)
    expect(count).to_have_text("You have 199 characters left")
    note.fill("x" * 2003)
    expect(count).to_have_text("You have 3 characters too many")


@SCRIPTS
def test_the_private_link_opens_the_assessment_elsewhere(visit: Visit, scripts: bool) -> None:
    here = visit("/")
    begin(here)
    answer_first(here)
    here.get_by_role("button", name="Save and leave").click()
    link = here.get_by_label("Your private link").input_value()
    there = visit(link, java_script_enabled=scripts)
    assert "service portal" not in there.content()
    there.get_by_role("button", name="Continue this assessment").click()
    expect(there.get_by_role("heading", level=1)).to_contain_text("How many models")
    assert link.rsplit("/", 1)[1] not in there.url


def test_deleting_asks_once_more(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    page.get_by_role("link", name="All questions").click()
    page.get_by_role("link", name="Delete this assessment").click()
    page.get_by_role("link", name="Keep it").click()
    assert Assessment.objects.exists()
    page.get_by_role("link", name="Delete this assessment").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The assessment is deleted")
    assert not Assessment.objects.exists()


def test_when_cookies_are_gone_the_note_is_not(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    page.locator("#answer-m").check()
    page.get_by_label("Note or evidence").fill("Counted yesterday")
    page.context.clear_cookies()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your session ended")
    expect(page.get_by_label("Note or evidence")).to_have_value("Counted yesterday")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("What you typed has not been stored")).to_have_value("Counted yesterday")


def test_when_only_the_session_is_gone_the_page_stays(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    page.get_by_label("Note or evidence").fill("Counted yesterday")
    page.locator("#answer-m").check()
    page.context.clear_cookies(name="sid")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("open your private link")
    expect(page.get_by_label("Note or evidence")).to_have_value("Counted yesterday")
