"""Refuses what was tried too often lately.

Tries are counted in the database, or in the cache where CACHE_URL names one: in both for every process and machine at
once, and so that no two tries read the same count. While that cache does not answer, ``CacheAwayError`` comes from
whatever could let somebody in: nobody may guess uncounted.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from advisor.caches import CacheAwayError
from assessments.models import Counter

__all__ = [
    "HOUR", "CacheAwayError", "TooOftenError", "Tried", "block", "check_free", "check_in", "count_try", "forget",
    "hold_back", "take_back", "tried", "tried_lately",
]  # fmt: skip

KEY_SALT = "groundwork.throttle"
HOUR = timedelta(hours=1)

BEYOND = timedelta(minutes=5)
"""So much longer a count is kept in the cache than its stretch lasts, so that it never ends in the middle of a try."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How often something was tried within a stretch of time, and when the stretch ends."""

    count: int
    ends: datetime


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


def hold_back(purpose: str, who: str, *, most: int, within: timedelta = HOUR) -> None:
    """The same for what opens nothing to anybody and only costs this server work: uncounted while the cache is away."""
    with suppress(CacheAwayError):
        check_in(purpose, who, most=most, within=within)


def count_try(purpose: str, who: str, *, now: datetime | None = None, within: timedelta = HOUR) -> Tried:
    """Count one more try and say how many there were. The hour begins with the first."""
    key, moment = fingerprint(purpose, who), now or timezone.now()
    return _IN_CACHE.count(key, moment, within) if settings.COUNTED_IN_CACHE else _count(key, moment, within)


def take_back(purpose: str, who: str) -> None:
    """Uncount one try that turned out to be right."""
    key = fingerprint(purpose, who)
    if settings.COUNTED_IN_CACHE:
        _IN_CACHE.take_back(key)
    else:
        Counter.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def forget(purpose: str, who: str) -> None:
    """Uncount all tries."""
    key = fingerprint(purpose, who)
    if settings.COUNTED_IN_CACHE:
        _IN_CACHE.forget(key)
    else:
        Counter.objects.filter(key=key).delete()


def block(purpose: str, who: str, within: timedelta) -> None:
    """Refuse everything of this kind for a while, see ``check_free``."""
    count_try(purpose, who, within=within)


def check_free(purpose: str, who: str) -> None:
    """Raises TooOftenError while this is blocked. One query, which changes nothing."""
    if (ends := _ends(fingerprint(purpose, who))) is not None:
        raise TooOftenError(ends)


def tried_lately(purpose: str, who: str) -> bool:
    """Whether it was tried within the stretch that its first try began. One query, which changes nothing."""
    return _ends(fingerprint(purpose, who)) is not None


def tried(purpose: str, who: str) -> Tried | None:
    """How often it was tried within the stretch that is under way; None where there is none. Changes nothing."""
    key, now = fingerprint(purpose, who), timezone.now()
    if settings.COUNTED_IN_CACHE:
        return _IN_CACHE.counted(key, now)
    found = Counter.objects.filter(key=key, ends__gt=now).first()
    return Tried(found.count, found.ends) if found else None


def fingerprint(purpose: str, who: str) -> str:
    """What is stored instead of an address."""
    return salted_hmac(KEY_SALT, f"{purpose}:{who}", algorithm="sha256").hexdigest()


# --- In the database --------------------------------------------------------------------------------------------------


def _count(key: str, moment: datetime, within: timedelta) -> Tried:
    ends = moment + within
    with transaction.atomic():
        # From here on nobody else can change or delete this row, so that no two tries read the same count.
        row, _ = Counter.objects.select_for_update().get_or_create(key=key, defaults={"ends": ends})
        this = Counter.objects.filter(pk=row.pk)
        this.filter(ends__lte=moment).update(count=0, ends=ends)
        this.update(count=F("count") + 1)
        stored = this.get()
    return Tried(stored.count, stored.ends)


def _ends(key: str) -> datetime | None:
    """When the stretch that is under way ends; None where there is none."""
    if settings.COUNTED_IN_CACHE:
        return _IN_CACHE.ends(key, timezone.now())
    return Counter.objects.filter(key=key, ends__gt=timezone.now()).values_list("ends", flat=True).first()


# --- In the cache -----------------------------------------------------------------------------------------------------


class _InCache:
    """Two entries: when the stretch ends, which only the first try can write, and under that moment's name the count."""

    TRIES = 10
    """An entry can end between two steps; it does not do so again and again."""

    def count(self, key: str, moment: datetime, within: timedelta) -> Tried:
        for _ in range(self.TRIES):
            cache.add(self._stretch(key), (moment + within).isoformat(), within.total_seconds())
            ends = self.ends(key, moment)
            if ends is None:  # it has just ended, or is over by the clock of this machine
                cache.delete(self._stretch(key))
                continue
            cache.add(self._counted(key, ends), 0, (within + BEYOND).total_seconds())
            with suppress(ValueError):  # thrown out by a cache that was full
                return Tried(cache.incr(self._counted(key, ends)), ends)
        raise CacheAwayError("it keeps nothing")

    def take_back(self, key: str) -> None:
        """Only makes things easier, so it is left out while the cache is away."""
        with suppress(CacheAwayError, ValueError):
            if ends := self.ends(key, timezone.now()):
                cache.decr(self._counted(key, ends))

    def forget(self, key: str) -> None:
        with suppress(CacheAwayError):
            cache.delete(self._stretch(key))

    def counted(self, key: str, moment: datetime) -> Tried | None:
        ends = self.ends(key, moment)
        return Tried(cache.get(self._counted(key, ends), 0), ends) if ends else None

    def ends(self, key: str, moment: datetime) -> datetime | None:
        stored = cache.get(self._stretch(key))
        ends = datetime.fromisoformat(stored) if stored else None
        return ends if ends and ends > moment else None

    def _stretch(self, key: str) -> str:
        return f"ends:{key}"

    def _counted(self, key: str, ends: datetime) -> str:
        return f"count:{key}:{ends.timestamp():.6f}"


_IN_CACHE = _InCache()
