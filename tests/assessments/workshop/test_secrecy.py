"""Who voted what: nowhere before the reveal, and never by name."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client as Browser
from django.utils import timezone

from assessments.links import digest_of
from assessments.models import ApiToken, Assessment, Participant, Round, Vote, Workshop
from assessments.tallying import counted, counted_in
from assessments.workshop import forgetting, fresh_rooms, joining
from assessments.workshop.forgetting import with_old_votes
from assessments.workshop.voting import vote
from assessments.workshop.wishes import wish_for_copy
from tests.assessments.workshop.conftest import QUESTION, ComeIn, Facilitated, open_a_room
from tests.factories import ClientFactory, answered_like

CHANCE = re.compile(
    r'name="(csrfmiddlewaretoken|once)" value="[\w-]+"|"X-CSRFToken": ?"[\w-]+"|nonce="[^"]+"'
    r"|\d{4}-\d\d-\d\dT[\d:.+]+Z?|\d{1,2}:\d\d(:\d\d)?(\.\d+)?"
)
"""What differs between two sendings of one page."""

EVERYBODY = ("0", "1", "2", "3", "4", "unknown")


@pytest.fixture
def full(db: None) -> Facilitated:
    """A room on an assessment with all its answers, so that it has a report."""
    made = answered_like("tallis-software", "Tallis Software")
    made.client = ClientFactory(name="Tallis Software")
    made.save()
    return open_a_room(made)


# --- Before the reveal ---------------------------------------------------------------------------------------------------


def bodies(room: Facilitated, phone: Browser, key: str) -> Iterator[tuple[str, str]]:
    """What everybody gets from every address that knows of the room."""
    host, stage = Browser(), joining.stage_link(room.workshop)
    host.force_login(room.ana)
    whole, place = f"/a/{room.workshop.assessment.public_id}/", f"/w/{room.workshop.public_id}/"
    program = {"headers": {"Authorization": f"Bearer {key}"}}
    api = f"/api/v1/assessments/{room.workshop.assessment.public_id}"
    htmx = {"headers": {"HX-Request": "true"}}
    pages: list[tuple[Browser, str, dict[str, Any]]] = [
        *((host, f"{whole}{each}", {}) for each in (
            "", "room/", "room/state/?v=0", "room/state/?v=0&step=0", "room/phones/", "room/copies/", "data.json", "result/",
            "review/", "take/", "take/markdown", "take/json", "several/",
        )),
        *((phone, f"{place}{each}", {}) for each in ("", "state/?v=0")),
        (phone, joining.join_link(room.now), {}),
        *((Browser(), each, {}) for each in (stage, f"{stage}state/", joining.join_link(room.now), place)),
        *((Browser(), f"{api}{each}", program) for each in ("", "/answers", "/result")),
    ]  # fmt: skip
    for browser, address, more in pages:
        yield f"GET {address}", told(browser.get(address, **more))
    acts = ({"act": "again", "step": 0}, {"act": "open", "step": 0}, {"act": "agree"})
    posts: list[tuple[Browser, str, dict[str, Any], dict[str, Any]]] = [
        *((host, f"{whole}room/act/", each, more) for each in acts for more in ({}, htmx)),
        (host, f"{whole}room/set/", {"set": "expect", "value": "0"}, htmx),
        (host, f"{whole}room/note/", {"question": QUESTION, "note": "x" * 9000}, htmx),
        (phone, f"{place}vote/", {"round": room.round.pk, "answer": "9"}, htmx),
        (phone, f"{place}vote/", {"round": 0, "answer": "1"}, {}),
    ]
    for browser, address, sent, more in posts:
        yield f"POST {address} {sent} {more}", told(browser.post(address, sent, **more))


def told(answer: Any) -> str:
    fresh_rooms._kept.clear()
    kept = {name: answer[name] for name in ("Content-Length", "ETag", "HX-Trigger") if name in answer}
    return f"{answer.status_code} {kept} {CHANCE.sub('', answer.content.decode())}"


@pytest.fixture
def key(full: Facilitated) -> str:
    """With which a program reads."""
    secret = f"gw_{'k' * 43}"
    ApiToken.objects.create(
        workspace=full.workshop.assessment.client.workspace,  # type: ignore[union-attr]
        name="Tool",
        digest=digest_of(secret),
        begins="gw_k",
        scope="read",
    )
    return secret


@pytest.mark.parametrize("state", ["open", "closed"])
def test_before_the_reveal_no_address_tells_anybody_what_was_voted(
    full: Facilitated, key: str, state: str
) -> None:
    joining.ask_roles(workshop=full.now, by=None, asks=True)
    phone = Browser()
    phone.post(joining.join_link(full.now), {"role": "developer"})
    mine = full.workshop.participants.get()
    full.lead_to("open")
    vote(participant=mine, round_pk=full.round.pk, value="1")
    full.voted(["0"] * 6, role="developer")
    full.voted(["1"] * 6, role="analyst")
    if state == "closed":
        full.act("close")
    one = dict(bodies(full, phone, key))
    others = full.round.votes.exclude(participant=mine)
    for number, each in enumerate(others.order_by("-pk")):
        each.value = EVERYBODY[number % 6]
        each.save()
    other = dict(bodies(full, phone, key))
    assert {each[:3] for each in one.values()} <= {"200", "204", "303", "404", "409", "422"}
    different = [address for address in one if one[address] != other[address]]
    assert different == []
    assert any("13" in each for each in one.values()), "how many have voted is told"
    full.act("reveal")
    (shown,) = (body for address, body in bodies(full, phone, key) if address.endswith("/room/"))
    assert shown != other[f"GET /a/{full.workshop.assessment.public_id}/room/"]


def test_what_was_read_a_blink_ago_holds_no_vote(room: Facilitated) -> None:
    from assessments.workshop.seen import room_of

    room.lead_to("open")
    room.voted("0134")
    seen = room_of(room.now)
    assert seen is not None
    assert seen.round is not None
    assert (seen.voted, seen.round.counts, seen.round.roles, seen.results()) == (4, {}, {}, ())


# --- Few -----------------------------------------------------------------------------------------------------------------


def test_two_votes_are_shown_to_nobody_even_after_the_reveal(full: Facilitated, key: str) -> None:
    phone = Browser()
    phone.post(joining.join_link(full.now))
    full.lead_to("open")
    full.voted("04")
    full.act("reveal")
    assert (full.round.counts, full.round.roles, full.round.people) == ({}, {}, 2)
    one = dict(bodies(full, phone, key))
    for each, value in zip(full.round.votes.order_by("pk"), "22", strict=True):
        each.value = value
        each.save()
    other = dict(bodies(full, phone, key))
    assert [address for address in one if one[address] != other[address]] == []
    assert any("2 people voted" in each for each in one.values())


def test_a_role_by_itself_needs_five_and_two_hidden_or_none() -> None:
    def roles(**people: int) -> set[str]:
        said = [(role, "2") for role, count in people.items() for _ in range(count)]
        return set(counted([(role if role != "none" else "", value) for role, value in said])["roles"])

    assert roles(developer=5, analyst=5) == {"developer", "analyst"}
    assert roles(developer=5, analyst=2) == {"developer", ""}
    assert roles(developer=5, analyst=1) == set(), "one left over could be worked out"
    assert roles(developer=6, analyst=5, founder=1) == {"developer", ""}
    assert roles(developer=4, analyst=4) == set()
    assert roles(none=9) == set(), "nobody told a role"
    assert roles(developer=5, none=5) == {"developer", ""}
    assert roles(developer=5, none=1) == set()
    assert roles(developer=5, none=1, analyst=1) == {"developer", ""}


def test_those_who_told_no_role_are_counted_among_the_others() -> None:
    said = [("developer", "2")] * 5 + [("", "0")] * 5 + [("analyst", "4")] * 2
    assert counted(said)["roles"] == {"developer": {"2": 5}, "": {"0": 5, "4": 2}}


def test_in_a_room_that_asks_no_roles_none_are_counted(room: Facilitated) -> None:
    room.lead_to("open")
    room.voted("01234222", role="developer")
    room.act("reveal")
    assert room.round.roles == {}


# --- What is stored ------------------------------------------------------------------------------------------------------


def test_nothing_in_the_tables_says_who_somebody_is_or_when_they_voted() -> None:
    columns = {
        model.__name__: {each.attname for each in model._meta.concrete_fields}
        for model in (Participant, Vote)
    }
    assert columns == {
        "Participant": {"id", "workshop_id", "digest", "number", "role", "admitted", "removed"},
        "Vote": {"id", "round_id", "participant_id", "value"},
    }
    assert {each.attname for each in Round._meta.concrete_fields} == {
        "id", "workshop_id", "question", "number", "state", "by_hand", "people", "counts", "roles",
    }  # fmt: skip


def test_one_phone_has_another_digest_in_every_room(room: Facilitated, link: str) -> None:
    browser = Browser()
    browser.post(link)
    browser.post(joining.join_link(open_a_room().workshop))
    secret = browser.cookies[settings.PHONE_COOKIE_NAME].value
    digests = list(Participant.objects.values_list("digest", flat=True))
    assert len(set(digests)) == 2
    assert all(len(each) == 64 and secret not in each for each in digests)


def test_the_log_of_a_whole_workshop_names_no_phone_and_no_secret(
    full: Facilitated, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    from advisor.logs import MaskPrivateLinks

    caplog.handler.addFilter(MaskPrivateLinks())
    with caplog.at_level(logging.DEBUG):
        phone = Browser()
        phone.post(joining.join_link(full.now))
        full.lead_to("open")
        dict(bodies(full, phone, key))
        phone.post(f"/w/{full.workshop.public_id}/vote/", {"round": full.round.pk, "answer": "3"})
        full.act("reveal")
        joining.end_workshop(workshop=full.now, by=full.ana.pk)
        old = joining.join_link(full.workshop), joining.stage_link(full.workshop)
        assert Browser().get(old[0]).status_code == 404
        assert Browser().get(f"{old[1][:-2]}/").status_code == 404
    logged = [each for each in caplog.records if not each.name.startswith(("django.db", "asyncio"))]
    said = "\n".join(f"{each.getMessage()} {each.exc_text or ''}" for each in logged)
    assert "/j/..." in said
    assert "/stage/..." in said
    secret = phone.cookies[settings.PHONE_COOKIE_NAME].value
    for hidden in (
        secret,
        full.workshop.participants.get().digest,
        *(each.split("/")[2][:-2] for each in old),
    ):
        assert hidden not in said


# --- Forgetting ----------------------------------------------------------------------------------------------------------


def run(now: Any, *options: str) -> str:
    said = StringIO()
    call_command("delete_expired", *options, now=now, stdout=said)
    return said.getvalue()


def test_thirty_days_after_the_end_single_votes_go_and_what_came_of_them_stays(full: Facilitated) -> None:
    phone = Browser()
    phone.post(joining.join_link(full.now))
    wish_for_copy(workshop=full.now, email="lea@example.com")
    full.lead_to("open")
    full.voted("00444")
    full.act("reveal")
    full.act("agree", value="3")
    joining.end_workshop(workshop=full.now, by=None)
    ended = full.now.ended
    assert ended is not None
    host = Browser()
    host.force_login(full.ana)
    before = counted_in(full.now.assessment)
    report = host.get(f"/a/{full.workshop.assessment.public_id}/result/").content.decode()
    run(ended + timedelta(days=29, hours=23))
    assert (Vote.objects.count(), Participant.objects.count()) == (5, 6)
    due = ended + timedelta(days=30)
    assert "votes of workshops 1." in run(due, "--dry-run")
    assert Vote.objects.count() == 5
    assert "votes of workshops 1." in run(due)
    assert not Vote.objects.exists()
    assert not Participant.objects.exists()
    assert not full.workshop.wishes.exists()
    assert full.now.votes_deleted == due
    assert counted_in(full.now.assessment) == before
    assert full.now.assessment.answers.get(question=QUESTION).value == 3
    assert full.state == "agreed"
    again = host.get(f"/a/{full.workshop.assessment.public_id}/result/").content.decode()
    assert CHANCE.sub("", again) == CHANCE.sub("", report)
    assert phone.get(f"/w/{full.workshop.public_id}/").status_code == 404
    assert "votes of workshops 0." in run(due + timedelta(days=1))


def test_a_room_that_nobody_ended_counts_as_over_twelve_hours_after_the_last_act(room: Facilitated) -> None:
    room.lead_to("open")
    room.voted("00444")
    last = room.now.active
    run(last + timedelta(days=30, hours=11))
    assert Vote.objects.count() == 5
    run(last + timedelta(days=30, hours=12))
    assert not Vote.objects.exists()
    now = room.now
    assert (now.ended, now.code, room.state) == (last + timedelta(hours=12), None, "waiting")


def test_what_is_voted_after_it_was_opened_again_is_deleted_too(room: Facilitated) -> None:
    room.lead_to("open")
    room.voted("00444")
    run(room.now.active + timedelta(days=31))
    joining.open_workshop(assessment=room.workshop.assessment, by=None)
    assert Browser().post(joining.join_link(room.now)).status_code == 303
    room.act("open")
    room.voted("123")
    run(timezone.now() + timedelta(days=31))
    assert not Vote.objects.exists()


def test_half_a_day_after_the_end_no_cookie_leads_to_a_vote(room: Facilitated, come_in: ComeIn) -> None:
    browser = come_in()
    room.lead_to("open")
    room.voted("00444")
    room.act("reveal")
    joining.end_workshop(workshop=room.now, by=None)
    run(timezone.now() + timedelta(hours=11))
    assert browser.get(f"/w/{room.now.public_id}/").status_code == 200
    run(timezone.now() + timedelta(hours=13))
    assert browser.get(f"/w/{room.now.public_id}/").status_code == 404
    assert Vote.objects.count() == 5, "counts can be looked up as long as votes are kept"


def test_one_that_is_opened_again_at_that_moment_keeps_its_votes(room: Facilitated) -> None:
    room.lead_to("open")
    room.voted("00444")
    later = room.now.active + timedelta(days=31)
    (due,) = with_old_votes(later)
    Workshop.objects.update(active=later)
    assert not forgetting._delete_votes_of(due.pk, later)
    assert Vote.objects.count() == 5


def test_with_the_assessment_everything_of_the_room_goes(room: Facilitated) -> None:
    room.lead_to("open")
    room.voted("00444")
    Assessment.objects.all().delete()
    assert not any(each.objects.exists() for each in (Workshop, Participant, Round, Vote))
