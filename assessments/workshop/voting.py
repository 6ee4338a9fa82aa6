"""The one place that takes a vote from a phone."""

from django.db import transaction

from advisor import metrics
from assessments.models import Participant, Round
from assessments.questions import RefusedError
from assessments.rooms import is_open
from assessments.statements import is_still_in, locked_round, room_with, store_vote
from assessments.workshop import fresh_rooms
from assessments.workshop.clock import is_time_up
from assessments.workshop.rounds import State, answers_for, question_called


class NotOpenError(Exception):
    """A vote came for a round that takes none: ``state`` says why, None where the round is gone."""

    def __init__(self, state: State | None) -> None:
        self.state = state
        super().__init__(state or "gone")


def vote(*, participant: Participant, round_pk: int, value: str) -> None:
    """Count this phone's vote in this round, or change it. Raises NotOpenError where the round takes none, and RefusedError."""
    with transaction.atomic():
        this = locked_round(round_pk, participant.workshop_id)
        room = room_with(participant.workshop_id)
        if this is None or room is None or not is_open(room) or not is_still_in(participant):
            raise NotOpenError(None)
        if this.state != Round.State.OPEN or is_time_up(room):
            raise NotOpenError("revealed" if this.state == Round.State.REVEALED else "closed")
        question = question_called(participant.workshop, this.question)
        if value not in dict(answers_for(question)):
            raise RefusedError(question.nothing_chosen)
        store_vote(participant, this.pk, value)
    metrics.VOTES.inc()
    fresh_rooms.look_again(room.public_id)
