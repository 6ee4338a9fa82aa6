"""Too much within the hour is refused, however it is tried, and wherever tries are counted."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from advisor.caches import CacheAwayError, cache_from
from assessments import throttle
from assessments.management.commands import tries
from assessments.models import Counter
from assessments.throttle import HOUR, TooOftenError, Tried, check_free, check_in, count_try, tried_lately

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["database", "redis", "memory"])
def counted(request: pytest.FixtureRequest, settings: Settings) -> Iterator[str]:
    """Where tries are counted."""
    if request.param != "database":
        address = "locmem://" if request.param == "memory" else request.getfixturevalue("redis_socket")
        settings.CACHES = settings.CACHES | {"default": cache_from(address)}
        settings.COUNTED_IN_CACHE = True
        cache.clear()
    yield request.param
    if request.param != "database":
        cache.clear()


@pytest.mark.django_db
def test_the_fourth_try_is_refused_until_an_hour_after_the_first(counted: str) -> None:
    now = timezone.now()
    for minute in range(3):
        check_in("mail to", "a@example.com", most=3, now=now + timedelta(minutes=minute))
    with pytest.raises(TooOftenError) as refused:
        check_in("mail to", "a@example.com", most=3, now=now + timedelta(minutes=59))
    assert refused.value.until == now + HOUR
    assert count_try("mail to", "a@example.com", now=now + HOUR) == Tried(1, now + 2 * HOUR)


@pytest.mark.django_db
def test_others_and_other_purposes_are_counted_by_themselves(counted: str) -> None:
    for _ in range(3):
        check_in("mail to", "a@example.com", most=3)
    check_in("mail to", "b@example.com", most=3)
    check_in("mail from", "a@example.com", most=3)
    assert count_try("mail to", "a@example.com").count == 4
    assert count_try("mail to", "b@example.com").count == 2


@pytest.mark.django_db
def test_what_was_right_after_all_is_uncounted(counted: str) -> None:
    for _ in range(3):
        check_in("password", "a@example.com", most=3)
    throttle.take_back("password", "a@example.com")
    check_in("password", "a@example.com", most=3)
    throttle.forget("password", "a@example.com")
    assert not tried_lately("password", "a@example.com")
    assert count_try("password", "a@example.com").count == 1
    throttle.take_back("password", "nobody@example.com")
    assert count_try("password", "nobody@example.com").count == 1


@pytest.mark.django_db
def test_what_is_blocked_is_refused_until_its_time_is_over(counted: str) -> None:
    check_free("room code", "198.51.100.7")
    throttle.block("room code", "198.51.100.7", timedelta(minutes=1))
    with pytest.raises(TooOftenError) as refused:
        check_free("room code", "198.51.100.7")
    assert 55 <= refused.value.seconds <= 60
    throttle.forget("room code", "198.51.100.7")
    check_free("room code", "198.51.100.7")


@pytest.mark.django_db
def test_what_is_stored_gives_no_address_away(counted: str, redis_socket: str) -> None:
    count_try("mail to", "a@example.com")
    if counted == "database":
        row = Counter.objects.get()
        assert "example" not in row.key
        assert len(row.key) == 64
    else:
        assert not Counter.objects.exists()
    if counted == "redis":
        server = cache._cache.get_client(write=True)  # type: ignore[attr-defined]
        names = server.keys("*")
        assert len(names) == 2
        assert not [each for each in names if b"example" in each or b"mail" in each]
        assert all(0 < server.ttl(each) <= 3600 + 300 for each in names), "nothing stays for good"


@pytest.mark.django_db(transaction=True)
def test_fifty_tries_at_once_count_fifty(counted: str) -> None:
    def attempt(_: int) -> int:
        try:
            return count_try("mail to", "a@example.com").count
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        counts = sorted(threads.map(attempt, range(50)))
    assert counts == list(range(1, 51)), "no two of them read the same number"
    assert count_try("mail to", "a@example.com").count == 51


def test_a_cache_that_keeps_nothing_lets_nobody_in_uncounted(settings: Settings) -> None:
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    settings.COUNTED_IN_CACHE = True
    with pytest.raises(CacheAwayError):
        count_try("mail to", "a@example.com")


# --- For whoever runs the server -----------------------------------------------------------------------------------------

SOURCES = [each for app in ("assessments", "reports") for each in (ROOT / app).rglob("*.py")]
COUNTED = re.compile(r"(?:check_in|hold_back|count_try|check_free|block)\(\s*\"([^\"]+)\"")
LISTED = re.compile(r"\(\s*\"([a-z -]+)\", f?[\"a-z]")
BY_OTHER_THINGS = {
    "api", "invitations by", "passphrase", "passphrase from", "pdf", "refusals noted", "violations",
}  # fmt: skip
"""Counted by an account, a link or an assessment, or of everybody together: none of them has an address or a network."""


def told(**options: object) -> str:
    said = StringIO()
    call_command("tries", stdout=said, **options)
    return said.getvalue()


@pytest.mark.django_db
def test_an_operator_looks_up_what_is_counted_of_somebody_and_forgets_it(counted: str) -> None:
    assert told(address="ann@example.com") == "Nothing is counted.\n"
    for _ in range(6):
        count_try("password here", "203.0.113.7 ann@example.com")
        count_try("password anywhere", "ann@example.com")
        count_try("password from", "203.0.113.7")
    assert "    6  passwords typed for it, from wherever, until" in told(address="Ann@Example.com")
    assert "passwords typed there, for whomever" in told(network=" 203.0.113.7")
    assert "Nothing is counted" in told(network="203.0.113.8")
    both = told(address="ann@example.com", network="203.0.113.7", forget=True)
    assert both.count("    6  ") == 3
    assert both.endswith("Forgotten.\n")
    assert told(address="ann@example.com", network="203.0.113.7") == "Nothing is counted.\n"
    count_try("password from", "2001:db8:0:1::/64")
    assert "    1  passwords typed there" in told(network="2001:db8:0:1:2:3:4:5")


def test_whom_to_look_up_has_to_be_said() -> None:
    with pytest.raises(CommandError, match="--address, --network, or both"):
        call_command("tries")
    with pytest.raises(CommandError, match=r"'example\.com' is no address of a network"):
        call_command("tries", network="example.com")


def test_whatever_is_counted_by_an_address_or_a_network_can_be_looked_up() -> None:
    text = "\n".join(each.read_text(encoding="utf-8") for each in SOURCES)
    counts = set(COUNTED.findall(text)) | {
        found for found in LISTED.findall(text) if found.startswith(("password ", "pdf"))
    }
    assert len(counts) > 15
    assert counts - BY_OTHER_THINGS == {*tries.OF_AN_ADDRESS, *tries.OF_A_NETWORK, *tries.OF_BOTH}
