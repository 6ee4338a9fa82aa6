"""Refuses what was tried too often lately."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessments.models import Counter

KEY_SALT = "groundwork.throttle"
HOUR = timedelta(hours=1)


class TooOftenError(Exception):
    """Something was tried too often; ``until`` says when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"too often until {until:%H:%M}")

    @property
    def seconds(self) -> int:
        """How long that is from now."""
        return max(1, round((self.until - timezone.now()).total_seconds()))


def check_in(
    purpose: str, who: str, *, most: int, now: datetime | None = None, within: timedelta = HOUR
) -> None:
    """Count one more try of ``who`` within the hour. Raises TooOftenError beyond ``most``; a refused try counts as well."""
    tried = count_try(purpose, who, now=now, within=within)
    if tried.count > most:
        raise TooOftenError(tried.ends)


def count_try(purpose: str, who: str, *, now: datetime | None = None, within: timedelta = HOUR) -> Counter:
    """Count one more try and say how many there were. The hour begins with the first."""
    moment = now or timezone.now()
    key, ends = fingerprint(purpose, who), moment + within
    with transaction.atomic():
        # From here on nobody else can change or delete this row, so that no two tries read the same count.
        row, _ = Counter.objects.select_for_update().get_or_create(key=key, defaults={"ends": ends})
        this = Counter.objects.filter(pk=row.pk)
        this.filter(ends__lte=moment).update(count=0, ends=ends)
        this.update(count=F("count") + 1)
        return this.get()


def take_back(purpose: str, who: str) -> None:
    """Uncount one try that turned out to be right."""
    Counter.objects.filter(key=fingerprint(purpose, who), count__gt=0).update(count=F("count") - 1)


def forget(purpose: str, who: str) -> None:
    """Uncount all tries."""
    Counter.objects.filter(key=fingerprint(purpose, who)).delete()


def block(purpose: str, who: str, within: timedelta) -> None:
    """Refuse everything of this kind for a while, see ``check_free``."""
    count_try(purpose, who, within=within)


def check_free(purpose: str, who: str) -> None:
    """Raises TooOftenError while this is blocked. One query, which changes nothing."""
    found = Counter.objects.filter(key=fingerprint(purpose, who), ends__gt=timezone.now()).first()
    if found is not None:
        raise TooOftenError(found.ends)


def fingerprint(purpose: str, who: str) -> str:
    """What is stored instead of an address."""
    return salted_hmac(KEY_SALT, f"{purpose}:{who}", algorithm="sha256").hexdigest()
