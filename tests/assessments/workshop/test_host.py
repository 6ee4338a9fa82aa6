"""The console by way of its forms: two facilitators, two clicks, and words that want to be more than words."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.utils import timezone
from django.utils.html import escape
from lxml.html import fromstring
from pytest_django.fixtures import Settings

from assessments.models import Assessment, AuditEvent, Workshop
from assessments.surveys import join as answer_alone
from assessments.surveys import open_survey
from assessments.workshop import fresh_rooms, joining, rounds
from assessments.workshop.seen import room_of
from assessments.workshop.wishes import wish_for_copy
from tests.assessments.conftest import Open
from tests.assessments.workshop.conftest import OTHER, QUESTION, ComeIn, Facilitated

HTMX = {"HX-Request": "true"}


@pytest.fixture
def other_host(room: Facilitated) -> Browser:
    """Ben's browser."""
    browser = Browser()
    browser.force_login(room.ben)
    return browser


def send(
    browser: Browser, room: Facilitated, to: str = "act", headers: Any = None, **sent: Any
) -> HttpResponse:
    address = f"/a/{room.workshop.assessment.public_id}/room/{to}/"
    return browser.post(address, sent, headers=headers)


# --- Two facilitators -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [None, HTMX], ids=["plain", "htmx"])
def test_the_second_of_two_hears_who_was_faster_and_sees_where_the_room_is(
    room: Facilitated, host: Browser, other_host: Browser, headers: Any
) -> None:
    room.lead_to("open")
    step = room.now.step
    assert send(other_host, room, act="reveal", step=step).status_code == 303
    answer = send(host, room, act="reveal", step=step, headers=headers)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ben has already shown the result. This is where the room is now." in page
    assert 'data-state="revealed"' in page


def test_the_same_form_twice_is_one_act_and_no_reproach(room: Facilitated, host: Browser) -> None:
    room.lead_to("open")
    step = room.now.step
    assert [send(host, room, act="reveal", step=step).status_code for _ in range(2)] == [303, 303]
    step = room.now.step
    assert [send(host, room, act="agree", answer="3", step=step).status_code for _ in range(2)] == [303, 303]
    assert room.now.step == step + 1
    assert room.now.assessment.answers.get().revision == 1


def test_two_windows_of_one_account_that_want_different_things_are_no_double_click(
    room: Facilitated, host: Browser
) -> None:
    room.lead_to("revealed")
    step = room.now.step
    assert send(host, room, act="agree", answer="3", step=step).status_code == 303
    assert send(host, room, act="agree", answer="1", step=step).status_code == 409
    assert room.now.assessment.answers.get().value == 3
    step = room.now.step
    assert send(host, room, act="show", question=OTHER, step=step).status_code == 303
    assert send(host, room, act="show", question=QUESTION, step=step).status_code == 409
    assert room.now.question == OTHER


def test_two_who_hold_the_private_link_are_two(room: Facilitated, browser_of: Open) -> None:
    Assessment.objects.update(client=None)
    one, other = (browser_of(Assessment.objects.get()) for _ in range(2))
    room.lead_to("revealed")
    step = room.now.step
    assert send(one, room, act="agree", answer="3", step=step).status_code == 303
    answer = send(other, room, act="agree", answer="1", step=step)
    assert answer.status_code == 409
    assert "Somebody else has already agreed on an answer." in answer.content.decode()


@pytest.mark.parametrize("step", ["", "x", "-1", "99999999999", "1.0"])
def test_a_step_that_is_none_is_a_stale_one(room: Facilitated, host: Browser, step: str) -> None:
    room.lead_to("open")
    assert send(host, room, act="close", step=step).status_code == 409
    assert room.state == "open"


@pytest.mark.parametrize("sent", [{}, {"act": "vote"}, {"act": "__class__"}])
def test_an_act_that_there_is_not_is_not_found(
    room: Facilitated, host: Browser, sent: dict[str, str]
) -> None:
    assert send(host, room, **sent).status_code == 404
    assert send(host, room, "set", **sent).status_code == 404


