"""GET /w/…/: what a phone prints, so that thirty people answer the same question."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone
from lxml import html

from assessments.models import Assessment
from assessments.playbooks import current
from assessments.workshop import fresh_rooms, joining
from assessments.workshop.clock import set_timer
from assessments.workshop.wording import size_of_name
from tests.assessments.workshop.conftest import QUESTION, ComeIn, Facilitated

RULE = current().capability[QUESTION].choose
FACTS = [each.fact for each in current().capability[QUESTION].levels]


def page(phone: Browser, room: Facilitated) -> html.HtmlElement:
    fresh_rooms.forget(room.workshop.public_id)
    return html.fromstring(phone.get(f"/w/{room.workshop.public_id}/").content.decode())


def facts(shown: html.HtmlElement) -> list[str]:
    return [each.text_content() for each in shown.find_class("fact")]


def test_a_question_that_is_announced_says_how_to_choose_and_what_each_answer_means(
    room: Facilitated, come_in: ComeIn
) -> None:
    phone = come_in()
    room.lead_to("waiting")
    shown = page(phone, room)
    assert [each.text_content() for each in shown.find_class("rule")] == [RULE]
    assert facts(shown) == FACTS
    assert shown.find_class("meanings") == [], "it is unfolded, as there is time to read"


def test_while_it_is_voted_on_the_same_is_folded_and_belongs_to_its_answer(
    room: Facilitated, come_in: ComeIn
) -> None:
    phone = come_in()
    room.lead_to("open")
    shown = page(phone, room)
    (fold,) = shown.find_class("meanings")
    assert fold.get("open") is None
    assert fold.find_class("rule")[0].text_content() == RULE
    assert facts(shown) == FACTS
    for radio in shown.xpath("//input[@name='answer'][@aria-describedby]"):
        fact = shown.get_element_by_id(radio.get("aria-describedby"))
        assert fact.text_content() == FACTS[int(radio.get("value"))]
    assert len(shown.xpath("//input[@name='answer'][not(@aria-describedby)]")) == 1, "I don't know"


@pytest.mark.parametrize("state", ["before", "waiting", "open", "closed", "revealed", "agreed"])
def test_the_line_on_privacy_is_always_there(room: Facilitated, come_in: ComeIn, state: str) -> None:
    phone = come_in()
    room.lead_to(state)
    (line,) = page(phone, room).find_class("promise")
    assert "No name is stored. Nobody sees who chose what." in line.text_content()


def test_a_vote_is_confirmed_beside_that_line(room: Facilitated, come_in: ComeIn) -> None:
    phone = come_in()
    room.lead_to("open")
    (line,) = page(phone, room).find_class("promise")
    assert "Your vote is in." not in line.text_content()
    phone.post(f"/w/{room.workshop.public_id}/vote/", {"round": room.round.pk, "answer": "2"})
    (line,) = page(phone, room).find_class("promise")
    assert "Your vote is in. You can change it until the facilitator shows the result." in line.text_content()
    room.act("close")
    assert page(phone, room).xpath("//*[@id='voted-for']") == []


def test_too_few_votes_are_not_said_to_be_none(room: Facilitated, come_in: ComeIn) -> None:
    phone = come_in()
    room.lead_to("open")
    room.voted(["0", "1", "unknown"])
    room.act("reveal")
    said = page(phone, room).get_element_by_id("room").text_content()
    assert "3 people voted" in said
    assert "Some chose “I don’t know”. That leaves fewer than 3 votes for an answer" in said


def test_two_votes_are_too_few_whatever_they_were(room: Facilitated, come_in: ComeIn) -> None:
    phone = come_in()
    room.lead_to("open")
    room.voted(["0", "unknown"])
    room.act("reveal")
    said = page(phone, room).get_element_by_id("room").text_content()
    assert "2 people voted" in said
    assert "So few votes are never shown." in said
    assert "I don’t know”" not in said


def test_a_clock_is_shown_to_the_screen_before_the_vote_and_closes_nothing_there(
    room: Facilitated, client: Browser
) -> None:
    set_timer(workshop=room.now, by=None, seconds=300, closes=True)
    before = html.fromstring(client.get(joining.stage_link(room.now)).content.decode())
    (clock,) = before.find_class("timer")
    assert int(clock.get("data-left")) in range(295, 301)
    assert "then the vote closes" not in clock.text_content()
    assert room.now.timer_ends > timezone.now() + timedelta(seconds=290)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("", ""),
        ("Brightwater Insurance", ""),
        ("Landesversicherung", "long"),
        ("Rheinland-Westfalen", ""),
        ("Landesversicherungsanstalt Rheinland", "longer"),
    ],
)
def test_a_name_is_set_by_its_longest_word(
    room: Facilitated, link: str, client: Browser, name: str, size: str
) -> None:
    assert size_of_name(name) == size
    Assessment.objects.update(organisation=name)
    assert html.fromstring(client.get(link).content.decode()).find(".//h1").get("class") == size
