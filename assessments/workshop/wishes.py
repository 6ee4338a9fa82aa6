"""Who wants the report of a workshop by mail. Addresses are for that one mail; nobody in the room sees them."""

from collections.abc import Callable

from assessments.access import Assessment
from assessments.models import CopyWish

type Send = Callable[[str], bool]


def count_wishes(assessment: Assessment) -> int:
    """How many wait for it. One query."""
    return CopyWish.objects.filter(workshop__assessment=assessment).count()


def fulfil(assessment: Assessment, send: Send) -> tuple[int, int]:
    """Send it to all that wait, and forget each address that the mail server took; how many went out and how many remain.

    ``send`` says whether a mail was taken. What was not is kept, so that sending again goes on with those.
    """
    sent = 0
    waiting = list(CopyWish.objects.filter(workshop__assessment=assessment).order_by("pk"))
    for each in waiting:
        if not send(each.email):
            continue
        each.delete()
        sent += 1
    return sent, len(waiting) - sent
