"""How many database statements the room takes: thirty phones ask every two seconds, so mostly none."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Workshop
from assessments.workshop import fresh_rooms, joining
from assessments.workshop.seen import room_of
from tests.assessments.workshop.conftest import OTHER, QUESTION, ComeIn, Facilitated
from tests.plans import whole_reads
from tests.statements import asked

ROOM = {
    # Session, account and membership are counted; a transaction is two. Five read what is in the room, where it has
    # changed; where it has not, one tells so, once for all that ask within half a second.
    "GET assessments:join": 0,
    "POST assessments:join": 3,
    "GET assessments:join_by_link": 1,
    "POST assessments:join_by_link": 8,
    "GET assessments:phone": 7,
    "GET assessments:phone_state | unchanged": 5,
    "GET assessments:phone_state | unchanged, read a blink ago": 0,
    "GET assessments:phone_state | unchanged, read a second ago": 1,
    "GET assessments:phone_state | changed": 7,
    "GET assessments:phone_state | changed, read a blink ago": 2,
    "POST assessments:phone_vote": 12,
    "POST assessments:phone_wish": 11,
    "GET assessments:room": 10,
    "POST assessments:room_open": 6,
    "GET assessments:room_state | unchanged, read a blink ago": 4,
    "GET assessments:room_state | changed, read a blink ago": 4,
    "GET assessments:room_phones": 10,
    "POST assessments:room_act": 19,
    "POST assessments:room_note": 15,
    "POST assessments:room_set": 14,
    "POST assessments:room_end": 15,
    "GET reports:copies": 4,
}
"""PAGE -> queries. A name of an address, with its method; behind the bar, the case. None grows with the phones."""

SENT = {
    "assessments:room_act": {"act": "reveal"},
    "assessments:room_note": {"question": QUESTION, "note": "Why?"},
    "assessments:room_set": {"set": "lock", "value": "1"},
    "assessments:phone_vote": {"answer": "2"},
    "assessments:phone_wish": {"email": "lea@example.com"},
}


@pytest.mark.parametrize("people", [3, 40])
@pytest.mark.parametrize("line", ROOM)
def test_a_page_takes_just_these_queries(
    line: str, people: int, room: Facilitated, host: Browser, come_in: ComeIn
) -> None:
    method, _, rest = line.partition(" ")
    name, _, case = rest.partition(" | ")
    room.act("show", question=OTHER)
    room.act("hands", counts={"1": "3"})
    room.act("show")
    room.act("open")
    phone = come_in()
    room.voted(["1"] * people)
    seen = room_of(room.now, anew=True)
    assert seen is not None
    browser = phone if "phone_" in name or name.endswith(":phone") else Browser() if "join" in name else host
    known = {"public_id": room.workshop.public_id if browser is phone else room.workshop.assessment.public_id}
    if "join" in name:
        known = {"secret": joining.join_secret(room.now)} if name.endswith("link") else {}
    sent = SENT.get(name, {}) | {"step": room.now.step, "round": room.round.pk, "code": room.now.code}
    tag = room.now.version if browser is phone else seen.tag
    shows = {"v": tag if case.startswith("unchanged") else "0"} if "state" in name else {}
    if "second" in case:
        read = fresh_rooms._kept[room.workshop.public_id]
        fresh_rooms.keep(room.workshop.public_id, replace(read, looked=read.looked - 1))
    elif "blink" not in case:
        fresh_rooms._kept.clear()
    cache.clear()
    address = reverse(name, kwargs=known)
    with CaptureQueriesContext(connection) as taken:
        answer = browser.get(address, shows) if method == "GET" else browser.post(address, sent)
    status = 204 if case.startswith("unchanged") else 200 if method == "GET" else 303
    assert answer.status_code == status
    statements = asked(taken)
    assert len(statements) == ROOM[line], "\n".join([line, *statements])
    assert not whole_reads(taken), line


def test_half_a_second_later_it_is_read_anew(room: Facilitated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh_rooms, "FRESH", 0.0)
    first = room_of(room.now)
    Workshop.objects.update(version=F("version") + 1)  # as another process would
    assert first is not room_of(room.now)
