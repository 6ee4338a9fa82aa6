"""The clock of the room: it tells how long there is to vote, and closes a vote only where a facilitator wants that."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from assessments.models import Round, Workshop
from assessments.questions import RefusedError
from assessments.workshop import fresh_rooms
from assessments.workshop.rounds import changing

SHORTEST, LONGEST = 15, 1800
"""Seconds of a timer."""
MORE = 30
"""Seconds by which it is prolonged."""


def set_timer(*, workshop: Workshop, by: int | None, seconds: int, closes: bool) -> None:
    """Start it anew. Raises RefusedError for a length that makes no sense, and EndedError."""
    if not SHORTEST <= seconds <= LONGEST:
        words = {"found": seconds, "low": SHORTEST, "high": LONGEST}
        raise RefusedError(
            gettext("A timer of %(found)s seconds is not possible: choose %(low)s to %(high)s") % words
        )
    with changing(workshop, by, "timer") as fresh:
        fresh.timer_seconds, fresh.timer_closes = seconds, closes
        fresh.timer_ends = timezone.now() + timedelta(seconds=seconds)


def prolong_timer(*, workshop: Workshop, by: int | None) -> None:
    """MORE seconds on top of what is left, up to LONGEST. Raises EndedError."""
    with changing(workshop, by, "timer") as fresh:
        now = timezone.now()
        runs = fresh.timer_ends is not None and fresh.timer_ends > now
        ends = (fresh.timer_ends if runs and fresh.timer_ends else now) + timedelta(seconds=MORE)
        fresh.timer_ends = min(ends, now + timedelta(seconds=LONGEST))
        fresh.timer_seconds = min((fresh.timer_seconds if runs else 0) + MORE, LONGEST)


def stop_timer(*, workshop: Workshop, by: int | None) -> None:
    """Take it away. Raises EndedError."""
    with changing(workshop, by, "timer") as fresh:
        fresh.timer_ends = None


def close_if_time_is_up(workshop: Workshop) -> bool:
    """Close the vote where a facilitator wanted the timer to; whether the room has changed. No query if not.

    This is nobody's act: it opens no room again in which nothing was done for long.
    """
    if not is_time_up(workshop):
        return False
    with transaction.atomic():
        fresh = Workshop.objects.select_for_update().filter(pk=workshop.pk).first()
        if fresh is not None and is_time_up(fresh):  # or another screen was faster
            fresh.timer_ends = None
            fresh.version += 1
            if fresh.rounds.filter(state=Round.State.OPEN).update(state=Round.State.CLOSED):
                fresh.step += 1
                fresh.last_act, fresh.last_by_id = "timer_over", None
            fresh.save()
    fresh_rooms.forget(workshop.public_id)
    return True


def is_time_up(workshop: Workshop) -> bool:
    """Whether the clock that closes the vote has run out."""
    ends = workshop.timer_ends
    return workshop.timer_closes and workshop.ended is None and ends is not None and ends <= timezone.now()
