"""Ways into the room: who comes in, who waits, who is refused, and what a code withstands."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.utils import timezone

from assessments.models import Assessment, Counter, Participant, Workshop
from assessments.models.workshop import CODE_LENGTH
from assessments.questions import RefusedError
from assessments.rooms import IDLE
from assessments.workshop import fresh_rooms, joining
from assessments.workshop.joining import ALL_MISSES, LETTERS, MISSES, MOST, normalised
from tests.assessments.workshop.conftest import ComeIn, Facilitated, open_a_room

PHONE = settings.PHONE_COOKIE_NAME
NETWORK, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def type_in(code: str, *, network: str = NETWORK) -> int:
    """What comes of it: 303 led in, 422 wrong, 429 too often."""
    return Browser(REMOTE_ADDR=network).post("/join/", {"code": code}).status_code


def wrong(number: int = 0) -> str:
    """A code that no room has."""
    return f"AEIO{number:02}"


def left_alone(room: Facilitated, for_: timedelta = IDLE) -> None:
    Workshop.objects.update(active=timezone.now() - for_)
    fresh_rooms.forget(room.workshop.public_id)


# --- Codes ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "K7M4QX", "k7m4qx", "K7M 4QX", "k7m 4qx", " K7M4QX ", "K7M-4QX", "k7m-4qx", "K-7-M-4-Q-X", "K 7 M 4 Q X",
        "K7M  4QX", "K7M\N{NO-BREAK SPACE}4QX", "K7M\N{EN DASH}4QX", "K7M\N{NON-BREAKING HYPHEN}4QX", "K7M.4QX",
        "K7M_4QX", "K7M/4QX", "\tK7M4QX\n", "K7M4QX.", "“K7M 4QX”", "K7M\N{SOFT HYPHEN}4QX\N{ZERO WIDTH SPACE}",
        "K7m4qX",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert normalised(typed) == "K7M4QX"


def test_other_characters_are_not_taken_for_those_of_a_code() -> None:
    assert normalised("Ｋ７Ｍ４ＱＸ") == ""
    assert normalised("К7М4QX") == "74QX", "the Cyrillic ones"
    assert len(normalised("ß" * 6)) == 12, "more than a code has"


def test_there_are_enough_codes_and_none_is_a_word() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 28
    assert not set(LETTERS) & set("01AEIOULYaeiouly") - {"Y"}
    codes = len(LETTERS) ** CODE_LENGTH
    assert codes == 481_890_304
    rooms, misses = 200, ALL_MISSES
    days = codes / rooms / misses / 60 / 24
    assert 27 < days < 29, (
        "so long somebody guesses, with all the misses that are allowed, for one vote in one of 200 rooms"
    )


def test_a_room_has_a_code_of_these(room: Facilitated) -> None:
    code = room.workshop.code
    assert code
    assert re.fullmatch(f"[{LETTERS}]{{6}}", code)
    assert joining.shown("K7M4QX") == "K7M 4QX"
    assert type_in(joining.shown(code).lower()) == 303


def test_two_rooms_never_have_one_code(room: Facilitated, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = room.workshop.code
    assert taken
    letters = iter(taken + "KKKKKK")
    monkeypatch.setattr("assessments.workshop.joining.secrets.choice", lambda _: next(letters))
    assert open_a_room().workshop.code == "KKKKKK"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the code that is on the screen"),
        (" - ", "Enter the code that is on the screen"),
        ("K7M", "“K7M” has 3 characters; a code has 6"),
        ("AEIO00", "No open room has the code AEI O00"),
    ],
)
def test_what_is_no_code_is_refused_in_words(db: None, typed: str, says: str) -> None:
    answer = Browser().post("/join/", {"code": typed})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_code_of_one_in_the_bin_leads_nowhere(room: Facilitated, link: str) -> None:
    Assessment.objects.update(binned=timezone.now())
    assert type_in(room.workshop.code or "") == 422
    assert Browser().get(link).status_code == 404
    assert Browser().get(joining.stage_link(room.workshop)).status_code == 404


# --- Guessing -------------------------------------------------------------------------------------------------------------


def test_thirty_people_behind_one_address_come_in_at_once(room: Facilitated) -> None:
    for _ in range(30):
        browser = Browser(REMOTE_ADDR=NETWORK)
        led = browser.post("/join/", {"code": room.workshop.code})
        assert led.status_code == 303
        assert browser.post(led["Location"]).status_code == 303
    assert room.workshop.participants.count() == 30


def test_after_ten_misses_right_codes_are_refused_too_and_the_link_works(
    room: Facilitated, link: str
) -> None:
    code = room.workshop.code or ""
    for number in range(MISSES):
        assert type_in(wrong(number)) == 422
        assert type_in(code) == 303
    assert type_in(wrong()) == 429
    assert type_in(code) == 429, "or guessing would go on"
    assert Browser(REMOTE_ADDR=NETWORK).get(link).status_code == 200
    assert Browser(REMOTE_ADDR=NETWORK).post(link).status_code == 303
    assert type_in(code, network=ELSEWHERE) == 303, "others are not blocked"
    page = Browser(REMOTE_ADDR=NETWORK).post("/join/", {"code": code}).content.decode()
    assert re.search("scan|QR", page)
    a_minute_later()
    assert type_in(code) == 303
    assert type_in(wrong()) == 422, "and counting begins anew"


def test_what_is_too_short_or_too_long_is_no_guess(room: Facilitated) -> None:
    for _ in range(2 * MISSES):
        assert type_in("K7M") == 422
    assert type_in(room.workshop.code or "") == 303


def test_too_many_misses_of_all_together_block_everybody_and_tell_the_operator(
    room: Facilitated, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(ALL_MISSES):
        assert type_in(wrong(number), network=f"203.0.113.{number}") == 422
    assert not told_by_the_room(caplog)
    assert type_in(wrong(), network="203.0.113.200") == 429
    (told,) = told_by_the_room(caplog)
    assert told.levelname == "WARNING"
    assert "wrong workshop codes" in told.getMessage()
    assert "203.0.113" not in told.getMessage()
    assert type_in(room.workshop.code or "", network=ELSEWHERE) == 429
    assert Browser().get(link).status_code == 200
    a_minute_later()
    assert type_in(room.workshop.code or "", network=ELSEWHERE) == 303


def told_by_the_room(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [each for each in caplog.records if each.name == "assessments.workshop"]


def a_minute_later() -> None:
    now = timezone.now()
    assert all(each.ends <= now + timedelta(minutes=1) for each in Counter.objects.all())
    Counter.objects.update(ends=now)


# --- Time -----------------------------------------------------------------------------------------------------------------


def test_twelve_hours_after_the_last_act_the_ways_in_are_shut_until_the_next_one(
    room: Facilitated, link: str, come_in: ComeIn
) -> None:
    inside, code = come_in(), room.workshop.code or ""
    left_alone(room, IDLE - timedelta(minutes=1))
    assert (type_in(code), Browser().get(link).status_code) == (303, 200)
    left_alone(room)
    assert (type_in(code), Browser().get(link).status_code, Browser().post(link).status_code) == (
        422,
        404,
        404,
    )
    assert inside.get(f"/w/{room.workshop.public_id}/").status_code == 200
    room.act("show")
    assert (type_in(code), Browser().get(link).status_code) == (303, 200)


def test_a_room_that_was_left_alone_is_opened_again_with_the_same_code(room: Facilitated, link: str) -> None:
    left_alone(room)
    version = room.now.version
    joining.open_workshop(assessment=room.workshop.assessment, by=None)
    assert (room.now.code, room.now.version) == (room.workshop.code, version + 1)
    assert Browser().get(link).status_code == 200


def test_the_code_ends_with_the_room_and_opening_it_again_makes_another(
    room: Facilitated, link: str, come_in: ComeIn
) -> None:
    inside, code = come_in(), room.workshop.code or ""
    joining.end_workshop(workshop=room.now, by=None)
    assert (type_in(code), Browser().get(link).status_code) == (422, 404)
    joining.open_workshop(assessment=room.workshop.assessment, by=None)
    assert (type_in(code), Browser().get(link).status_code) == (422, 404)
    assert type_in(room.now.code or "") == 303
    assert inside.get(joining.join_link(room.now))["Location"] == f"/w/{room.workshop.public_id}/"
    assert room.workshop.participants.count() == 1


def test_a_new_code_ends_the_old_ways_in_and_throws_nobody_out(
    room: Facilitated, link: str, come_in: ComeIn
) -> None:
    inside, code = come_in(), room.workshop.code or ""
    room.lead_to("open")
    joining.new_code(workshop=room.now, by=None)
    assert (type_in(code), Browser().get(link).status_code) == (422, 404)
    assert (type_in(room.now.code or ""), Browser().get(joining.join_link(room.now)).status_code) == (
        303,
        200,
    )
    sent = {"round": room.round.pk, "answer": "2"}
    assert inside.post(f"/w/{room.workshop.public_id}/vote/", sent).status_code == 303
    assert room.round.votes.count() == 1


def test_the_screen_shows_the_room_until_twelve_hours_after_its_end(room: Facilitated) -> None:
    stage = joining.stage_link(room.workshop)
    joining.end_workshop(workshop=room.now, by=None)
    ended = timezone.now()

    def seen(later: timedelta) -> int:
        Workshop.objects.update(ended=ended - later, active=ended - later)
        return Browser().get(stage).status_code

    assert (seen(timedelta(hours=11)), seen(timedelta(hours=13))) == (200, 404)


def test_a_screen_that_was_left_alone_is_closed_and_says_how_to_open_it_again(room: Facilitated) -> None:
    stage, long_ago = joining.stage_link(room.workshop), timezone.now() - timedelta(hours=13)
    room.lead_to("open")
    Workshop.objects.update(active=long_ago)
    answer = Browser().get(stage)
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"]) == (404, "noindex, nofollow")
    assert "no-store" in answer["Cache-Control"]
    assert "This screen is closed" in page
    assert "press <b>Open the room again</b>, then <b>Open the screen</b>" in page
    for never in (f"/stage/{'x' * 43}/", "/stage/short/", f"/stage/{'x' * 43}/result/"):
        other = Browser().get(never)
        assert (other.status_code, other.content.decode().replace(never, stage)) == (404, page)
    joining.open_workshop(assessment=room.workshop.assessment, by=room.ana.pk)
    assert Browser().get(stage).status_code == 200, "at the same address"


def test_a_screen_on_the_wall_is_told_to_load_the_page_that_says_so(room: Facilitated) -> None:
    stage = joining.stage_link(room.workshop)
    Workshop.objects.update(active=timezone.now() - timedelta(hours=13))
    answer = Browser().get(f"{stage}state/?v=1.0.0.0.light", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (404, "true", b"")


# --- The lock -------------------------------------------------------------------------------------------------------------


def test_newcomers_to_a_locked_room_wait_until_they_are_let_in(room: Facilitated, come_in: ComeIn) -> None:
    come_in()
    joining.set_lock(workshop=room.now, by=None, lock=True)
    come_in(), come_in()
    assert people(room) == (1, 2)
    joining.admit_all(workshop=room.now, by=None)
    assert (people(room), room.now.locked) == ((3, 0), True)
    come_in()
    assert people(room) == (3, 1)
    joining.set_lock(workshop=room.now, by=None, lock=False)
    come_in()
    assert people(room) == (5, 0)


def people(room: Facilitated) -> tuple[int, int]:
    """How many are in, and how many wait."""
    found = room.workshop.participants.filter(removed=False)
    return found.filter(admitted=True).count(), found.filter(admitted=False).count()


# --- Coming back ----------------------------------------------------------------------------------------------------------


def test_the_same_phone_comes_back_as_the_same_with_its_vote(
    room: Facilitated, come_in: ComeIn, link: str
) -> None:
    room.lead_to("open")
    phone = come_in()
    place = f"/w/{room.workshop.public_id}/"
    phone.post(f"{place}vote/", {"round": room.round.pk, "answer": "3"})
    for method in (phone.get, phone.post):
        assert method(link)["Location"] == place
    assert room.workshop.participants.count() == 1
    assert re.search(r'value="3"[^>]*checked|checked[^>]*value="3"', phone.get(place).content.decode())
    phone.cookies.clear()
    assert phone.get(place).status_code == 404
    assert phone.post(link).status_code == 303
    assert room.workshop.participants.count() == 2, "whoever lost it is somebody new"


def test_two_clicks_on_the_button_are_one_phone(room: Facilitated, link: str) -> None:
    browser = Browser()
    browser.get(link)
    twin = Browser()
    twin.cookies.load({name: each.value for name, each in browser.cookies.items()})
    assert browser.post(link)["Location"] == twin.post(link)["Location"]
    assert room.workshop.participants.count() == 1


def test_looking_at_the_link_brings_nobody_in(room: Facilitated, link: str) -> None:
    Browser().get(link)
    Browser().head(link)
    assert not Participant.objects.exists()


def test_the_cookie_is_for_the_server_only_and_short_of_a_week(link: str) -> None:
    browser = Browser()
    browser.post(link)
    cookie = browser.cookies[PHONE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 2 * 24 * 3600)
    assert len(cookie.value) == 43


def test_a_second_room_gives_the_cookie_two_more_days(link: str, room: Facilitated) -> None:
    browser = Browser()
    browser.post(link)
    secret = browser.cookies[PHONE].value
    browser.cookies[PHONE]["max-age"] = 60
    browser.post(joining.join_link(open_a_room().workshop))
    assert browser.cookies[PHONE].value == secret
    assert browser.cookies[PHONE]["max-age"] == 2 * 24 * 3600


def test_a_phone_that_was_taken_out_is_out_and_is_told_so(
    room: Facilitated, come_in: ComeIn, link: str
) -> None:
    phone = come_in()
    place = f"/w/{room.workshop.public_id}/"
    joining.remove(workshop=room.now, by=None, number=1)
    assert phone.get(place).status_code == 404
    assert phone.get(f"{place}state/?v=0").status_code == 286
    answer = phone.post(link)
    assert answer.status_code == 422
    assert "A facilitator has taken this phone out of the room." in answer.content.decode()
    assert people(room) == (0, 0)


def test_a_late_joiner_sees_the_question_of_now_and_none_before(room: Facilitated, come_in: ComeIn) -> None:
    room.lead_to("open")
    room.voted("0044")
    room.act("reveal")
    room.act("show", question="dv_env")
    room.act("open")
    phone = come_in()
    place = f"/w/{room.workshop.public_id}/"
    page = phone.get(place).content.decode()
    assert "dv_env" in page or f'name="round" value="{room.round.pk}"' in page
    earlier = room.workshop.rounds.get(question="dv_ci")
    assert phone.post(f"{place}vote/", {"round": earlier.pk, "answer": "1"}).status_code == 409
    assert people(room) == (5, 0)


def test_there_is_room_for_sixty(room: Facilitated, link: str) -> None:
    room.phones(MOST)
    answer = Browser().post(link)
    assert answer.status_code == 422
    assert "60 phones are in this room already" in answer.content.decode()
    joining.remove(workshop=room.now, by=None, number=7)
    assert Browser().post(link).status_code == 303
    assert room.workshop.participants.order_by("-number")[0].number == MOST + 1, "no number is given twice"


def test_roles_are_stored_only_where_they_are_asked_for(room: Facilitated, come_in: ComeIn) -> None:
    come_in(role="developer")
    joining.ask_roles(workshop=room.now, by=None, asks=True)
    come_in(role="developer")
    come_in()
    assert list(room.workshop.participants.order_by("number").values_list("role", flat=True)) == [
        "",
        "developer",
        "",
    ]
    answer = Browser().post(joining.join_link(room.now), {"role": "emperor"})
    assert answer.status_code == 422


@pytest.mark.parametrize("people", ["0", "-1", str(MOST + 1), "abc", "²", "1" * 9])
def test_no_number_of_people_that_makes_no_sense_is_expected(room: Facilitated, people: str) -> None:
    with pytest.raises(RefusedError, match=f"“{people}” votes cannot be expected: enter 1 to 60"):
        joining.expect(workshop=room.now, by=None, people=people)


def test_only_digests_of_secrets_are_stored(room: Facilitated, link: str) -> None:
    row = Workshop.objects.values().get()
    secrets = [link.split("/")[2], joining.stage_link(room.workshop).split("/")[2]]
    assert [len(each) for each in secrets] == [22, 43]
    assert not any(secret in str(row) for secret in secrets)


def test_wrong_links_look_alike(room: Facilitated, link: str) -> None:
    old = link
    joining.new_code(workshop=room.now, by=None)
    bodies = {Browser().get(each).content for each in (old, f"/j/{'x' * 22}/", "/j/short/")}
    assert len({re.sub(rb'value="[\w-]+"|/j/[^"]*', b"", each) for each in bodies}) == 1
