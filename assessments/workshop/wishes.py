"""Who wants the report of a workshop by mail. Addresses are for that one mail; nobody in the room sees them."""

from collections.abc import Callable

from django.utils.translation import gettext

from assessments import mail
from assessments.access import Assessment
from assessments.models import CopyWish, Workshop
from assessments.questions import RefusedError

MOST = 60
"""Addresses of one workshop."""


class NotSentError(Exception):
    """Nothing more can be sent at the moment."""


type Send = Callable[[str], bool]


def wish_for_copy(*, workshop: Workshop, email: str) -> None:
    """Send the report there once it is ready. Raises RefusedError where too many wish for it already, or no mail is sent."""
    if mail.only_printed():
        raise RefusedError(gettext("This server sends no mail: ask whoever led the workshop for the report."))
    if workshop.wishes.count() >= MOST:
        raise RefusedError(gettext("%(most)s people have asked already, and more cannot.") % {"most": MOST})
    CopyWish.objects.get_or_create(workshop=workshop, email=email.strip().lower())


def count_wishes(assessment: Assessment) -> int:
    """How many wait for it. One query."""
    return CopyWish.objects.filter(workshop__assessment=assessment).count()


def fulfil(assessment: Assessment, send: Send) -> tuple[int, int]:
    """Send it to all that wait, and forget their addresses; how many went out and how many remain.

    Each address is taken before its mail is sent, so that of two who press at once one sends it. ``send`` says whether it
    could be sent there now, and raises NotSentError where nothing more can: what was not sent is put back.
    """
    sent, left = 0, list(CopyWish.objects.filter(workshop__assessment=assessment).order_by("pk"))
    for each in tuple(left):
        if not CopyWish.objects.filter(pk=each.pk).delete()[0]:  # somebody else sends it
            left.remove(each)
            continue
        taken = False
        try:
            taken = send(each.email)
        except NotSentError:
            break
        finally:
            if not taken:
                CopyWish.objects.get_or_create(workshop=each.workshop, email=each.email)
        if taken:
            sent += 1
            left.remove(each)
    return sent, len(left)
