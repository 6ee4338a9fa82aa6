"""Reads CACHE_URL: counts in the database, in a Redis or Valkey that all machines share, or in each process by itself."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORMS = (
    "redis://user:password@host:6379/0, rediss:// for the same by TLS, unix:///run/valkey/valkey.sock?db=0 for a socket, "
    "or locmem:// for the memory of each process"
)
SCHEMES = ("redis", "rediss", "unix")
PASSED_ON = {"redis": (), "rediss": ("ssl_ca_certs",), "unix": ("db",)}
"""What may stand behind the question mark; it means what it means to redis-py."""
MOST = 100_000
"""So many counts are kept where the cache itself does not know how much it may hold."""


class CacheAwayError(Exception):
    """The cache does not answer."""


def cache_from(address: str) -> dict[str, Any]:
    """Django's description of the cache at ``address``; the table in the database where that is empty.

    Raises ImproperlyConfigured for what cannot be read, and never repeats a password.
    """
    if not address:
        return {
            "BACKEND": "advisor.shared_table.SharedTable",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": MOST},
        }
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (reading it is how one learns that it is none)
    except ValueError:  # brackets that do not close, or a port that is none
        raise _mistake(address, "has a host or a port that cannot be read") from None
    if parts.scheme == "locmem":
        return _in_memory(address)
    if parts.scheme in SCHEMES:
        return _redis(address, parts)
    raise _mistake(address, f"begins with {parts.scheme!r}" if parts.scheme else "begins with no scheme")


def _in_memory(address: str) -> dict[str, Any]:
    if address != "locmem://":
        raise _mistake(address, "has something behind the slashes")
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "OPTIONS": {"MAX_ENTRIES": MOST},
    }


def _redis(address: str, parts: SplitResult) -> dict[str, Any]:
    if parts.fragment:
        raise _mistake(address, "has a #: write it as %23 in a password")
    more = dict(parse_qsl(parts.query, keep_blank_values=True))
    allowed = PASSED_ON[parts.scheme]
    if unknown := sorted(set(more) - set(allowed)):
        where = f"only {', '.join(allowed)} can stand" if allowed else "nothing can stand"
        raise _mistake(address, f"has {', '.join(unknown)} behind the ?, where {where}")
    path = unquote(parts.path)
    if parts.scheme == "unix":
        if parts.hostname or len(path) < 2:
            raise _mistake(address, "names no socket: three slashes, then its path from the root")
        number = more.get("db", "0")
    else:
        if not parts.hostname:
            raise _mistake(address, "names no host")
        number = path.strip("/") or "0"
    if not (number.isascii() and number.isdigit()):
        raise _mistake(address, "names its database by something that is no number")
    return {
        "BACKEND": "advisor.shared_cache.SharedCache",
        "LOCATION": [
            address
        ],  # a list: in a text Django would look for several servers, and split a password
        "KEY_PREFIX": "groundwork",
    }


def _mistake(address: str, why: str) -> ImproperlyConfigured:
    scheme = address.partition("://")[0][:20]  # and no more: the rest may hold a password
    shown = f"{scheme}://..." if "://" in address else "no address"
    return ImproperlyConfigured(f"CACHE_URL is {shown!r}, which {why}. It can be {FORMS}.")
