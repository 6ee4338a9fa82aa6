"""What is deleted of a workshop some time after its end: everything but counts, agreed answers and notes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from assessments.models import Participant, Round, Workshop
from assessments.rooms import IDLE
from assessments.workshop import fresh_rooms

FORGOTTEN = "forgotten "
"""What stands in place of a fingerprint, before a number that no cookie makes."""
KEPT = timedelta(days=30)
"""So long after the end single votes are kept."""


def forget_phones(now: datetime) -> int:
    """Make sure that no cookie leads back to a vote once a workshop has been over for IDLE; how many phones.

    Whoever comes after a room was opened again is a new one.
    """
    over = Q(ended__lte=now - IDLE) | Q(active__lte=now - 2 * IDLE)
    rooms = Workshop.objects.filter(over, votes_deleted__isnull=True)  # in others there is no phone any more
    known = Participant.objects.filter(workshop__in=rooms).exclude(digest__startswith=FORGOTTEN)
    return known.update(digest=Concat(Value(FORGOTTEN), Cast("pk", CharField())))


def delete_votes(now: datetime) -> int:
    """Delete single votes, phones and addresses of workshops that have been over for KEPT; how many workshops.

    One in which nothing was done for IDLE is over as well, and ends with this. The counts stay.
    """
    done = list(with_old_votes(now).values_list("pk", flat=True))
    return sum(_delete_votes_of(each, now) for each in done)


def with_old_votes(now: datetime) -> QuerySet[Workshop]:
    """The workshops whose single votes are due to be deleted."""
    over = Q(ended__lte=now - KEPT) | Q(ended__isnull=True, active__lte=now - KEPT - IDLE)
    return Workshop.objects.filter(over, votes_deleted__isnull=True)


def _delete_votes_of(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        workshop = with_old_votes(now).select_for_update().filter(pk=pk).first()
        if workshop is None:  # opened again meanwhile
            return False
        workshop.participants.all().delete()
        workshop.wishes.all().delete()
        workshop.rounds.exclude(state=Round.State.REVEALED).delete()
        workshop.ended = workshop.ended or workshop.active + IDLE
        workshop.votes_deleted, workshop.code, workshop.join_digest = now, None, None
        workshop.timer_ends = None
        workshop.version += 1
        workshop.step += 1
        workshop.save()
    fresh_rooms.forget(workshop.public_id)
    return True