def test_what_was_read_by_another_process_a_blink_ago_is_not_shown_after_an_act(
    room: Facilitated, host: Browser
) -> None:
    room.lead_to("open")
    room_of(room.now)
    stale = fresh_rooms.kept(room.workshop.public_id)
    assert stale is not None
    room.act("reveal")
    fresh_rooms._changed.clear()
    fresh_rooms.keep(room.workshop.public_id, stale)
    page = host.get(f"/a/{room.workshop.assessment.public_id}/room/").content.decode()
    assert 'data-state="revealed"' in page


def test_after_the_end_nothing_is_done_and_the_page_says_how_to_go_on(
    room: Facilitated, host: Browser
) -> None:
    room.lead_to("open")
    assert send(host, room, "end").status_code == 303
    assert send(host, room, "end").status_code == 303
    answer = send(host, room, act="close", step=room.now.step)
    assert answer.status_code == 422
    assert "Open it again to go on." in answer.content.decode()
    assert send(host, room, "open").status_code == 303
    assert room.now.ended is None


def test_the_trail_says_what_was_done_and_no_answer(room: Facilitated, host: Browser) -> None:
    joining.end_workshop(workshop=room.now, by=None)
    for _ in range(2):
        send(host, room, "open")
    for act, more in (
        ("show", {"question": QUESTION}),
        ("open", {}),
        ("reveal", {}),
        ("agree", {"answer": "3"}),
    ):
        send(host, room, act=act, step=room.now.step, **more)
    send(host, room, "set", set="code")
    for _ in range(2):
        send(host, room, "end")
    lines = list(
        AuditEvent.objects.filter(action__startswith="workshop.")
        .order_by("pk")
        .values_list("action", "details")
    )
    before = ["opened", "ended"]
    done = ["opened", "round_opened", "revealed", "agreed", "code_replaced", "ended"]
    assert [action for action, _ in lines] == [f"workshop.{each}" for each in before + done]
    assert all(set(details) <= {"question"} for _, details in lines)


