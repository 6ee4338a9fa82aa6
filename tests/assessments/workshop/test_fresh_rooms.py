"""What a process knows of a room: seldom read, one statement to see whether it is as it was, and never an older moment."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.answering import record_answer
from assessments.workshop import fresh_rooms
from assessments.workshop.clock import set_timer
from assessments.workshop.seen import Room, room_of
from assessments.workshop.voting import vote
from tests.assessments.workshop.conftest import Facilitated


def seen(room: Facilitated, version: int = 0) -> tuple[Room, int]:
    """The room as a screen gets it, and how many statements that took."""
    with CaptureQueriesContext(connection) as taken:
        found = room_of(room.workshop.public_id, version=version)
    assert found is not None
    return found, len(taken)


def test_one_statement_tells_that_nothing_is_new(room: Facilitated) -> None:
    first, _ = seen(room)
    assert seen(room) == (first, 0)
    fresh_rooms.look_again(room.workshop.public_id)
    assert seen(room) == (first, 1)


def test_votes_and_phones_are_counted_without_reading_everything(room: Facilitated) -> None:
    room.lead_to("open")
    seen(room)
    room.voted(["1", "2", "2"])
    room.phones(1, admitted=False)
    found, statements = seen(room)
    assert (found.here, found.outside, found.voted, statements) == (3, 1, 3, 1)
    room.act("reveal")
    found, _ = seen(room)
    assert found.round is not None
    assert (found.moment, found.voted, found.round.counts) == ("revealed", 3, {"1": 1, "2": 2})
    fresh_rooms.look_again(room.workshop.public_id)
    assert seen(room)[0].voted == 3


def test_an_answer_given_elsewhere_is_noticed(room: Facilitated) -> None:
    seen(room)
    record_answer(assessment=room.now.assessment, question="dv_ci", value=3)
    fresh_rooms.look_again(room.workshop.public_id)
    assert seen(room)[0].answers["dv_ci"].value == 3


def test_whoever_has_seen_a_moment_gets_no_older_one_from_another_process(room: Facilitated) -> None:
    name = room.workshop.public_id
    old, _ = seen(room)
    known = fresh_rooms._kept[name]
    room.lead_to("open")
    fresh_rooms._kept[name] = replace(known, looked=fresh_rooms.now())  # what another process has just read
    assert seen(room)[0] is old
    assert seen(room, version=room.now.version)[0].moment == "open"


def test_what_was_read_while_something_changed_is_looked_at_again(room: Facilitated) -> None:
    name = room.workshop.public_id
    began = fresh_rooms.now()
    seen(room)
    known = fresh_rooms._kept[name]
    room.lead_to("open")
    fresh_rooms.keep(name, replace(known, looked=began))  # a thread that began before and is done only now
    assert seen(room)[0].moment == "open"


def test_a_room_is_read_again_after_a_while_whatever_a_glance_says(room: Facilitated) -> None:
    name = room.workshop.public_id
    seen(room)
    long_ago = fresh_rooms.now() - fresh_rooms.WHOLE
    fresh_rooms._kept[name] = replace(fresh_rooms._kept[name], read=long_ago)
    assert seen(room)[1] > 1


def test_a_clock_that_has_run_out_closes_the_vote_though_nothing_else_is_new(room: Facilitated) -> None:
    room.lead_to("open")
    set_timer(workshop=room.now, by=room.ana.pk, seconds=60, closes=True)
    assert seen(room)[0].moment == "open"
    now = room.now
    now.timer_ends = now.opened
    now.save(update_fields=["timer_ends"])
    fresh_rooms.look_again(now.public_id)
    assert seen(room)[0].moment == "closed"


def test_a_changed_vote_takes_the_place_of_the_first(room: Facilitated) -> None:
    room.lead_to("open")
    (phone,) = room.voted(["1"])
    vote(participant=phone, round_pk=room.round.pk, value="3")
    assert list(phone.votes.values_list("value", flat=True)) == ["3"]
