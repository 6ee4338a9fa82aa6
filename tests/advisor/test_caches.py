"""CACHE_URL: what it can say, and what is said about everything else."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from advisor.caches import CacheAwayError, cache_from
from advisor.shared_cache import SharedCache


def test_without_one_tries_are_counted_in_the_database() -> None:
    found = cache_from("")
    assert found["BACKEND"] == "advisor.shared_table.SharedTable"
    assert found["LOCATION"] == "shared_cache"


def test_each_process_by_itself_has_to_be_asked_for() -> None:
    assert cache_from("locmem://")["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"


@pytest.mark.parametrize(
    "address",
    [
        "redis://cache.example.com",
        "redis://cache.example.com:6380/2",
        "redis://:p%40ss%2C%3B@cache.example.com/0",
        "redis://ana:secret@[::1]:6379/0",
        "rediss://cache.example.com/0?ssl_ca_certs=/etc/ca.pem",
        "unix:///run/valkey/valkey.sock",
        "unix:///run/valkey/valkey.sock?db=3",
        "unix://:secret@/run/valkey/valkey.sock",
    ],
)
def test_a_shared_one_is_named_with_host_or_socket(address: str) -> None:
    found = cache_from(address)
    assert (found["BACKEND"], found["LOCATION"]) == ("advisor.shared_cache.SharedCache", [address])
    pool = SharedCache(found["LOCATION"], {})._cache._get_connection_pool(write=True)
    told = pool.connection_kwargs
    assert told["socket_timeout"] == told["socket_connect_timeout"] == 2
    assert told.get("host", "/run/valkey/valkey.sock") in address + "::1"
    assert told.get("password") in {None, "secret", "p@ss,;"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("cache.example.com", "begins with no scheme"),
        ("memcached://:secret@db", "begins with 'memcached'"),
        ("locmem://counts", "has something behind the slashes"),
        ("redis://", "names no host"),
        ("redis://:secret@/0", "names no host"),
        ("redis://:sec/ret@db/0", "cannot be read"),
        ("redis://:secret@db:99999/0", "cannot be read"),
        ("redis://:secret@db/work", "by something that is no number"),
        ("redis://:secret@db/0#1", "write it as %23"),
        ("redis://:secret@db/0?ssl_cert_reqs=none", "where nothing can stand"),
        ("rediss://:secret@db/0?ssl_cert_reqs=none", "where only ssl_ca_certs can stand"),
        ("unix://", "names no socket"),
        ("unix://run/valkey.sock", "names no socket"),
        ("unix:///run/valkey.sock?db=one", "by something that is no number"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_can(address: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        cache_from(address)
    said = str(refused.value)
    assert words in said
    assert "It can be redis://user:password@host:6379/0" in said
    assert "secret" not in said
    assert "sec/ret" not in said


@pytest.fixture
def shared(redis_socket: str) -> SharedCache:
    found = cache_from(redis_socket)
    cache = SharedCache(found["LOCATION"], {"KEY_PREFIX": found["KEY_PREFIX"]})
    cache.clear()
    return cache


@pytest.mark.parametrize("value", [0, 7, "words", ["2026-11-29", 1.5], {"a": None}, True])
def test_it_keeps_what_json_can_say(shared: SharedCache, value: Any) -> None:
    shared.set("key", value)
    assert shared.get("key") == value
    assert shared.get_many(["key", "other"]) == {"key": value}


def test_nothing_that_is_read_back_can_run_as_code(shared: SharedCache) -> None:
    shared._cache.get_client(write=True).set("groundwork:1:key", b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(ValueError, match="Expecting value"):
        shared.get("key")


def test_counting_and_adding_are_one_step(shared: SharedCache) -> None:
    assert shared.add("key", 0, 60)
    assert not shared.add("key", 5, 60)
    assert [shared.incr("key"), shared.incr("key"), shared.decr("key")] == [1, 2, 1]
    shared.set_many({"other": 1}, 60)
    shared.touch("other", 30)
    assert shared.has_key("other")
    shared.delete("other")
    shared.delete_many(["key"])
    assert shared.get("key") is None


def test_one_that_is_away_says_so_in_one_word(tmp_path: Any) -> None:
    away = SharedCache([f"unix://{tmp_path}/nobody.sock"], {})
    for ask in (
        lambda: away.get("key"),
        lambda: away.set("key", 1),
        lambda: away.add("key", 1),
        lambda: away.incr("key"),
        lambda: away.delete("key"),
        lambda: away.set_many({"key": 1}),
        away.clear,
    ):
        with pytest.raises(CacheAwayError):
            ask()
