"""Votes: one a phone, none lost, none too late, however many arrive at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone
from django.utils.html import escape

from assessments.models import Participant, Vote, Workshop
from assessments.rooms import IDLE
from assessments.workshop import joining
from assessments.workshop.clock import set_timer
from assessments.workshop.rounds import Act, ActedError
from assessments.workshop.voting import NotOpenError, vote
from tests.assessments.workshop.conftest import OTHER, QUESTION, ComeIn, Facilitated, open_a_room

ENDED = "Voting has ended. You can take part in the next one."

type Together = Callable[..., list[object]]


@contextmanager
def at_once(people: int) -> Iterator[Together]:
    """So many people, each of whom does something at the same moment; what came of it, or what was raised."""
    start = Barrier(people)

    def do(what: Callable[[], object]) -> object:
        start.wait(timeout=30)
        try:
            return what()
        except (ActedError, NotOpenError) as refused:
            return refused

    def leave() -> None:
        start.wait(timeout=30)
        connection.close()

    with ThreadPoolExecutor(people) as crowd:
        yield lambda *what: list(crowd.map(do, what))
        for each in [crowd.submit(leave) for _ in range(people)]:
            each.result()


def cast(phone: Browser, room: Facilitated, value: str, round_pk: int | None = None) -> tuple[int, str]:
    answer = phone.post(
        f"/w/{room.workshop.public_id}/vote/", {"round": round_pk or room.round.pk, "answer": value}
    )
    return answer.status_code, answer.content.decode()


# --- One phone -----------------------------------------------------------------------------------------------------------


def test_a_vote_can_be_changed_until_it_is_closed(room: Facilitated, come_in: ComeIn) -> None:
    room.lead_to("open")
    phone = come_in()
    for value in ("0", "3", "unknown", "2"):
        assert cast(phone, room, value)[0] == 303
    assert room.round.votes.get().value == "2"
    room.act("close")
    status, page = cast(phone, room, "4")
    assert (status, ENDED in page) == (409, True)
    room.act("reopen")
    assert cast(phone, room, "1")[0] == 303
    assert room.round.votes.get().value == "1"


@pytest.mark.parametrize("state", ["closed", "revealed", "agreed"])
def test_a_vote_for_a_round_that_takes_none_is_refused_in_words(
    room: Facilitated, come_in: ComeIn, state: str
) -> None:
    room.lead_to(state)
    phone = come_in()
    status, page = cast(phone, room, "2")
    assert (status, ENDED in page) == (409, True)
    assert not Vote.objects.exists()


def test_a_vote_for_an_earlier_round_counts_in_none(room: Facilitated, come_in: ComeIn) -> None:
    room.lead_to("revealed")
    earlier = room.round.pk
    room.act("again")
    phone = come_in()
    assert cast(phone, room, "2", earlier)[0] == 409
    assert cast(phone, room, "2", earlier + 1000)[0] == 409
    assert not Vote.objects.exists()


def test_a_vote_for_a_round_of_another_room_is_refused(room: Facilitated, come_in: ComeIn) -> None:
    phone, other = come_in(), open_a_room()
    other.lead_to("open")
    assert cast(phone, room, "2", other.round.pk)[0] == 409
    assert not Vote.objects.exists()


@pytest.mark.parametrize("value", ["", "5", "-1", "na", "2 ", "<b>", "x" * 500])
def test_what_is_not_offered_is_refused_with_what_to_do(
    room: Facilitated, come_in: ComeIn, value: str
) -> None:
    room.lead_to("open")
    status, page = cast(come_in(), room, value)
    assert status == 422
    assert escape("or ‘I don’t know’") in page
    assert not Vote.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "٣"])
def test_a_round_that_is_no_number_is_none(room: Facilitated, come_in: ComeIn, number: str) -> None:
    room.lead_to("open")
    answer = come_in().post(f"/w/{room.workshop.public_id}/vote/", {"round": number, "answer": "2"})
    assert answer.status_code == 409


def test_who_is_not_in_has_no_vote(room: Facilitated, come_in: ComeIn) -> None:
    room.lead_to("open")
    assert cast(Browser(), room, "2")[0] == 404
    joining.set_lock(workshop=room.now, by=None, lock=True)
    outside = come_in()
    assert cast(outside, room, "2")[0] == 404
    assert not Vote.objects.exists()


def test_a_phone_that_is_taken_out_while_it_votes_has_no_vote(room: Facilitated) -> None:
    room.lead_to("open")
    (phone,) = room.phones(1)
    as_it_was = Participant.objects.get(pk=phone.pk)
    joining.remove(workshop=room.now, by=None, number=phone.number)
    with pytest.raises(NotOpenError):
        vote(participant=as_it_was, round_pk=room.round.pk, value="2")


def test_who_is_taken_out_takes_a_hidden_vote_along_and_leaves_a_shown_one(room: Facilitated) -> None:
    room.lead_to("open")
    first, *_ = room.voted("1234")
    room.act("reveal")
    shown = room.round
    room.act("again")
    vote(participant=first, round_pk=room.round.pk, value="4")
    joining.remove(workshop=room.now, by=None, number=first.number)
    assert room.round.votes.count() == 0
    assert (shown.votes.count(), shown.people) == (4, 4)


def test_there_is_no_vote_once_the_clock_that_closes_has_run_out(room: Facilitated) -> None:
    room.lead_to("open")
    (phone,) = room.phones(1)
    set_timer(workshop=room.now, by=None, seconds=30, closes=True)
    Workshop.objects.update(timer_ends=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotOpenError):
        vote(participant=phone, round_pk=room.round.pk, value="2")


def test_twelve_hours_after_the_last_act_there_is_no_vote_and_after_an_act_there_is(
    room: Facilitated,
) -> None:
    room.lead_to("open")
    (phone,) = room.phones(1)
    Workshop.objects.update(active=timezone.now() - IDLE)
    with pytest.raises(NotOpenError):
        vote(participant=phone, round_pk=room.round.pk, value="2")
    joining.darken(workshop=room.now, by=None, dark=True)
    vote(participant=phone, round_pk=room.round.pk, value="2")
    assert room.round.votes.count() == 1


# --- At once --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_one_phone_are_one_vote(room: Facilitated, come_in: ComeIn) -> None:
    room.lead_to("open")
    phone = come_in()
    pk = room.round.pk

    def post(value: int) -> Callable[[], object]:
        twin = Browser()
        twin.cookies = phone.cookies
        return lambda: cast(twin, room, str(value % 5), pk)[0]

    with at_once(10) as together:
        statuses = [together(*map(post, range(start, start + 10))) for start in range(0, 50, 10)]
    assert {each for some in statuses for each in some} == {303}
    assert room.round.votes.count() == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_votes_at_once_are_thirty(room: Facilitated) -> None:
    room.lead_to("open")
    pk, phones = room.round.pk, room.phones(30)

    def say(number: int) -> Callable[[], object]:
        return lambda: vote(participant=phones[number], round_pk=pk, value=str(number % 5))

    with at_once(30) as together:
        together(*map(say, range(30)))
    room.act("reveal")
    assert room.round.people == 30
    assert room.round.counts == dict.fromkeys("01234", 6)


@pytest.mark.django_db(transaction=True)
def test_a_vote_at_the_moment_of_the_reveal_is_shown_or_refused_and_never_added_later(
    room: Facilitated,
) -> None:
    room.act("show")
    phones, seen = room.phones(3), set()
    with at_once(4) as together:
        for run in range(200):
            room.act("open" if run == 0 else "again")
            say = partial(vote, round_pk=room.round.pk, value="2")
            came = together(
                *(partial(say, participant=each) for each in phones),
                partial(room.act, "reveal", step=room.now.step),
            )
            assert came[3] is None
            counted = came[:3].count(None)
            this = room.round
            assert this.people == this.votes.count() == counted, f"run {run}"
            assert sum(this.counts.values()) == (counted if counted == 3 else 0)
            seen.add(counted)
    assert len(seen) > 1, "they have to meet"


@pytest.mark.django_db(transaction=True)
def test_of_two_facilitators_at_the_same_moment_one_wins_and_the_other_hears_who(room: Facilitated) -> None:
    room.act("show")

    def race(name: Act, values: tuple[str, str]) -> str:
        step = room.now.step
        one, other = together(
            *(
                partial(room.act, name, by=who, step=step, value=value)
                for who, value in zip((room.ana, room.ben), values, strict=True)
            )
        )
        winner, refused = ("Ana", other) if one is None else ("Ben", one)
        assert isinstance(refused, ActedError)
        assert (refused.act, refused.name) == (name, winner)
        assert None in (one, other)
        assert room.now.step == step + 1
        return winner

    with at_once(2) as together:
        for run in range(100):
            room.act("open" if run == 0 else "again")
            race("reveal", ("", ""))
            winner = race("agree", ("1", "3"))
            stored = room.now.assessment.answers.get(question=QUESTION).value
            assert stored == (1 if winner == "Ana" else 3)


@pytest.mark.django_db(transaction=True)
def test_one_shows_another_question_while_the_other_opens_this_one(room: Facilitated) -> None:
    room.act("show")
    step = room.now.step
    with at_once(2) as together:
        came = together(
            lambda: room.act("open", step=step),
            lambda: room.act("show", by=room.ben, step=step, question=OTHER),
        )
    assert sum(isinstance(each, ActedError) for each in came) == 1
    assert room.workshop.rounds.count() == (came[0] is None)
