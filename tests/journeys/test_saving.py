"""What scripts add to asking: answers saved along the way, and a lost server that loses nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from assessments.models import Answer, AnswerChange, Assessment
from tests.factories import AssessmentFactory
from tests.journeys.conftest import enter
from tests.journeys.person import Visit

pytestmark = pytest.mark.scripts

QUESTION = "c_size"
NOTE = "Note or evidence"
OFFLINE = "You are offline. Your answer is kept on this page."
RETRIES = (1, 3, 9, 27)
"""Seconds between one try and the next."""
AGAIN = 3
"""Seconds after which a server that can store nothing wants to be asked again."""

type Play = Callable[[Route], None]


class Line:
    """The line to the server: every answer that is sent, and what a journey lets happen to it."""

    def __init__(self, page: Page) -> None:
        self.sent: list[Request] = []
        self.held: list[Route] = []
        self._play: Play = Route.continue_
        page.context.route("**/q/**", self._pass)

    def _pass(self, route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        self.sent.append(route.request)
        self._play(route)

    def repair(self) -> None:
        self._play = Route.continue_

    def cut(self) -> None:
        self._play = lambda route: route.abort("connectionfailed")

    def break_server(self, status: int) -> None:
        self._play = lambda route: route.fulfill(status=status, body="")

    def put_off(self, seconds: int) -> None:
        """The server cannot store anything just now, and says so."""
        headers = {"Retry-After": str(seconds)}
        self._play = lambda route: route.fulfill(status=503, headers=headers, body="")

    def lose_replies(self) -> None:
        """The server does its work, and nobody hears of it."""

        def lose(route: Route) -> None:
            route.fetch()
            route.abort("connectionreset")

        self._play = lose

    def hold(self) -> None:
        """Everything is under way, for as long as the journey likes."""
        self._play = self.held.append

    def let_go(self) -> None:
        self.repair()
        for route in self.held:
            route.continue_()
        self.held.clear()


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return AssessmentFactory(mode="quick")


def at_question(visit: Visit, assessment: Assessment) -> Page:
    """The first question, at a clock that the journey may put forward."""
    options = {"staged": True, "clock": True, "reduced_motion": "reduce"}
    return enter(visit, assessment, f"q/{QUESTION}/", **options)


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def stored() -> Answer:
    return Answer.objects.get(question=QUESTION)


def went_on(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("How many models")


OBSERVE = """() => {
    window.words = [];
    window.form = document.querySelector("form[data-step]");
    const line = document.querySelector("[role=status]");
    new MutationObserver(() => window.words.push(line.textContent.trim())).observe(line,
        {childList: true, subtree: true, characterData: true, attributes: false});
}"""


def test_five_changes_are_saved_and_hardly_heard(visit: Visit, assessment: Assessment) -> None:
    page = at_question(visit, assessment)
    line = Line(page)
    page.evaluate(OBSERVE)
    for number, choice in enumerate(("xs", "s", "m", "l", "xs"), start=1):
        with page.expect_response("**/q/**"):
            page.locator(f"#answer-{choice}").click()
        assert len(line.sent) == number, "one click, one save"
        expect(page.locator(f"#answer-{choice}")).to_be_focused()
    # Whoever is slow has a first part saved before the rest is typed.
    with page.expect_response(lambda answer: "Counted" in (answer.request.post_data or "")):
        page.get_by_label(NOTE).press_sequentially("Counted", delay=20)
    expect(page.get_by_label(NOTE)).to_be_focused()
    expect(status(page)).to_have_text("Saved")
    words = page.evaluate("window.words")
    assert len(words) <= 2, words
    assert page.evaluate("window.form === document.querySelector('form[data-step]')"), (
        "the form is never swapped"
    )
    assert (stored().value, stored().note) == ("xs", "Counted")


def test_a_slow_line_is_announced_and_the_page_stays_usable(visit: Visit, assessment: Assessment) -> None:
    page = at_question(visit, assessment)
    line = Line(page)
    line.hold()
    page.locator("#answer-m").click()
    page.clock.run_for(3_000)
    expect(status(page)).to_have_text("Saving…")
    page.locator("#answer-l").click()
    page.get_by_label(NOTE).fill("Counted")
    expect(page.locator("#answer-l")).to_be_checked()
    page.clock.run_for(2_000)
    line.let_go()
    expect(status(page)).to_have_text("Saved")
    page.wait_for_function("() => document.querySelector('[name=seen]').value !== '0'")
    page.clock.run_for(2_000)
    page.wait_for_function("() => document.querySelector('[name=seen]').value === '2'")
    assert (stored().value, stored().note) == ("l", "Counted"), "what changed meanwhile is saved as well"


@pytest.mark.parametrize("trouble", ["no connection", "error 500", "error 503", "lost replies", "put off"])
def test_a_save_that_fails_is_tried_again(visit: Visit, assessment: Assessment, trouble: str) -> None:
    """A server that says when to come again is asked until it is back; of others the page has enough after a while."""
    page = at_question(visit, assessment)
    line = Line(page)
    start_trouble(line, trouble)
    told = trouble == "put off"
    page.locator("#answer-m").click()
    for number, seconds in enumerate([AGAIN] * (len(RETRIES) + 3) if told else RETRIES, start=2):
        expect(status(page)).to_have_text("Not saved. We keep trying.")
        with page.expect_request("**/q/**"):
            page.clock.run_for(seconds * 1_000)
        page.wait_for_function("() => !document.querySelector('.htmx-request')")
        assert len(line.sent) == number
    again = page.get_by_role("alert").get_by_role("button", name="Try again")
    if told:
        expect(again).to_have_count(0)
        line.repair()
        page.clock.run_for(AGAIN * 1_000)
    else:
        expect(again).to_be_visible()
        page.clock.run_for(120_000)
        assert len(line.sent) == 1 + len(RETRIES), "then it waits"
        line.repair()
        again.click()
    expect(status(page)).to_have_text("Saved")
    expect(again).to_have_count(0)
    expect(page.locator("#answer-m")).to_be_checked()
    assert stored().value == "m"
    assert AnswerChange.objects.filter(question=QUESTION).count() == 1, "nothing is written twice"


@pytest.mark.parametrize("trouble", ["no connection", "error 500", "error 503", "lost replies"])
def test_whoever_goes_on_without_a_server_loses_nothing(
    visit: Visit, assessment: Assessment, trouble: str
) -> None:
    page = at_question(visit, assessment)
    line = Line(page)
    start_trouble(line, trouble)
    page.locator("#answer-m").check()
    page.get_by_label(NOTE).fill("Counted yesterday")
    page.get_by_role("button", name="Continue").click()
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("Nothing you typed is lost")
    expect(banner).to_be_focused()
    expect(page.get_by_label(NOTE)).to_have_value("Counted yesterday")
    expect(page.locator("#answer-m")).to_be_checked()
    line.repair()
    page.get_by_role("button", name="Try again").click()
    went_on(page)
    assert (stored().value, stored().note) == ("m", "Counted yesterday")
    assert AnswerChange.objects.filter(question=QUESTION).count() == 1


@pytest.mark.parametrize("going_on", [False, True], ids=["while answering", "while going on"])
def test_a_minute_offline(visit: Visit, assessment: Assessment, going_on: bool) -> None:
    page = at_question(visit, assessment)
    line = Line(page)
    page.context.set_offline(True)
    page.locator("#answer-m").check()
    page.get_by_label(NOTE).fill("Counted yesterday")
    if going_on:
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("alert")).to_contain_text(OFFLINE)
    expect(status(page)).to_have_text(OFFLINE)
    page.clock.run_for(60_000)
    expect(page.get_by_label(NOTE)).to_have_value("Counted yesterday")
    expect(page.locator("#answer-m")).to_be_checked()
    assert not Answer.objects.exists()
    before = len(line.sent)
    page.context.set_offline(False)
    if going_on:
        went_on(page)
    else:
        expect(status(page)).to_have_text("Saved")
        page.clock.run_for(60_000)
    assert (stored().value, stored().note) == ("m", "Counted yesterday")
    assert len(line.sent) == before + 1, "sent once, not twice"
    assert AnswerChange.objects.filter(question=QUESTION).count() == 1


def test_a_save_that_arrives_late_changes_nothing(visit: Visit, assessment: Assessment) -> None:
    page = at_question(visit, assessment)
    line = Line(page)
    line.hold()
    with page.expect_request("**/q/**"):
        page.locator("#answer-xs").click()
    late = line.sent[0]
    line.repair()
    page.locator("#answer-l").check()
    page.get_by_role("button", name="Continue").click()
    went_on(page)
    origin = page.evaluate("location.origin")
    answer = page.request.post(
        late.url,
        data=late.post_data,
        headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "HX-Request": "true"},
    )
    assert answer.ok, answer.status
    assert stored().value == "l"
    assert list(AnswerChange.objects.filter(question=QUESTION).values_list("new", flat=True)) == ["l"]


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        ("the form's protection", "Your session ended. Press Continue"),
        ("the session", "Your session ended. Press Continue"),
        ("the assessment", "can no longer open the assessment"),
        ("the answer another window knows", "This answer was changed in another window"),
    ],
)
def test_what_the_server_refuses_is_said_and_kept(
    visit: Visit, assessment: Assessment, lost: str, says: str
) -> None:
    page = at_question(visit, assessment)
    match lost:
        case "the form's protection":
            page.context.clear_cookies(name="csrf")
        case "the session":
            page.context.clear_cookies(name="sid")
        case "the assessment":
            Assessment.objects.all().delete()
        case _:
            other = page.context.new_page()
            other.goto(page.url)
            with other.expect_response("**/q/**"):
                other.locator("#answer-l").click()
            expect(status(other)).to_have_text("Saved")
    page.evaluate(OBSERVE)
    page.get_by_label(NOTE).fill("Counted yesterday")
    page.locator("#answer-m").click()
    expect(page.get_by_role("alert")).to_contain_text(says)
    expect(page.get_by_label(NOTE)).to_have_value("Counted yesterday")
    expect(page.locator("#answer-m")).to_be_checked()
    assert page.evaluate("window.form === document.querySelector('form[data-step]')"), (
        "the form is never swapped"
    )
    page.context.set_offline(True)
    expect(status(page)).to_have_text(OFFLINE)
    page.context.set_offline(False)
    expect(status(page)).to_have_text("Not saved")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("Counted yesterday")
    expect(status(page)).not_to_have_text("Saved")


def test_whoever_leaves_in_midst_of_a_word_has_it_saved(visit: Visit, assessment: Assessment) -> None:
    """By a bookmark, say: within the pause, and without leaving the field first."""
    page = at_question(visit, assessment)
    page.locator("#answer-m").check()
    expect(status(page)).to_have_text("Saved")
    page.get_by_label(NOTE).press_sequentially("Counted yes")
    page.goto("/privacy/")
    for _ in range(20):  # the last words travel beside the next page, and may arrive after it
        page.goto(f"/a/{assessment.public_id}/q/{QUESTION}/")
        if page.get_by_label(NOTE).input_value():
            break
    expect(page.get_by_label(NOTE)).to_have_value("Counted yes")
    assert (stored().value, stored().note) == ("m", "Counted yes")


def test_letters_left_are_counted_near_the_end(visit: Visit, assessment: Assessment) -> None:
    page = at_question(visit, assessment)
    note, count = page.get_by_label(NOTE), page.locator("#note-count")
    note.fill("x" * 1799)
    expect(count).to_be_empty()
    note.fill("x" * 1801)
    expect(count).to_have_text("You have 199 characters left")
    note.fill("x" * 2003)
    expect(count).to_have_text("You have 3 characters too many")


def test_what_rules_each_other_out(visit: Visit, transactional_db: None) -> None:
    page = enter(visit, AssessmentFactory(), "q/c_tools/")
    page.get_by_label("For machine learning").check()
    page.get_by_label("None of these").check()
    expect(page.get_by_label("For machine learning")).not_to_be_checked()
    page.get_by_label("For software delivery").check()
    expect(page.get_by_label("None of these")).not_to_be_checked()
    page.goto(page.url.replace("c_tools", "c_capacity_fte"))
    page.fill("#number", "2")
    page.get_by_label("I don’t know").check()
    expect(page.locator("#number")).to_have_value("")
    page.locator("#number").press_sequentially("3")
    expect(page.get_by_label("I don’t know")).not_to_be_checked()


def start_trouble(line: Line, trouble: str) -> None:
    match trouble:
        case "no connection":
            line.cut()
        case "lost replies":
            line.lose_replies()
        case "put off":
            line.put_off(AGAIN)
        case _:
            line.break_server(int(trouble.removeprefix("error ")))
