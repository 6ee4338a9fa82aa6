"""What all screens of a room have in common, read once for all that ask within half a second."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from django.utils import timezone

from advisor.engine.playbook import Playbook
from assessments.answering import Given, given_in, rows_of
from assessments.models import Agreement, Round, Workshop
from assessments.playbooks import edition
from assessments.questions import Asked, asked
from assessments.rooms import is_open
from assessments.statements import room_at_a_glance
from assessments.tallying import Result, results_in_room, voted_on
from assessments.workshop import fresh_rooms
from assessments.workshop.clock import close_if_time_is_up, is_time_up
from assessments.workshop.rounds import State, state_of

type Moment = Literal["before", "ended"] | State
"""Before the first question, after the end, or the state of the question on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room at one moment. Nothing in it tells what anybody voted before that is revealed."""

    workshop: Workshop
    playbook: Playbook
    agenda: tuple[str, ...]
    """The questions for the room, in order."""
    answers: Mapping[str, Given]
    """The answers that count so far, of the whole assessment."""
    rounds: Mapping[str, Round]
    """The last round of each question that was voted on."""
    earlier: Mapping[str, Round]
    """The round before that, where there was one."""
    made: Mapping[str, Agreement]
    here: int
    outside: int
    """Who waits to be let into a locked room."""
    voted: int
    """How many have voted in the round that is open or closed, or did in the one that is revealed."""

    @property
    def question(self) -> Asked | None:
        """What is on the screen."""
        name = self.workshop.question
        return asked(self.playbook, name) if name else None

    @property
    def round(self) -> Round | None:
        """The last round of the question on the screen."""
        return self.rounds.get(self.workshop.question)

    @property
    def agreement(self) -> Agreement | None:
        return self.made.get(self.workshop.question)

    @property
    def moment(self) -> Moment:
        if self.workshop.ended or not is_open(self.workshop):
            return "ended"
        return self.state_of(self.workshop.question) if self.workshop.question else "before"

    def state_of(self, question: str) -> State:
        return state_of(self.rounds.get(question), self.made.get(question))

    @property
    def of(self) -> int:
        """How many votes are waited for."""
        expected = self.workshop.expected
        return max(self.voted, self.here if expected is None else expected)

    @property
    def seconds_left(self) -> int | None:
        """What the timer shows now; None where there is none."""
        ends = self.workshop.timer_ends
        return None if ends is None else max(0, round((ends - timezone.now()).total_seconds()))

    @property
    def number(self) -> int:
        """The place of the question on the screen among all, from 1; 0 where it is not among them any more."""
        name = self.workshop.question
        return self.agenda.index(name) + 1 if name in self.agenda else 0

    @property
    def agreed(self) -> int:
        """On how many questions the room has agreed."""
        return sum(1 for each in self.agenda if self.state_of(each) == "agreed")

    @property
    def tag(self) -> str:
        """Another one whenever facilitators or phones change something that the console and the screen show."""
        return f"{self.workshop.version}.{self.here}.{self.outside}.{self.voted}"

    @property
    def mark(self) -> str:
        """Another one whenever a question moves on or the clock is set, which is worth saying aloud."""
        ends = self.workshop.timer_ends
        return f"{self.workshop.step}-{ends.timestamp() if ends else 0:.0f}"

    def results(self) -> tuple[Result, ...]:
        """What was revealed so far, most split first. No query."""
        shown = [each for each in self.rounds.values() if each.state == Round.State.REVEALED]
        return results_in_room(self.playbook, self.made, shown)


def room_of(workshop: Workshop | str, *, anew: bool = False, version: int = 0) -> Room | None:
    """The room at this moment, or as it was a blink ago; None where there is none any more.

    No query, or one that looks whether anything is new; four more where it is. Console and phone read a whole page ``anew``: whoever is
    led to one has just done something, maybe by way of another process. Whoever has seen a ``version`` gets no older one.

    Closes the vote where its time is up, if a facilitator wanted that.
    """
    public_id = workshop if isinstance(workshop, str) else workshop.public_id
    known = fresh_rooms.kept(public_id)
    if known is not None and not anew and fresh_rooms.is_fresh(known, public_id):
        room = known.room
        if isinstance(room, Room) and room.workshop.version >= version:
            return room
    return _look(public_id, known)


def _look(public_id: str, known: fresh_rooms.Kept | None) -> Room | None:
    began = fresh_rooms.now()
    glance = room_at_a_glance(public_id)
    if glance is None:
        return None
    mark, here, outside, hidden = glance
    room = known.room if known is not None and known.mark == mark else None
    if isinstance(room, Room) and not is_time_up(room.workshop):
        read = known.read if known is not None else began
        voted = _voted(room.round, hidden)
        if (room.here, room.outside, room.voted) != (here, outside, voted):
            room = replace(room, here=here, outside=outside, voted=voted)
    else:
        read, room = began, _read(public_id, here=here, outside=outside, hidden=hidden)
    if room is not None:
        fresh_rooms.keep(public_id, fresh_rooms.Kept(room, mark, read, began))
    return room


def _read(public_id: str, *, here: int, outside: int, hidden: int) -> Room | None:
    workshop = _workshop(public_id)
    if workshop is not None and close_if_time_is_up(workshop):
        workshop = _workshop(public_id)
    if workshop is None:
        return None
    assessment = workshop.assessment
    playbook, answers = edition(assessment.edition), given_in(rows_of(assessment))
    rounds: dict[str, Round] = {}
    earlier: dict[str, Round] = {}
    for each in workshop.rounds.order_by("number"):
        if each.question in rounds:
            earlier[each.question] = rounds[each.question]
        rounds[each.question] = each
    this = rounds.get(workshop.question)
    return Room(
        workshop=workshop,
        playbook=playbook,
        agenda=voted_on(playbook, assessment, answers),
        answers=answers,
        rounds=rounds,
        earlier=earlier,
        made={each.question: each for each in workshop.agreements.all()},
        here=here,
        outside=outside,
        voted=_voted(this, hidden),
    )


def _workshop(public_id: str) -> Workshop | None:
    found = Workshop.objects.select_related("assessment__client__workspace")
    return found.filter(public_id=public_id, assessment__binned__isnull=True).first()


def _voted(this: Round | None, hidden: int) -> int:
    if this is None:
        return 0
    return this.people if this.state == Round.State.REVEALED else hidden
