"""A workshop: a facilitator's console, the screen, and phones, all at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.accounts.models import User
from assessments.models import Assessment, Membership, Vote, Workshop
from assessments.playbooks import current
from assessments.workshop.joining import join_link, stage_link
from assessments.workshop.seen import Moment
from tests.assessments.sharing.conftest import owner
from tests.assessments.sharing.conftest import tallis as of_client
from tests.assessments.workshop.moments import Shown
from tests.factories import MembershipFactory
from tests.journeys.conftest import sign_in
from tests.journeys.inspection import cut_off_at, flaws_of
from tests.journeys.person import Visit

__all__ = ["of_client", "owner"]

NARROW = ((320, 640), (390, 780), (1280, 900))
SIZES = ((320, 640), (390, 780), (412, 840))


@pytest.fixture
def console(visit: Visit, owner: Membership, of_client: Assessment) -> Callable[..., Page]:
    """Opens the room's console at somebody's browser; the first one opens the room."""

    def at(user: User = owner.user, **options: object) -> Page:
        page = visit("/privacy/", reduced_motion="reduce", **options)
        sign_in(page, user)
        page.goto(f"/a/{of_client.public_id}/room/")
        if page.get_by_role("button", name="Open the room").count():
            page.get_by_role("button", name="Open the room").click()
        expect(page.locator("#people .code")).to_be_visible()
        settled(page)
        return page

    return at


def come_in(visit: Visit, host: Page, size: tuple[int, int] = SIZES[1], **options: object) -> Page:
    """A phone that types the code from the screen and joins."""
    width, height = size
    phone = visit("/join/", viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
    phone.get_by_label("Code").fill(host.locator("#people .code").inner_text().lower())
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Join").click()
    expect(phone.locator("#room")).to_have_attribute(
        "data-moment", re.compile("before|waiting|open|revealed")
    )
    settled(phone)
    return phone


def alone(visit: Visit, room: Shown, size: tuple[int, int]) -> Page:
    """A phone that has scanned the code of a room that no console is open for."""
    width, height = size
    phone = visit(
        join_link(room.workshop), viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    phone.get_by_role("button", name="Join").click()
    moment(phone, "before")
    return phone


def state(host: Page, name: str) -> None:
    """Wait until the question on the console is in this state."""
    expect(host.locator("p.state")).to_have_attribute("data-state", name)
    settled(host)


def moment(screen: Page, name: str) -> None:
    """Wait until a phone or the screen has noticed."""
    expect(screen.locator("#room")).to_have_attribute("data-moment", name)
    settled(screen)


def show(phone: Page, room: Shown, name: Moment, question: str) -> None:
    """Put the room there without a vote, and have a phone notice."""
    room.show(name, question, counts=())
    phone.evaluate("htmx.trigger('#room', 'look')")
    expect(phone.locator("#room")).to_have_attribute("hx-get", re.compile(f"v={room.workshop.version}&"))
    moment(phone, name)


def settled(page: Page) -> None:
    """Wait until scripts hear what is done: those of a new page are there, and know what was swapped into an old one."""
    page.wait_for_load_state()
    expect(page.locator(".htmx-added")).to_have_count(0)


@pytest.mark.long
def test_a_room_votes_differs_and_agrees(
    visit: Visit, console: Callable[..., Page], of_client: Assessment
) -> None:
    host = console()
    phones = [come_in(visit, host, size) for size in SIZES]
    stage = visit(stage_link(Workshop.objects.get()), viewport={"width": 1920, "height": 1080})
    expect(host.locator("#people")).to_contain_text("3 here")

    host.get_by_role("button", name="Begin").click()
    state(host, "waiting")
    question = host.get_by_role("heading", level=1).inner_text()
    for screen in (*phones, stage):
        moment(screen, "waiting")
        expect(screen.get_by_role("heading", level=1)).to_have_text(question)

    host.keyboard.press("o")
    state(host, "open")
    for phone, level in zip(phones, (0, 1, 3), strict=True):
        moment(phone, "open")
        phone.locator(f"#vote-{level}").check()
        expect(phone.locator("#room")).to_contain_text("Your vote is in.")
    expect(host.locator("#voted")).to_have_text("3 of 3 voted")
    expect(stage.locator("#room")).to_contain_text("3 of 3 voted", use_inner_text=True)
    phones[0].locator("#vote-4").check()
    expect(phones[0].locator("#vote-4")).to_be_checked()
    assert Vote.objects.count() == 3
    for page in (host, phones[0]):
        assert flaws_of(page) == {}

    expect(phones[1].locator("#said")).to_have_text(f"Vote now: {question}")
    host.keyboard.press("c")
    state(host, "closed")
    moment(phones[1], "closed")
    expect(phones[1].locator("#said")).to_have_text("Voting is closed.")
    expect(phones[1].get_by_role("heading", level=1)).to_be_focused()
    host.keyboard.press("r")
    state(host, "revealed")
    expect(host.locator("#work")).to_contain_text("votes run from 1 to 4")
    assert not host.locator("input[name=answer]:checked").count(), "nothing is chosen beforehand"
    for screen in (*phones, stage):
        moment(screen, "revealed")
    expect(phones[1].locator("#said")).to_contain_text("The result")
    expect(phones[1].get_by_role("listitem").filter(has_text="your vote")).to_have_text(
        re.compile(r"\(your vote\)\s+1$"), use_inner_text=True
    )
    for page in (host, phones[1]):
        assert flaws_of(page) == {}

    host.keyboard.press("a")
    expect(host.get_by_role("alert")).to_have_text("Select the answer on which the room agrees")
    expect(host.get_by_role("alert")).to_be_in_viewport()
    host.keyboard.press("2")
    expect(host.locator("#agree-2")).to_be_checked()
    expect(host.locator("#agree-2")).to_be_focused()
    expect(host.get_by_role("button", name="Agree on this answer")).to_be_in_viewport()
    host.keyboard.press("a")
    state(host, "agreed")
    host.get_by_label("Note: what would change your mind?").fill("How the other site works.")
    expect(host.get_by_text("Note kept")).to_be_visible()
    with host.expect_response(lambda answer: answer.request.method == "POST"):
        host.get_by_label("Print it in the report").check()
    for screen in (*phones, stage):
        moment(screen, "agreed")
    assert of_client.answers.get(question="dv_ci").value == 2

    host.get_by_role("button", name="Undo the agreement").click()
    state(host, "revealed")
    assert of_client.answers.get(question="dv_ci").value == 3, "what counted before"
    host.locator("#agree-2").check()
    host.get_by_role("button", name="Agree on this answer").click()
    state(host, "agreed")

    host.get_by_role("button", name="Next question").click()
    state(host, "waiting")
    host.get_by_text("End the workshop").click()
    host.get_by_role("button", name="End it now").click()
    expect(host.get_by_role("heading", level=1)).to_have_text("The workshop is over")
    moment(stage, "ended")
    moment(phones[2], "ended")
    phones[2].get_by_label("your e-mail address").fill("bea@example.com")
    phones[2].get_by_role("button", name="Send me the PDF").click()
    expect(phones[2].get_by_text("We have your address.")).to_be_visible()
    host.reload()
    host.get_by_role("link", name="Send it to them").click()
    expect(host.locator("main")).to_contain_text("1 person has asked for it by mail.")
    host.goto(f"/a/{of_client.public_id}/result/")
    expect(host.locator("main")).to_contain_text("How the other site works.")


OUT_OF_SIGHT = """() => {
    const foot = document.querySelector(".promise").getBoundingClientRect().top, found = [];
    for (const each of document.querySelectorAll("#room h1, #room .card")) {
        const box = each.getBoundingClientRect();
        if (box.top < 0 || box.bottom > foot) found.push(each.textContent.trim());
    }
    return found;
}"""
"""What of a question and its answers a phone shows only after somebody has scrolled."""


def test_a_phone_shows_every_answer_and_that_the_vote_is_in_at_once(
    visit: Visit, of_client: Assessment
) -> None:
    room = Shown(of_client, here=0)
    phone = alone(visit, room, (390, 844))
    hidden = {}
    for each in (*current().capabilities, *current().signals):
        show(phone, room, "open", each.id)
        phone.locator(".card input").first.check()
        expect(phone.locator("#voted-for")).to_contain_text("Your vote is in.")
        if found := phone.evaluate(OUT_OF_SIGHT):
            hidden[each.id] = found
    assert hidden == {}


def test_what_answers_mean_stays_unfolded_from_question_to_question(
    visit: Visit, of_client: Assessment
) -> None:
    room = Shown(of_client, here=0)
    phone = alone(visit, room, (390, 780))
    show(phone, room, "waiting", "dv_ci")
    expect(phone.locator(".fact").first).to_be_visible()
    show(phone, room, "open", "dv_ci")
    expect(phone.locator(".card .fact").first).to_be_hidden()
    phone.get_by_text("What each answer means").click()
    expect(phone.locator(".card .fact").first).to_be_visible()
    expect(phone.locator(".rule")).to_contain_text("When torn, take the earlier one.")
    assert flaws_of(phone) == {}
    show(phone, room, "waiting", "dv_cd")
    show(phone, room, "open", "dv_cd")
    expect(phone.locator(".card .fact").first).to_be_visible()
    phone.reload()
    expect(phone.locator(".card .fact").first).to_be_visible()
    phone.get_by_text("What each answer means").click()
    show(phone, room, "open", "dv_ci")
    expect(phone.locator(".card .fact").first).to_be_hidden()


def test_letters_twice_as_large_leave_the_foot_below_the_answers(visit: Visit, of_client: Assessment) -> None:
    room = Shown(of_client, here=0)
    phone = alone(visit, room, (360, 640))
    show(phone, room, "open", "dv_ci")
    foot = phone.locator(".promise")
    assert in_view(phone, foot), "in view with letters of the usual size"
    phone.evaluate("document.documentElement.style.fontSize = '225%'")
    assert not in_view(phone, foot), "where it would cover what is to be read"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def in_view(page: Page, part: Locator) -> bool:
    box, size = part.bounding_box(), page.viewport_size
    assert box
    assert size
    return box["y"] + box["height"] <= size["height"] + 0.5


def test_the_room_works_without_scripts(visit: Visit, console: Callable[..., Page]) -> None:
    host = console(java_script_enabled=False)
    phones = [come_in(visit, host, java_script_enabled=False) for _ in range(3)]
    host.get_by_role("button", name="Begin").click()
    state(host, "waiting")
    host.get_by_role("button", name="Open the vote").click()
    state(host, "open")
    for phone, level in zip(phones, (1, 1, 2), strict=True):
        phone.get_by_role("link", name="Look for what is new").click()
        phone.locator(f"#vote-{level}").check()
        phone.get_by_role("button", name="Vote").click()
        expect(phone.locator("#room")).to_contain_text("Your vote is in.")
    host.reload()
    host.get_by_role("button", name="Show the result").click()
    state(host, "revealed")
    expect(host.locator("#work")).to_contain_text("All within one step: votes run from 1 to 2.")
    phones[0].get_by_role("button", name="Change my vote").click()
    expect(phones[0].get_by_role("alert")).to_contain_text("Voting has ended.")
    host.locator("#agree-1").check()
    host.get_by_role("button", name="Agree on this answer").click()
    state(host, "agreed")
    host.get_by_text("No phones? Count hands").click()
    host.locator("#hands-0").fill("4")
    host.locator("#hands-1").fill("all")
    host.get_by_role("button", name="Show these counts").click()
    expect(host.get_by_role("alert")).to_contain_text("“all”")
    host.get_by_text("No phones? Count hands").click()
    host.locator("#hands-0").fill("4")
    host.locator("#hands-3").fill("2")
    host.get_by_role("button", name="Show these counts").click()
    state(host, "revealed")
    expect(host.locator("#work")).to_contain_text("Split into two camps: votes run from 0 to 3.")


def test_those_who_still_look_at_the_end_are_back_when_the_room_opens_again(
    visit: Visit, console: Callable[..., Page]
) -> None:
    host = console()
    phone = come_in(visit, host)
    stage = visit(stage_link(Workshop.objects.get()), viewport={"width": 1920, "height": 1080})
    host.get_by_text("End the workshop").click()
    expect(host.locator("#unfinished")).to_contain_text("24 of 24 questions are not agreed.")
    host.get_by_role("button", name="End it now").click()
    for screen in (phone, stage):
        moment(screen, "ended")
    stage.clock.install()
    stage.reload()
    moment(stage, "ended")
    host.get_by_role("button", name="Open the room again").click()
    expect(host.locator("#people .code")).to_be_visible()
    stage.clock.fast_forward(15_000)
    moment(stage, "before")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    moment(phone, "before")
    expect(host.locator("#people")).to_contain_text("1 here")


def test_the_second_of_two_facilitators_hears_who_was_faster(
    console: Callable[..., Page], owner: Membership
) -> None:
    ana = console()
    ben = console(MembershipFactory(workspace=owner.workspace, role="consultant", user__name="Ben Ito").user)
    line = {"deaf": False}
    ana.route("**/state/**", lambda route: route.fulfill(status=204) if line["deaf"] else route.continue_())
    ana.get_by_role("button", name="Begin").click()
    state(ana, "waiting")
    state(ben, "waiting")
    line["deaf"] = True  # she hears no news from here on
    with ana.expect_response("**/state/**"):
        pass  # and none that was under way
    ben.get_by_role("button", name="Open the vote").click()
    expect(ben.locator("p.state")).to_have_attribute("data-state", "open")
    ana.get_by_role("button", name="Open the vote").click()
    expect(ana.get_by_role("alert")).to_contain_text("Ben Ito has already opened the vote.")
    state(ana, "open")


def test_a_vote_without_reception_arrives_once_there_is_some(
    visit: Visit, console: Callable[..., Page]
) -> None:
    host = console()
    phone = come_in(visit, host, staged=True)
    host.get_by_role("button", name="Begin").click()
    state(host, "waiting")
    host.keyboard.press("o")
    moment(phone, "open")
    phone.context.set_offline(True)
    phone.locator("#vote-3").check()
    expect(phone.locator("#unsent")).to_contain_text("Your vote has not arrived yet.")
    assert not Vote.objects.exists()
    phone.context.set_offline(False)
    expect(phone.locator("#room")).to_contain_text("Your vote is in.")
    assert Vote.objects.get().value == "3"
    phone.reload()
    expect(phone.locator("#vote-3")).to_be_checked()


def test_a_phone_that_lost_its_cookie_is_led_back_in(visit: Visit, console: Callable[..., Page]) -> None:
    host = console()
    phone = come_in(visit, host)
    phone.context.clear_cookies()
    host.get_by_role("button", name="Begin").click()
    moment(phone, "gone")
    phone.get_by_role("link", name="Join again").click()
    phone.get_by_role("button", name="Join").click()
    moment(phone, "waiting")


def test_a_clock_that_is_wrong_shows_the_right_time(visit: Visit, console: Callable[..., Page]) -> None:
    host = console()
    phone = come_in(visit, host, clock=True)
    phone.clock.set_system_time("2031-01-01T00:00:00Z")
    host.get_by_role("button", name="Begin").click()
    state(host, "waiting")
    host.keyboard.press("o")
    state(host, "open")
    host.get_by_label("How long").select_option("60")
    host.get_by_role("button", name="Start").click()
    moment(phone, "open")
    expect(phone.locator(".timer b")).to_have_text(re.compile("^(1:00|0:5.)$"))
    expect(host.locator(".timer b")).to_have_text(re.compile("^(1:00|0:5.)$"))
    theirs, ours = (
        int(each.locator(".timer b").inner_text().replace("1:00", "60").removeprefix("0:"))
        for each in (phone, host)
    )
    assert abs(theirs - ours) <= 2


def test_a_locked_room_lets_in_whom_the_facilitator_lets_in(
    visit: Visit, console: Callable[..., Page]
) -> None:
    host = console()
    host.keyboard.press("l")
    expect(host.locator("#people")).to_contain_text("locked")
    phone = visit(join_link(Workshop.objects.get()), viewport={"width": 390, "height": 780})
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You are at the door")
    expect(host.locator("#people")).to_contain_text("1 waits outside.")
    host.get_by_role("button", name="Let in").click()
    moment(phone, "before")


@pytest.mark.look
@pytest.mark.long
def test_no_page_of_the_room_is_flawed_or_cut_off(visit: Visit, console: Callable[..., Page]) -> None:
    Assessment.objects.update(organisation="Verkehrsinfrastrukturfinanzierungsgesellschaft")
    host = console()
    found = {}
    for act in ("", "Begin", "Open the vote", "End the vote all the same"):
        if act == "End the vote all the same":
            host.keyboard.press("r")
            found["asked first"] = [flaws_of(host), cut_off_at(host, NARROW)]
        if act:
            host.get_by_role("button", name=act).click()
            expect(host.get_by_role("button", name=act)).to_have_count(0)
        found[act] = [flaws_of(host), cut_off_at(host, NARROW)]
    phone = come_in(visit, host)
    for path in ("/join/", join_link(Workshop.objects.get()), phone.url):
        phone.goto(path)
        found[path] = [flaws_of(phone), cut_off_at(phone, NARROW)]
    assert {path: flaws for path, flaws in found.items() if any(flaws)} == {}
