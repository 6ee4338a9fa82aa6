"""Deletes what has been kept long enough: assessments nobody came back to, bins, old sessions and old counters."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments import (
    audit,
    chain,
    erasures,
    handing_over,
    letters,
    parcels,
    retention,
    surveys,
    wastebasket,
    webhooks,
    work,
)
from assessments.models import Counter
from assessments.workshop import forgetting


class Command(BaseCommand):
    help = (
        "Delete assessments that nobody came back to for as long as the settings say, what has been in the bin of a "
        "workspace for 30 days, expired sessions and expired counters, invitations that nobody used, work that is done, the single votes of "
        "workshops 30 days after their end, and lines of the trail after 24 months. Assessments of clients go into the bin first. Samples stay. Meant to be run once a day."
    )

    stealth_options = ("now",)  # for tests, and for whoever wants to know what a later day would bring

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(
        self,
        *args: Any,
        dry_run: bool = False,
        now: datetime | None = None,
        verbosity: int = 1,
        **options: Any,
    ) -> None:
        moment = now or timezone.now()
        counts = count(moment) if dry_run else delete(moment)
        if verbosity:
            said = "Would delete" if dry_run else "Deleted"
            assessments, sessions, counters, workshops = counts
            self.stdout.write(
                f"{said}: assessments {assessments}, sessions {sessions}, counters {counters}, "
                f"votes of workshops {workshops}."
            )


def delete(now: datetime) -> tuple[int, int, int, int]:
    """Delete it; how many assessments, sessions and counters, and of how many workshops the single votes."""
    erased = wastebasket.erase_expired(now)
    handing_over.delete_expired_codes(now)
    erasures.COPYING.write_down()
    erasures.forget_old(now)
    retention.delete_old_invitations(now)
    audit.delete_old(now)
    chain.write_head()
    webhooks.delete_old(now)
    work.delete_old(now)
    letters.delete_old(now)
    parcels.delete_old(now)
    forgetting.forget_phones(now)
    for each in retention.unused(now, settle=True):
        wastebasket.bin_assessment(request=None, assessment=each)
    return (
        erased
        + surveys.delete_counted(now)
        + sum(retention.delete_if_over(each, now) for each in retention.expired(now, settle=True)),
        retention.delete_expired_sessions(now),
        retention.delete_expired_counters(now),
        forgetting.delete_votes(now),
    )


def count(now: datetime) -> tuple[int, int, int, int]:
    """The same without deleting anything."""
    return (
        wastebasket.count_expired(now)
        + surveys.counted_long_ago(now).count()
        + sum(1 for _ in retention.expired(now)),
        Session.objects.filter(expire_date__lte=now).count(),
        Counter.objects.filter(ends__lte=now).count(),
        forgetting.with_old_votes(now).count(),
    )
