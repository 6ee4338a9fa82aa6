"""GET /stage/…/: the screen that everybody looks at, in each of its moments."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from assessments.models import Assessment
from assessments.workshop import fresh_rooms
from assessments.workshop.joining import join_link, new_stage_link, set_lock
from tests.assessments.workshop.moments import NOTE, Shown
from tests.factories import answered_like
from tests.plans import whole_reads

MOMENTS = ("before", "waiting", "open", "closed", "revealed", "agreed", "ended")
HIDDEN = ("before", "waiting", "open", "closed")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def tallis(db: None) -> Assessment:
    return answered_like("tallis-software", "Tallis Software")


@pytest.fixture
def room(tallis: Assessment) -> Shown:
    return Shown(tallis)


def screen(client: Client, room: Shown) -> html.HtmlElement:
    answer = client.get(room.path)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    return html.fromstring(answer.content.decode())


def text(page: html.HtmlElement) -> str:
    """What can be read, titles of drawings included."""
    return re.sub(r"\s+", " ", page.text_content())


def asked_again(client: Client, room: Shown, page: html.HtmlElement) -> tuple[int, str, str]:
    """Status, body and HX-Refresh of the question for news that this page asks every two seconds."""
    answer = client.get(page.get_element_by_id("room").get("hx-get"), headers=HTMX)
    return answer.status_code, answer.content.decode(), answer.get("HX-Refresh", "")


def test_whoever_comes_late_reads_that_the_room_is_locked(client: Client, room: Shown) -> None:
    room.show("waiting")
    assert "The room is locked" not in text(screen(client, room))
    page = screen(client, room)
    set_lock(workshop=room.workshop, by=None, lock=True)
    status, body, _ = asked_again(client, room, page)
    assert status == 200
    assert "The room is locked: whoever comes now waits to be let in." in body


# --- What is never on it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", MOMENTS)
def test_there_is_nothing_to_press_and_nothing_of_the_facilitators(
    client: Client, room: Shown, moment: str
) -> None:
    room.show(moment)
    page = screen(client, room)
    buttons = page.xpath("//form | //button | //input | //select | //nav | //header | //footer")
    assert buttons == []
    assert page.xpath("//a/@href") == ([f"{room.path}result/"] if moment == "ended" else [])
    assert NOTE not in text(page)
    assert not re.search(r"Phone \d", text(page))


@pytest.mark.parametrize("moment", HIDDEN)
def test_before_the_reveal_it_tells_nothing_of_any_vote(client: Client, room: Shown, moment: str) -> None:
    room.show(moment, counts=(1, 7, 3, 2, 0, 1))
    page = screen(client, room)
    assert not page.xpath(
        "//*[contains(@class, 'bar') or contains(@class, 'count') or contains(@class, 'level')]"
    )
    bodies = set()
    for counts in ((14,), (0, 0, 0, 0, 14), (1, 7, 3, 2, 0, 1)):
        room.show(moment, counts=counts)
        body = client.get(room.path).content.decode()
        bodies.add(re.sub(r"\?v=[\w.]+", "", body))
    assert len(bodies) == 1, "however they vote, it looks the same"


@pytest.mark.parametrize("moment", [each for each in MOMENTS if each != "ended"])
def test_a_workshop_that_goes_on_has_no_verdict(client: Client, room: Shown, moment: str) -> None:
    room.show(moment)
    page = screen(client, room)
    assert not re.search("gate|bottleneck|hold you back|needs", text(page), re.IGNORECASE)
    assert client.get(f"{room.path}result/").status_code == 404


# --- What is on it ------------------------------------------------------------------------------------------------------


def test_before_the_first_question_it_says_how_to_come_in(
    client: Client, room: Shown, settings: object
) -> None:
    settings.PUBLIC_URL = "https://groundwork.example"  # type: ignore[attr-defined]
    room.show("before")
    page = screen(client, room)
    said = text(page)
    assert page.findtext(".//h1") == "Tallis Software"
    for words in (
        "groundwork.example/join",
        "K7M 4QX",
        "16 people are here",
        "No name is stored.",
        "24 questions",
    ):
        assert words in said
    assert page.xpath("//img/@alt") == ["QR code with the link to join"]
    assert join_link(room.workshop) not in said, "it is in the code only"


def test_nobody_and_one_are_counted_in_words(client: Client, tallis: Assessment) -> None:
    room = Shown(tallis, here=0)
    room.show("before")
    assert "Nobody is here yet" in text(screen(client, room))
    room.show("open", counts=())
    assert "Nobody is here yet" in text(screen(client, room))
    room.workshop.participants.create(digest="one", number=1)
    room.show("before")
    assert "1 person is here" in text(screen(client, room))


def test_a_question_that_is_announced_shows_its_answers_and_no_levels(client: Client, room: Shown) -> None:
    room.show("waiting")
    page = screen(client, room)
    titles = [each.text for each in page.find_class("title")]
    assert (
        page.findtext(".//h1")
        == "If yesterday's data were wrong, how would you find out before your users do?"
    )
    assert titles[0] == "Errors turn up in the reports"
    assert titles[-1] == "I don’t know"
    assert len(titles) == 6
    assert "Voting begins in a moment." in text(page)
    assert "2nd vote" not in text(page)


def test_a_question_that_is_announced_says_how_to_choose(client: Client, room: Shown) -> None:
    room.show("waiting", timer_ends=timezone.now() + timedelta(seconds=40))
    page = screen(client, room)
    assert page.find_class("rule")[0].text_content().startswith("Choose the last line that is fully true")
    assert page.find_class("timer")[0].get("data-left") in {"39", "40"}


def test_while_it_is_open_it_shows_how_many_have_voted(client: Client, room: Shown) -> None:
    room.show("open", counts=(1, 4, 3, 1), timer_ends=timezone.now() + timedelta(seconds=40))
    page = screen(client, room)
    assert page.find_class("voted")[0].text_content() == "9 of 16 voted"
    assert page.xpath("//*[contains(@class, 'wall')]/*[name()='title']/text()") == ["9 of 16 voted"]
    clock = page.find_class("timer")[0]
    assert clock.get("data-left") in {"39", "40"}
    assert clock.text_content() == f"0:{clock.get('data-left')} left"


def test_when_it_is_closed_it_says_so_and_shows_the_same(client: Client, room: Shown) -> None:
    room.show("closed", counts=(1, 4, 3, 1), timer_ends=timezone.now() + timedelta(seconds=40))
    page = screen(client, room)
    assert "9 of 16 voted" in text(page)
    assert "Voting is closed" in text(page)
    assert page.find_class("timer") == []


def test_the_result_has_a_bar_and_a_count_for_every_answer_even_for_none(client: Client, room: Shown) -> None:
    room.show("revealed")
    page = screen(client, room)
    rows = page.find_class("answer")
    assert [each.find_class("count")[0].text for each in rows] == ["1", "7", "3", "2", "0", "1"]
    assert [each.find_class("level")[0].text for each in rows[:-1]] == ["0", "1", "2", "3", "4"]
    titles = [each.xpath(".//*[name()='title']/text()") for each in rows]
    assert titles[0] == ["Level 0 of 4", "1 vote"]
    assert titles[4] == ["Level 4 of 4", "0 votes"]
    assert titles[5] == ["1 vote"], "who does not know has no level"
    assert "special" in rows[5].get("class")
    said = text(page)
    for words in (
        "run from 0 to 3.",
        "Let a 0 and a 3 explain.",
        "14 of 16 voted",
        "1 does not know",
        "Agreed answer: not set",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 2, 0, 0, 0, 1), "All within one step: votes run from 0 to 1."),
        ((0, 3), "All chose the same answer."),
        ((0, 3, 0, 0, 0, 2), "All who could say chose the same answer."),
        ((0, 1, 1, 1), "All within one step of the middle: votes run from 1 to 3."),
    ],
)
def test_the_sentence_is_true_of_every_vote(
    client: Client, room: Shown, counts: tuple[int, ...], words: str
) -> None:
    room.show("revealed", counts=counts)
    said = text(screen(client, room))
    assert words in said
    unknown = sum(counts[5:])
    assert ("not know" in said.partition(words)[2]) == bool(unknown)


def test_a_symptom_has_no_levels(client: Client, room: Shown) -> None:
    room.show("revealed", question="sig_trust", counts=(3, 7, 3, 1))
    page = screen(client, room)
    assert page.find_class("level") == page.find_class("stack") == []
    assert [each.text for each in page.find_class("count")] == ["3", "7", "3", "1"]


@pytest.mark.parametrize("counts", [(1, 1), (2,), (1, 0, 0, 0, 1, 2)])
def test_fewer_than_three_votes_are_not_shown(client: Client, room: Shown, counts: tuple[int, ...]) -> None:
    room.show("revealed", counts=counts)
    page = screen(client, room)
    assert page.find_class("count") == page.find_class("bar") == []
    assert f"{sum(counts)} people voted" in text(page)
    assert "run from" not in text(page)
    assert "not know" not in text(page).partition("people voted")[2]


def test_a_second_vote_begins_blind_and_is_held_beside_the_first(client: Client, room: Shown) -> None:
    for moment in ("open", "closed", "revealed"):
        room.show(moment, number=2, earlier=(1, 7, 3, 2, 0, 1), counts=(0, 4, 9))
        said = text(screen(client, room))
        assert "2nd vote" in said
        assert ("The vote before: votes run from 0 to 3." in said) == (moment == "revealed")
    room.show("revealed", number=3, earlier=(1, 1), counts=(0, 4, 9))
    said = text(screen(client, room))
    assert "3rd vote" in said
    assert "The vote before" not in said, "it was too small to be shown"
    room.show("open", number=4)
    assert "Vote 4" in text(screen(client, room))


def test_raised_hands_are_called_so(client: Client, room: Shown) -> None:
    room.show("revealed")
    room.workshop.rounds.update(by_hand=True)
    fresh_rooms.forget(room.workshop.public_id)
    assert "14 hands were raised" in text(screen(client, room))


# --- Agreed ---------------------------------------------------------------------------------------------------------------


def test_the_agreed_answer_is_marked_by_a_word(client: Client, room: Shown) -> None:
    room.show("agreed", agreed=2)
    page = screen(client, room)
    marked = page.find_class("agreed")
    assert [each.find_class("title")[0].text for each in marked] == ["Automatic checks run with every load"]
    assert marked[0].find_class("mark")[0].text == "Agreed"
    assert "Agreed: Automatic checks run with every load" in text(page)
    assert "1 of 24 questions agreed" in text(page)


def test_the_house_shows_levels_only_where_the_room_has_agreed(client: Client, room: Shown) -> None:
    room.show("agreed", question="dv_ci", agreed=3)
    room.show("agreed", agreed=2)
    page = screen(client, room)
    house = page.xpath("//*[contains(@class, 'house-small')]")[0]
    assert "the room has agreed on 2 of 18 blocks" in house[0].text
    floors = [each.text_content().strip() for each in page.xpath("//*[contains(@class, 'storeys')]/li")]
    assert floors == ["MLOps 0 of 6", "DataOps 1 of 6", "DevOps 1 of 6"]
    dotted = house.xpath(".//*[@stroke-dasharray='0.1 3']")
    assert len(dotted) == 16, "though everything has an answer"
    assert not house.xpath(".//*[@stroke-dasharray='4.2 2.6']"), "nothing is planned"


@pytest.mark.parametrize(("agreed", "words"), [("unknown", "I don’t know"), ("na", "Does not apply")])
def test_not_knowing_and_not_applying_can_be_agreed_on(
    client: Client, room: Shown, agreed: str, words: str
) -> None:
    room.show("agreed", question="ml_trn", agreed=agreed)
    page = screen(client, room)
    assert [each.find_class("title")[0].text for each in page.find_class("agreed")] == [words]
    assert f"Agreed: {words}" in text(page)


def test_what_was_agreed_without_a_vote_has_no_counts(client: Client, room: Shown) -> None:
    room.show("agreed")
    room.workshop.rounds.all().delete()
    fresh_rooms.forget(room.workshop.public_id)
    page = screen(client, room)
    assert page.find_class("count") == []
    assert len(page.find_class("mark")) == 1


# --- The end --------------------------------------------------------------------------------------------------------------


def test_in_the_end_the_result_is_fetched_and_without_scripts_it_is_a_link(
    client: Client, room: Shown
) -> None:
    room.show("ended")
    page = screen(client, room)
    assert page.findtext(".//h1") == "That was it"
    assert page.get_element_by_id("room").get("hx-trigger") == "look", "it asks no more by itself"
    loaded = page.xpath("//a[@hx-trigger='load']")[0]
    assert loaded.get("hx-get") == loaded.get("href") == f"{room.path}result/"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_result_names_the_finding_and_the_first_moves_and_opens_nothing(
    client: Client, room: Shown, headers: dict[str, str]
) -> None:
    room.show("ended", dark=True)
    answer = client.get(f"{room.path}result/", headers=headers)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert ('data-theme="dark"' in body) == (not headers)
    page = html.fromstring(body)
    assert page.xpath("//h1")[0].text == "Releases are in good shape. Unchecked data pipelines hold you back."
    assert len(page.xpath("//ol[@class='first']/li")) == 3
    assert page.xpath("//a | //form | //button") == []
    assert NOTE not in body


def test_a_result_that_few_answers_carry_says_so_beside_the_finding(client: Client, room: Shown) -> None:
    room.show("ended")
    assert "Confidence is low" not in text(
        html.fromstring(client.get(f"{room.path}result/").content.decode())
    )
    devops = [each.id for each in room.playbook.capabilities_of["devops"]]
    room.assessment.answers.exclude(question__in=devops).delete()
    room.assessment.answers.update(value=0)
    page = html.fromstring(client.get(f"{room.path}result/").content.decode())
    lead = page.find_class("lede")[0].text_content()
    assert re.search("Confidence is low: only six of .* blocks are known.", lead)


def test_where_nothing_can_be_judged_the_screen_names_what_is_missing(client: Client, room: Shown) -> None:
    room.show("ended")
    room.assessment.answers.all().delete()
    page = html.fromstring(client.get(f"{room.path}result/").content.decode())
    said = text(page)
    assert "Too early to say." in said
    assert page.find_class("lede")[0].text_content().strip() == (
        "No bottleneck can be named while DevOps cannot be judged."
    )
    assert "What to do first" not in said
    assert page.findtext(".//h2") == "What is missing"
    devops = room.playbook.capabilities_of["devops"]
    assert page.xpath("//ul[@class='first']/li/text()") == [f"{each.title}." for each in devops]


def test_a_screen_that_was_open_learns_of_the_end_and_asks_no_more(client: Client, room: Shown) -> None:
    room.show("agreed")
    page = screen(client, room)
    room.show("ended")
    status, body, _ = asked_again(client, room, page)
    assert status == 286
    assert "That was it" in body


# --- News -----------------------------------------------------------------------------------------------------------------


def test_it_asks_for_news_and_hears_of_a_new_moment_once(client: Client, room: Shown) -> None:
    room.show("open", counts=(1, 1))
    page = screen(client, room)
    assert asked_again(client, room, page)[:2] == (204, "")
    room.show("revealed")
    status, body, _ = asked_again(client, room, page)
    assert status == 200
    assert re.search(r'hx-swap-oob="innerHTML:#said">The result: .* run from 0 to 3\.<', body)
    assert page.get_element_by_id("said").get("role") == "status"


def test_another_vote_is_shown_and_not_said(client: Client, room: Shown) -> None:
    room.show("open", counts=(1, 1))
    page = screen(client, room)
    phone = room.workshop.participants.last()
    room.workshop.rounds.get().votes.create(participant=phone, value="1")
    fresh_rooms.forget(room.workshop.public_id)
    status, body, _ = asked_again(client, room, page)
    assert status == 200
    assert "3 of 16 voted" in body
    assert "#said" not in body


def test_another_ground_makes_the_whole_page_anew(client: Client, room: Shown) -> None:
    room.show("open")
    page = screen(client, room)
    assert page.getroottree().getroot().get("data-theme") == "light"
    room.show("open", dark=True)
    assert asked_again(client, room, page) == (204, "", "true")
    assert screen(client, room).getroottree().getroot().get("data-theme") == "dark"


def test_without_scripts_it_loads_again_by_itself_until_the_end(client: Client, room: Shown) -> None:
    room.show("open")
    assert (
        '<noscript><meta http-equiv="refresh" content="3"></noscript>'
        in client.get(room.path).content.decode()
    )
    room.show("ended")
    assert "http-equiv" not in client.get(room.path).content.decode()


# --- Addresses --------------------------------------------------------------------------------------------------------------


def test_a_wrong_or_replaced_address_shows_nothing(client: Client, room: Shown) -> None:
    old = room.path
    room.show("ended")
    for path in (f"/stage/{'x' * 43}/", "/stage/short/"):
        for below in ("", "state/", "result/"):
            assert client.get(f"{path}{below}").status_code == 404
    assert client.post(old).status_code == 405
    room.show("open")
    new_stage_link(workshop=room.workshop, by=None)
    assert client.get(old).status_code == 404


STAGE = {
    # Whose screen it is takes one query, and what is in the room five that all screens share for half a second.
    "GET assessments:stage": 6,
    "GET assessments:stage_state": 1,
    "GET reports:stage_result": 15,
}
"""PAGE -> queries."""


@pytest.mark.parametrize("line", STAGE)
def test_a_screen_takes_just_these_queries(client: Client, room: Shown, line: str) -> None:
    path = room.path
    room.show("ended" if "result" in line else "revealed")
    if "state" in line:
        path = screen(client, room).get_element_by_id("room").get("hx-get")
    if "result" in line:
        path += "result/"
    with CaptureQueriesContext(connection) as taken:
        client.get(path)
    assert len(taken) == STAGE[line], "\n".join(each["sql"] for each in taken.captured_queries)
    assert not whole_reads(taken), line
