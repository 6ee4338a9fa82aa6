"""A Redis or Valkey in which all machines count together."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from advisor.caches import CacheAwayError

PATIENCE = 2.0
"""Seconds until a cache that says nothing counts as away; somebody is waiting for the page."""


class PlainSerializer:
    """Values as JSON: Django would pickle them, and whoever can write to the cache could then run code here."""

    def dumps(self, value: object) -> bytes:
        return json.dumps(value).encode()

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)


def _telling[**Given, Result](ask: Callable[Given, Result]) -> Callable[Given, Result]:
    """Raises CacheAwayError in place of the many errors that a server or the way to it can have."""

    @wraps(ask)
    def asking(*args: Given.args, **more: Given.kwargs) -> Result:
        try:
            return ask(*args, **more)
        except RedisError as error:
            raise CacheAwayError(str(error) or type(error).__name__) from error

    return asking


class SharedClient(RedisCacheClient):
    """Django's client, with one kind of error."""

    add = _telling(RedisCacheClient.add)
    get = _telling(RedisCacheClient.get)
    set = _telling(RedisCacheClient.set)
    touch = _telling(RedisCacheClient.touch)
    delete = _telling(RedisCacheClient.delete)
    get_many = _telling(RedisCacheClient.get_many)
    has_key = _telling(RedisCacheClient.has_key)
    incr = _telling(RedisCacheClient.incr)
    set_many = _telling(RedisCacheClient.set_many)
    delete_many = _telling(RedisCacheClient.delete_many)
    clear = _telling(RedisCacheClient.clear)


class SharedCache(RedisCache):
    """A Redis or Valkey. Raises CacheAwayError while it does not answer."""

    def __init__(self, server: list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SharedClient
        self._options = {
            "serializer": PlainSerializer(),
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            # One more try at once: a connection that was kept may belong to a server that was started again since.
            "retry": Retry(NoBackoff(), 1),
        }
