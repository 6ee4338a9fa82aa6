"""The state machine of the room: what is possible when, what comes of it, and that nothing else ever happens."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from assessments.accounts.models import User
from assessments.answering import AnswerError, keep_draft, record_answer
from assessments.models import (
    Agreement,
    Answer,
    AnswerChange,
    Assessment,
    AuditEvent,
    Participant,
    Round,
    Vote,
    Workshop,
)
from assessments.questions import RefusedError
from assessments.rooms import IDLE, is_open
from assessments.workshop import joining, rounds
from assessments.workshop.acts import acted_words
from assessments.workshop.clock import (
    LONGEST,
    MORE,
    close_if_time_is_up,
    prolong_timer,
    set_timer,
    stop_timer,
)
from assessments.workshop.rounds import MOVES, Act, ActedError, EndedError
from assessments.workshop.voting import NotOpenError, vote
from tests.assessments.workshop.conftest import OTHER, QUESTION, READY, Facilitated, open_a_room
from tests.factories import PhoneFactory

COMES_OF: dict[tuple[str, Act], str] = {
    ("before", "show"): "waiting",
    ("waiting", "open"): "open",
    ("waiting", "show"): "waiting",
    ("waiting", "hands"): "revealed",
    ("waiting", "agree"): "agreed",
    ("open", "close"): "closed",
    ("open", "reveal"): "revealed",
    ("open", "drop"): "waiting",
    ("closed", "reopen"): "open",
    ("closed", "reveal"): "revealed",
    ("closed", "drop"): "waiting",
    ("revealed", "again"): "open",
    ("revealed", "show"): "waiting",
    ("revealed", "hands"): "revealed",
    ("revealed", "agree"): "agreed",
    ("agreed", "again"): "open",
    ("agreed", "show"): "waiting",
    ("agreed", "hands"): "revealed",
    ("agreed", "agree"): "agreed",
    ("agreed", "take_back"): "revealed",
}
"""From each state by each act, to the state of what is then on the screen. "show" goes to a question nobody has seen."""

NOT_APPLICABLE = "ml_trn"
"""A question that need not apply."""


def everything() -> dict[str, list[dict[str, Any]]]:
    """All that the room can change."""
    tables = (Workshop, Participant, Round, Vote, Agreement, Assessment, Answer, AnswerChange, AuditEvent)
    return {each.__name__: list(each.objects.order_by("pk").values()) for each in tables}


# --- One act -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("state", READY)
def test_an_act_leads_to_one_state_or_is_refused_and_leaves_all_as_it_was(
    room: Facilitated, state: str, name: Act
) -> None:
    room.lead_to(state)
    before, step, version = everything(), room.now.step, room.now.version
    if (state, name) not in COMES_OF:
        with pytest.raises(ActedError), transaction.atomic():
            room.act(name, question=OTHER)
        assert everything() == before
        return
    room.act(name, question=OTHER)
    assert room.state == COMES_OF[state, name]
    assert (room.now.step, room.now.version) == (step + 1, version + 1)
    assert (room.now.last_act, room.now.last_by) == (name, room.ana)


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("state", READY)
def test_whoever_saw_an_earlier_step_hears_who_did_what(room: Facilitated, state: str, name: Act) -> None:
    room.lead_to(state)
    room.act("show" if state not in ("open", "closed") else "drop", by=room.ben)
    last, before = room.now.last_act, everything()
    with pytest.raises(ActedError) as refused, transaction.atomic():
        room.act(name, step=room.now.step - 1)
    assert (refused.value.act, refused.value.by, refused.value.name) == (last, room.ben.pk, "Ben")
    assert "Ben has already" in acted_words(refused.value)
    assert everything() == before


@pytest.mark.parametrize("name", MOVES)
def test_nothing_is_done_in_a_room_that_is_over(room: Facilitated, name: Act) -> None:
    room.lead_to("revealed")
    joining.end_workshop(workshop=room.now, by=room.ben.pk)
    before = everything()
    with pytest.raises(EndedError), transaction.atomic():
        room.act(name)
    assert everything() == before


BESIDE: dict[str, Callable[[Facilitated], object]] = {
    "lock": lambda room: joining.set_lock(workshop=room.now, by=room.ben.pk, lock=True),
    "code": lambda room: joining.new_code(workshop=room.now, by=room.ben.pk),
    "stage": lambda room: joining.new_stage_link(workshop=room.now, by=room.ben.pk),
    "expect": lambda room: joining.expect(workshop=room.now, by=room.ben.pk, people="3"),
    "roles": lambda room: joining.ask_roles(workshop=room.now, by=room.ben.pk, asks=True),
    "dark": lambda room: joining.darken(workshop=room.now, by=room.ben.pk, dark=True),
    "timer": lambda room: set_timer(workshop=room.now, by=room.ben.pk, seconds=60, closes=True),
    "longer": lambda room: prolong_timer(workshop=room.now, by=room.ben.pk),
    "timer off": lambda room: stop_timer(workshop=room.now, by=room.ben.pk),
}


@pytest.mark.parametrize("what", BESIDE)
def test_what_is_set_beside_the_questions_stands_in_nobodys_way(room: Facilitated, what: str) -> None:
    room.lead_to("open")
    version = room.now.version
    step = room.now.step
    BESIDE[what](room)
    assert room.now.version == version + 1
    room.act("close", step=step)
    BESIDE[what](room)
    with pytest.raises(ActedError) as refused:
        room.act("close", by=room.ben, step=step)
    assert (refused.value.act, refused.value.name) == ("close", "Ana"), "and not who did the other thing"


def test_a_question_about_the_organisation_is_not_for_the_room(room: Facilitated) -> None:
    for name in ("size", "no_such_question", ""):
        with pytest.raises(RefusedError, match="not for the room"):
            room.act("show", question=name)
    assert room.now.step == 0


def test_an_open_vote_keeps_the_room_where_it_is(room: Facilitated) -> None:
    room.lead_to("open")
    with pytest.raises(ActedError):
        room.act("show", question=OTHER)
    room.act("drop")
    room.act("show", question=OTHER)
    room.act("open")
    assert room.state == "open"
    assert not room.workshop.rounds.filter(question=QUESTION).exists()


def test_voting_again_begins_without_votes_and_dropping_it_leaves_what_was_agreed(room: Facilitated) -> None:
    room.lead_to("open")
    room.voted("223")
    room.act("reveal")
    room.act("agree", value="3")
    first = room.round
    room.act("again")
    assert (room.round.number, room.round.votes.count(), room.state) == (2, 0, "open")
    room.act("drop")
    assert (room.round, room.state) == (first, "agreed")
    room.act("again")
    room.act("reveal")
    assert room.state == "revealed", "a new result wants a new agreement"
    assert room.now.assessment.answers.get(question=QUESTION).value == 3


# --- Hands ----------------------------------------------------------------------------------------------------------------


def test_raised_hands_are_a_round_of_their_own(room: Facilitated) -> None:
    room.act("show")
    room.act("hands", counts={"0": "", "1": " 2 ", "3": "4", "unknown": "1"})
    this = room.round
    assert (this.people, this.by_hand, this.state) == (7, True, "revealed")
    assert {value: count for value, count in this.counts.items() if count} == {"1": 2, "3": 4, "unknown": 1}
    assert (this.roles, this.votes.count()) == ({}, 0)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({}, "at least one answer"),
        ({"1": "0"}, "at least one answer"),
        ({"9": "4"}, "at least one answer"),
        ({"1": "-1"}, "is no number of hands"),
        ({"1": "1.5"}, "is no number of hands"),
        ({"1": "٣"}, "is no number of hands"),
        ({"1": "1000"}, "is no number of hands"),
        ({"1": "150", "2": "51"}, "201 hands"),
    ],
)
def test_what_is_no_number_of_hands_is_refused(room: Facilitated, counts: dict[str, str], says: str) -> None:
    room.act("show")
    before = everything()
    with pytest.raises(RefusedError, match=says), transaction.atomic():
        room.act("hands", counts=counts)
    assert everything() == before


# --- Agreeing, and taking it back ----------------------------------------------------------------------------------------


def test_taking_it_back_leaves_no_answer_where_there_was_none(room: Facilitated) -> None:
    room.lead_to("agreed")
    assert room.now.assessment.answers.get().value == 2
    room.act("take_back")
    assert not room.now.assessment.answers.exists()


def test_taking_it_back_restores_the_answer_before_with_its_note(room: Facilitated) -> None:
    record_answer(assessment=room.workshop.assessment, question=QUESTION, value=4, note="As of May.")
    room.lead_to("agreed")
    stored = room.now.assessment.answers.get()
    assert (stored.value, stored.note) == (2, "As of May.")
    room.act("agree", value="unknown")
    room.act("take_back")
    stored.refresh_from_db()
    assert (stored.value, stored.note) == (4, "As of May."), "what counted before the first agreement"


def test_taking_it_back_restores_that_it_does_not_apply_and_why(room: Facilitated) -> None:
    reason = "We train nothing."
    record_answer(assessment=room.workshop.assessment, question=NOT_APPLICABLE, value="na", na_reason=reason)
    room.act("show", question=NOT_APPLICABLE)
    room.act("agree", value="1")
    assert room.now.assessment.answers.get().na_reason == ""
    room.act("take_back")
    stored = room.now.assessment.answers.get()
    assert (stored.value, stored.na_reason) == ("na", reason)


def test_a_note_outlives_the_agreement_where_there_was_no_answer(room: Facilitated) -> None:
    room.lead_to("agreed")
    record_answer(assessment=room.workshop.assessment, question=QUESTION, value=2, note="Ask Lea.")
    room.act("take_back")
    stored = room.now.assessment.answers.get()
    assert stored.value is None
    assert stored.draft["note"] == "Ask Lea."
    room.act("agree", value="3")
    stored.refresh_from_db()
    assert (stored.value, stored.note, stored.draft) == (3, "Ask Lea.", None)


def test_agreeing_keeps_the_note_that_somebody_has_begun(room: Facilitated) -> None:
    begun = {"chosen": [], "number": "", "na_reason": "", "note": "Half a thought"}
    keep_draft(assessment=room.workshop.assessment, question=QUESTION, draft=begun)
    room.lead_to("agreed")
    assert room.now.assessment.answers.get().note == "Half a thought"


@pytest.mark.parametrize("value", ["5", "", "-1", "na", "two"])
def test_what_the_question_does_not_offer_cannot_be_agreed_on(room: Facilitated, value: str) -> None:
    room.lead_to("revealed")
    before = everything()
    with pytest.raises(AnswerError), transaction.atomic():
        room.act("agree", value=value)
    assert everything() == before


def test_that_it_does_not_apply_needs_a_reason(room: Facilitated) -> None:
    room.act("show", question=NOT_APPLICABLE)
    with pytest.raises(AnswerError), transaction.atomic():
        room.act("agree", value="na")
    room.act("agree", value="na", na_reason="We train nothing.")
    assert room.now.assessment.answers.get().na_reason == "We train nothing."


def test_a_note_that_somebody_else_has_changed_is_not_overwritten(room: Facilitated) -> None:
    def note(words: str, seen: str) -> None:
        rounds.note_down(workshop=room.now, question=QUESTION, note=words, shown=True, seen=seen)

    version = room.now.version
    note("A", seen="")
    with pytest.raises(rounds.NotedError):
        note("B", seen="")
    note("A", seen="")  # the same words again
    note("B", seen="A")
    note("", seen="B")
    made = room.workshop.agreements.get()
    assert (made.note, made.note_shown, made.agreed) == ("", False, None)
    assert room.now.version == version, "what is being typed stirs no screen"


def test_an_answer_that_was_changed_elsewhere_is_not_taken_back(room: Facilitated) -> None:
    room.lead_to("agreed")
    record_answer(assessment=room.now.assessment, question=QUESTION, value=4)
    with pytest.raises(RefusedError, match="changed elsewhere"), transaction.atomic():
        room.act("take_back")
    assert (room.state, room.now.assessment.answers.get().value) == ("agreed", 4)


# --- The clock -----------------------------------------------------------------------------------------------------------


def test_the_clock_closes_the_vote_only_where_it_was_told_to(room: Facilitated) -> None:
    room.lead_to("open")
    for closes, state in ((False, "open"), (True, "closed")):
        set_timer(workshop=room.now, by=room.ana.pk, seconds=30, closes=closes)
        run_out(room)
        close_if_time_is_up(room.now)
        assert room.state == state
    assert room.now.last_act == "timer_over"
    assert room.now.last_by is None


def test_two_screens_that_see_the_end_of_the_clock_close_once(room: Facilitated) -> None:
    room.lead_to("open")
    set_timer(workshop=room.now, by=room.ana.pk, seconds=30, closes=True)
    run_out(room)
    late = room.now
    assert close_if_time_is_up(room.now)
    room.act("reveal", by=room.ben)
    before = everything()
    assert close_if_time_is_up(late), "it has to look anew"
    assert everything() == before
    assert room.now.last_by == room.ben


def test_the_clock_of_a_room_that_was_ended_meanwhile_hurts_nobody(room: Facilitated) -> None:
    room.lead_to("open")
    set_timer(workshop=room.now, by=room.ana.pk, seconds=30, closes=True)
    run_out(room)
    late = room.now
    joining.end_workshop(workshop=room.now, by=room.ana.pk)
    before = everything()
    close_if_time_is_up(late)
    assert everything() == before


def test_the_clock_does_not_open_a_room_again_in_which_nothing_was_done_for_long(room: Facilitated) -> None:
    room.lead_to("open")
    set_timer(workshop=room.now, by=room.ana.pk, seconds=30, closes=True)
    run_out(room)
    Workshop.objects.update(active=timezone.now() - IDLE)
    close_if_time_is_up(room.now)
    assert room.state == "closed"
    assert not is_open(room.now)


@pytest.mark.parametrize("seconds", [14, 1801, -1, 0])
def test_a_clock_of_no_sensible_length_is_refused(room: Facilitated, seconds: int) -> None:
    with pytest.raises(RefusedError, match="choose 15 to 1800"):
        set_timer(workshop=room.now, by=room.ana.pk, seconds=seconds, closes=False)


def test_a_clock_is_prolonged_from_what_is_left_or_begins_anew(room: Facilitated) -> None:
    prolong_timer(workshop=room.now, by=room.ana.pk)
    assert room.now.timer_seconds == MORE
    set_timer(workshop=room.now, by=room.ana.pk, seconds=60, closes=False)
    ends = room.now.timer_ends
    prolong_timer(workshop=room.now, by=room.ana.pk)
    assert ends is not None
    assert room.now.timer_ends == ends + timedelta(seconds=MORE)
    assert room.now.timer_seconds == 60 + MORE
    run_out(room)
    prolong_timer(workshop=room.now, by=room.ana.pk)
    assert room.now.timer_seconds == MORE
    set_timer(workshop=room.now, by=room.ana.pk, seconds=LONGEST, closes=False)
    prolong_timer(workshop=room.now, by=room.ana.pk)
    assert room.now.timer_seconds == LONGEST, "there is an end to it"


def run_out(room: Facilitated) -> None:
    Workshop.objects.filter(pk=room.workshop.pk).update(timer_ends=timezone.now() - timedelta(seconds=1))


# --- Any order -----------------------------------------------------------------------------------------------------------

QUESTIONS = (QUESTION, OTHER, NOT_APPLICABLE)
ANSWERS = ("0", "1", "2", "3", "4", "unknown")

type Held = tuple[object, str, str] | None
"""Value, reason and note of an answer in force."""


class AnyOrder(RuleBasedStateMachine):
    """Two facilitators and some phones, who do what they like; and what has to be true after each step."""

    @initialize()
    def open_the_room(self) -> None:
        self.room = open_a_room()
        assessment = self.room.workshop.assessment
        record_answer(assessment=assessment, question=OTHER, value=1, note="As of May.")
        record_answer(assessment=assessment, question=NOT_APPLICABLE, value="na", na_reason="None yet.")
        self.held: dict[str, Held] = {
            QUESTION: None,
            OTHER: (1, "", "As of May."),
            NOT_APPLICABLE: ("na", "None yet.", ""),
        }
        self.before: dict[str, Held] = {}
        self.states = dict.fromkeys(QUESTIONS, "waiting")
        self.under: dict[str, str] = {}
        """What a question was before its open round, to which it goes back where that is dropped."""
        self.on, self.over = "", False
        self.step, self.version = 0, 1
        self.last: tuple[str, User | None] = "opened", self.room.ana
        self.shown: dict[int, dict[str, Any]] = {}
        self.taking: set[int] = set()
        """Rounds that were open at a time."""
        self.phones: list[Participant] = self.room.phones(7)

    def who(self) -> User:
        return self.random.choice((self.room.ana, self.room.ben))

    def phone(self) -> Participant:
        return self.random.choice(self.phones)

    @property
    def state(self) -> str:
        return self.states[self.on] if self.on else "before"

    # What people do

    @rule(seed=some.integers(0, 10**9))
    def a_while(self, seed: int) -> None:
        """Some moves, as likely as in a workshop: many votes where one is open, and seldom an end."""
        self.random = Random(seed)
        for _ in range(15):
            moves = {
                self.act: 6,
                self.act_too_late_or_out_of_turn: 1,
                self.vote: 16 * (self.state == "open"),
                self.vote_in_vain: 1,
                self.come_in: 2,
                self.take_out: 1,
                self.set: 1,
                self.time_runs_out: 1,
                self.end_or_open_again: 5 if self.over else 0.1,
            }
            self.random.choices(list(moves), list(moves.values()))[0]()
            self.all_is_as_it_should_be()

    def act(self) -> None:
        possible = [name for state, name in COMES_OF if state == self.state]
        self.do(self.random.choice(possible), self.step)

    def act_too_late_or_out_of_turn(self) -> None:
        self.do(self.random.choice(list(MOVES)), self.step - self.random.randrange(2))

    def do(self, name: Act, step: int) -> None:
        who, question, value = self.who(), self.random.choice(QUESTIONS), self.random.choice(ANSWERS)
        allowed = not self.over and step == self.step and (self.state, name) in COMES_OF
        before = None if allowed else everything()
        try:
            with transaction.atomic():
                self.room.act(name, by=who, step=step, question=question, value=value)
        except EndedError:
            assert self.over
        except ActedError as acted:
            assert not allowed
            told = acted.act, acted.by, acted.name
            assert told == (self.last[0], self.last[1] and self.last[1].pk, str(self.last[1] or ""))
        else:
            assert allowed
            self.moved(name, question, value)
            self.last = name, who
        assert before is None or everything() == before

    def moved(self, name: Act, question: str, value: str) -> None:
        self.step += 1
        self.version += 1
        was = self.state
        match name:
            case "show":
                self.on = question
                return
            case "open" | "again":
                self.under[self.on] = was
                self.taking.add(self.room.round.pk)
            case "agree":
                if was != "agreed":
                    self.before[self.on] = self.held[self.on]
                note = (self.held[self.on] or (None, "", ""))[2]
                self.held[self.on] = (int(value) if value.isdigit() else value), "", note
            case "take_back":
                self.held[self.on] = self.before.pop(self.on)
        now = self.under[self.on] if name == "drop" else COMES_OF[was, name]
        if name == "take_back" and not self.room.workshop.rounds.filter(question=self.on).exists():
            now = "waiting"
        self.states[self.on] = now

    def vote(self) -> None:
        one, value = self.phone(), self.random.choice([*ANSWERS, "na"])
        this, inside = self.room.round, self.inside(one)
        takes = inside and not self.over
        try:
            with transaction.atomic():
                vote(participant=one, round_pk=this.pk, value=value)
        except NotOpenError:
            assert not takes
        except RefusedError:
            assert (takes, value) == (True, "na")
        else:
            assert takes
            assert Vote.objects.get(round=this, participant=one).value == value

    def vote_in_vain(self) -> None:
        for this in self.room.workshop.rounds.all():
            if this.state != "open" or self.over:
                with pytest.raises(NotOpenError), transaction.atomic():
                    vote(participant=self.phone(), round_pk=this.pk, value="1")

    def inside(self, one: Participant) -> bool:
        one.refresh_from_db()
        return one.admitted and not one.removed

    def come_in(self) -> None:
        role, waits = self.random.choice(("developer", "analyst", "")), self.random.random() < 0.2
        self.phones.append(PhoneFactory(workshop=self.room.workshop, role=role, admitted=not waits))

    def take_out(self) -> None:
        one = self.phone()
        if self.over or sum(map(self.inside, self.phones)) < 5:
            return
        joining.remove(workshop=self.room.now, by=self.who().pk, number=one.number)
        self.version += 1

    def set(self) -> None:
        yes = self.random.random() < 0.5
        known: dict[str, Any] = {"workshop": self.room.now, "by": self.who().pk}
        done: list[Callable[[], object]] = [
            lambda: joining.set_lock(**known, lock=yes),
            lambda: joining.admit_all(**known),
            lambda: joining.new_code(**known),
            lambda: joining.ask_roles(**known, asks=yes),
            lambda: set_timer(**known, seconds=60, closes=yes),
            lambda: prolong_timer(**known),
            lambda: stop_timer(**known),
        ]
        try:
            with transaction.atomic():
                self.random.choice(done)()
        except EndedError:
            assert self.over
        else:
            assert not self.over
            self.version += 1

    def time_runs_out(self) -> None:
        Workshop.objects.filter(pk=self.room.workshop.pk, timer_ends__isnull=False).update(
            timer_ends=timezone.now() - timedelta(seconds=1)
        )
        before = self.room.now
        up = before.timer_closes and before.timer_ends is not None
        assert close_if_time_is_up(before) == up
        self.version += up
        if up and self.state == "open":
            self.states[self.on] = "closed"
            self.step += 1
            self.last = "timer_over", None

    def end_or_open_again(self) -> None:
        who, known = self.who(), self.room.now
        if not self.over:
            joining.end_workshop(workshop=known, by=who.pk)
            if self.state in ("open", "closed"):
                self.states[self.on] = self.under[self.on]
        else:
            joining.open_workshop(assessment=known.assessment, by=who.pk)
        self.last = "opened" if self.over else "ended", who
        self.over = not self.over
        self.step += 1
        self.version += 1

    # What is always true

    def all_is_as_it_should_be(self) -> None:
        now, found = self.room.now, list(self.room.workshop.rounds.order_by("number"))
        assert (now.question, now.step, now.version) == (self.on, self.step, self.version)
        assert (now.ended is None, now.code is None) == (not self.over, self.over)
        made = {each.question: each for each in self.room.workshop.agreements.all()}
        last = {each.question: each for each in found}
        assert self.states == {name: rounds.state_of(last.get(name), made.get(name)) for name in QUESTIONS}
        self.one_round_at_most_is_hidden([each for each in found if each.state != "revealed"])
        votes = list(Vote.objects.filter(round__workshop=now).values_list("round", "participant"))
        self.what_is_shown_was_voted_and_never_changes(
            {each.pk: each for each in found if each.state == "revealed"}, [one for one, _ in votes]
        )
        hidden = {each.pk for each in found if each.state != "revealed"}
        outside = set(now.participants.exclude(removed=False, admitted=True).values_list("pk", flat=True))
        assert outside.isdisjoint(phone for one, phone in votes if one in hidden)
        self.what_was_agreed_is_what_counts(now.assessment)

    def one_round_at_most_is_hidden(self, hidden: list[Round]) -> None:
        assert len(hidden) == (self.state in ("open", "closed"))
        assert {each.question for each in hidden} <= {self.on}

    def what_is_shown_was_voted_and_never_changes(self, shown: dict[int, Round], votes: list[int]) -> None:
        assert set(self.shown) <= set(shown)
        assert set(votes) <= self.taking
        for pk, each in shown.items():
            now = {"people": each.people, "counts": each.counts, "roles": each.roles}
            assert self.shown.setdefault(pk, now) == now
            assert each.by_hand or each.people == votes.count(pk)
            placed = sum(count for value, count in each.counts.items() if value != "unknown")
            assert not each.counts or (sum(each.counts.values()) == each.people and placed >= 3)
            if not each.by_hand:
                assert bool(each.counts) == (each.votes.exclude(value="unknown").count() >= 3)
            assert sum(sum(role.values()) for role in each.roles.values()) in (0, each.people)

    def what_was_agreed_is_what_counts(self, assessment: Assessment) -> None:
        stored = {
            each.question: (each.value, each.na_reason, each.note)
            for each in assessment.answers.all()
            if each.value is not None
        }
        assert stored == {question: held for question, held in self.held.items() if held}


@pytest.mark.django_db
def test_whatever_they_do_in_whatever_order_the_room_stays_true() -> None:
    run_state_machine_as_test(
        AnyOrder, settings=settings(max_examples=15, stateful_step_count=4, deadline=None)
    )