def test_what_one_of_several_answers_alone_has_no_room(room: Facilitated, browser_of: Open) -> None:
    part = answer_alone(
        survey=open_survey(request=None, assessment=room.workshop.assessment), role="developer"
    )
    browser = browser_of(part)
    assert browser.get(f"/a/{part.public_id}/room/").status_code == 404
    assert browser.post(f"/a/{part.public_id}/room/open/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_room_at_once_open_one(room: Facilitated) -> None:
    joining.end_workshop(workshop=room.now, by=None)

    def open_again(_: int) -> int:
        try:
            return joining.open_workshop(assessment=Assessment.objects.get(), by=None).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert set(both.map(open_again, range(2))) == {room.workshop.pk}
    assert room.now.link_number == 2, "and its code does not change under the eyes of the first"


# --- Phones that cannot come in ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reached", "warned"),
    [
        (("127.0.0.1:8000", ""), True),
        (("localhost", ""), True),
        (("192.168.1.20:8000", ""), False),
        (("localhost", "http://192.168.1.20:8000"), False),
        (("groundwork.example.com", "http://localhost:8000"), True),
    ],
)
def test_a_code_that_leads_back_to_the_phone_itself_is_said_with_what_to_do(
    room: Facilitated, host: Browser, settings: Settings, reached: tuple[str, str], warned: bool
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    host_name, settings.PUBLIC_URL = reached
    console = f"/a/{room.workshop.assessment.public_id}/room/"
    opened = host.get(console, HTTP_HOST=host_name).content.decode()
    Workshop.objects.all().delete()
    before = host.get(console, HTTP_HOST=host_name).content.decode()
    assert "Open the room" in before
    for page in (opened, before):
        assert ("Phones cannot come in:" in page) is warned
        assert ("HOST=0.0.0.0" in page) is warned


# --- What is asked first, said where it is needed, and does not go stale ------------------------------------------------------


@pytest.mark.parametrize("headers", [None, HTMX], ids=["plain", "htmx"])
def test_agreeing_on_nothing_is_said_beside_the_button_in_a_facilitators_words(
    room: Facilitated, host: Browser, headers: Any
) -> None:
    room.lead_to("revealed")
    answer = send(host, room, act="agree", step=room.now.step, headers=headers)
    assert answer.status_code == 422
    page = fromstring(answer.content.decode())
    (said,) = page.xpath("//*[@role='alert']")
    assert said.text_content().strip() == "Select the answer on which the room agrees"
    assert said.getparent().xpath("./button[@value='agree']"), "the button is its neighbour"
    assert room.state == "revealed"


def test_too_few_votes_are_shown_only_after_a_second_thought(room: Facilitated, host: Browser) -> None:
    console = f"/a/{room.workshop.assessment.public_id}/room/"
    room.lead_to("open")
    room.voted("12")
    page = fromstring(host.get(console).content.decode())
    (way,) = page.xpath("//*[@id='reveal']")
    assert way.xpath("./details//button[@value='reveal']")
    assert "With fewer than 3 votes nothing is shown." in way.text_content()
    tag, step = room_of(room.now, anew=True).tag, room.now.step  # type: ignore[union-attr]
    room.voted("1")
    news = host.get(f"{console}state/?v={tag}&step={step}", headers=HTMX).content.decode()
    assert 'id="reveal" hx-swap-oob="true"' in news, "with the third vote the button is there"
    (way,) = fromstring(host.get(console).content.decode()).xpath("//*[@id='reveal']")
    assert way.xpath("./button[@value='reveal']")
    assert not way.xpath(".//details")
    tag = room_of(room.now, anew=True).tag  # type: ignore[union-attr]
    room.voted("1")
    news = host.get(f"{console}state/?v={tag}&step={step}", headers=HTMX).content.decode()
    assert 'id="voted"' in news
    assert 'id="reveal"' not in news, "whose focus is on the button keeps it"


def test_ending_says_what_it_cuts_short(room: Facilitated, host: Browser) -> None:
    console = f"/a/{room.workshop.assessment.public_id}/room/"
    room.lead_to("agreed")
    page = fromstring(host.get(console).content.decode())
    total = len(page.xpath("//*[@aria-labelledby='agenda']//li"))
    (said,) = page.xpath("//*[@id='unfinished']")
    assert f"{total - 1} of {total} questions are not agreed." in said.text_content()
    assert "A vote is under way" not in said.text_content()
    room.act("again")
    step = room.now.step
    room.voted("1")
    news = host.get(f"{console}state/?v=0&step={step}", headers=HTMX).content.decode()
    (said,) = fromstring(f"<div>{news}</div>").xpath("//*[@id='unfinished']")
    assert "A vote is under way: 1 vote that nobody has seen is deleted." in said.text_content()


def test_the_count_of_those_who_want_the_report_does_not_go_stale(room: Facilitated, host: Browser) -> None:
    console = f"/a/{room.workshop.assessment.public_id}/room/"
    joining.end_workshop(workshop=room.now, by=None)
    page = fromstring(host.get(console).content.decode())
    address = str(page.xpath("//*[@id='poll']/@hx-get")[0])
    assert host.get(address, headers=HTMX).status_code == 204
    wish_for_copy(workshop=room.now, email="ada@example.com")
    news = host.get(address, headers=HTMX).content.decode()
    assert "1 person asked for it by mail." in news
    assert 'id="wanted"' in news
    assert 'id="work"' not in news


def test_an_agreement_that_is_voted_on_again_is_called_one(room: Facilitated, host: Browser) -> None:
    console = f"/a/{room.workshop.assessment.public_id}/room/"

    def said() -> str:
        page = fromstring(host.get(console).content.decode())
        return " ".join(page.xpath("string(//p[@class='state'])").split())

    room.lead_to("agreed")
    room.act("again")
    assert "The room agreed on “Every merge is built and tested by machine”." in said()
    room.act("reveal")
    assert "on which the room agreed before, counts until it agrees anew." in said()
    room.act("agree", value="1")
    assert "counts" not in said()
    room.act("take_back")
    assert (
        "“Every merge is built and tested by machine” counts today; the room has not agreed on it." in said()
    )


def test_whoever_still_looks_at_the_end_sees_that_the_room_is_open_again(
    room: Facilitated, host: Browser, come_in: ComeIn
) -> None:
    phone = come_in()
    joining.end_workshop(workshop=room.now, by=None)
    screen = Browser()
    addresses = []
    for browser, path in (
        (phone, f"/w/{room.workshop.public_id}/"),
        (screen, joining.stage_link(room.workshop)),
    ):
        page = fromstring(browser.get(path).content.decode())
        (part,) = page.xpath("//*[@id='room']")
        assert part.get("hx-trigger") == "look", "it asks nothing by itself"
        addresses.append((browser, part.get("hx-get")))
        assert browser.get(part.get("hx-get"), headers=HTMX).status_code == 204
    joining.darken(workshop=room.now, by=None, dark=True)
    assert phone.get(addresses[0][1], headers=HTMX).status_code == 204, "an address is being typed there"
    assert send(host, room, "open").status_code == 303
    for browser, address in addresses:
        answer = browser.get(address, headers=HTMX)
        assert answer.status_code == 200 or answer["HX-Refresh"]
    again = phone.get(addresses[0][1], headers=HTMX).content.decode()
    assert 'data-moment="before"' in again
    assert "every 2s" in again


# --- Hostile words --------------------------------------------------------------------------------------------------------

WORDS = "<div hx-get=/left/ hx-trigger=load></textarea><script>alert(1)</script>\"'{{ 7 }}"


def test_words_stay_words_on_every_screen(
    room: Facilitated, host: Browser, other_host: Browser, come_in: ComeIn
) -> None:
    Assessment.objects.update(organisation=WORDS)
    workspace = room.workshop.assessment.client.workspace  # type: ignore[union-attr]
    workspace.name = WORDS
    workspace.save()
    room.ben.name = WORDS
    room.ben.save()
    host_page = f"/a/{room.workshop.assessment.public_id}/room/"
    phone, stage = come_in(), joining.stage_link(room.workshop)
    pages = [
        Browser().get(joining.join_link(room.now)),
        phone.get(f"/w/{room.workshop.public_id}/"),
        host.get(host_page),
    ]
    room.lead_to("revealed")
    rounds.note_down(workshop=room.now, question=QUESTION, note=WORDS, shown=True, seen="")
    room.act("again")
    step = room.now.step
    send(other_host, room, act="reveal", step=step)
    pages += [
        host.get(host_page),
        host.get(f"{host_page}state/?v=0"),
        send(host, room, act="reveal", step=step),
        send(host, room, act="reveal", step=step, headers=HTMX),
        send(host, room, "note", question=QUESTION, note=f"{WORDS} again"),
        send(host, room, "note", question=QUESTION, note=f"{WORDS} again", headers=HTMX),
        phone.get(f"/w/{room.workshop.public_id}/state/?v=0"),
        Browser().get(stage),
        Browser().get(f"{stage}state/?v=0"),
        Browser().post("/join/", {"code": WORDS[:40]}),
        host.get(f"{host_page}copies/"),
    ]
    for each in pages:
        page = each.content.decode()
        assert "<div hx-get=/left/" not in page
        assert "<script>alert(1)" not in page
        assert page.count("</textarea>") == page.count("<textarea")
    said = [each.content.decode() for each in pages]
    assert sum(escape(WORDS) in each for each in said) >= 6


def test_words_of_people_stand_where_htmx_reads_nothing(
    room: Facilitated, host: Browser, other_host: Browser, come_in: ComeIn
) -> None:
    Assessment.objects.update(organisation="Harrow <Pumps>")
    room.lead_to("open")
    step = room.now.step
    send(other_host, room, act="reveal", step=step)
    for page in (
        Browser().get(joining.join_link(room.now)),
        come_in().get(f"/w/{room.workshop.public_id}/"),
        host.get(f"/a/{room.workshop.assessment.public_id}/room/copies/"),
    ):
        assert re.search(r"<(h1|p)[^>]* hx-disable>\s*<bdi>Harrow &lt;Pumps&gt;", page.content.decode())
    told = send(host, room, act="reveal", step=step).content.decode()
    assert re.search(r"<div[^>]* hx-disable><p>Ben has already", told)


def test_a_room_that_was_left_alone_says_so_and_goes_on_where_it_was(
    room: Facilitated, host: Browser
) -> None:
    room.lead_to("open")
    Workshop.objects.update(active=timezone.now() - timedelta(hours=13))
    address = f"/a/{room.workshop.assessment.public_id}/room/"
    page = host.get(address).content.decode()
    assert "The room has closed by itself" in page
    assert "Nothing was done here for twelve hours" in page
    assert "The workshop is over" not in page
    assert host.post(f"{address}open/").status_code == 303
    assert "Show the result" in host.get(address).content.decode(), "the vote is open as before"
    joining.end_workshop(workshop=room.now, by=None)
    assert "The workshop is over" in host.get(address).content.decode()
