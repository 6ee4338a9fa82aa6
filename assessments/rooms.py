"""Whether the room of an assessment is open, for the room itself and for pages that lead back into it."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from assessments.models import Assessment, Workshop

IDLE = timedelta(hours=12)
"""So long after the last thing a facilitator did, the ways in are shut; any act opens them again."""


def is_open(workshop: Workshop) -> bool:
    """Whether anybody can still come in and vote."""
    return workshop.ended is None and timezone.now() - workshop.active < IDLE


def with_open_room() -> Q:
    """Holds for assessments whose room is open."""
    return Q(workshop__isnull=False, workshop__ended=None, workshop__active__gt=timezone.now() - IDLE)


def has_open_room(assessment: Assessment) -> bool:
    """The same of an assessment. No query for one that came with its workshop, if it has one."""
    return hasattr(assessment, "workshop") and is_open(assessment.workshop)


def room_words(assessment: Assessment) -> str:
    """Who is in the open room: "4 people are in it."; empty where none is open. One query."""
    inside = Count("participants", filter=Q(participants__admitted=True, participants__removed=False))
    found = Workshop.objects.filter(assessment=assessment, ended=None).annotate(inside=inside).first()
    if found is None or not is_open(found):
        return ""
    if not found.inside:
        return gettext("The room is open, and nobody is in it yet.")
    words = ngettext(
        "The room is open, and %(count)s person is in it.",
        "The room is open, and %(count)s people are in it.",
        found.inside,
    )
    return words % {"count": found.inside}
