"""Reads DATABASE_URL: the embedded SQLite, or a PostgreSQL of one's own."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORMS = (
    "sqlite:///data/groundwork.sqlite3 (four slashes for a path from the root), "
    "postgres://user:password@host:5432/name, or postgres://user@/name?host=/run/postgresql for a socket"
)
TLS = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
PASSED_ON = ("host", "sslmode", "sslrootcert")
"""What may stand behind the question mark; it means what it means to libpq."""

SQLITE_OPTIONS = {
    # The write lock is taken when a transaction begins: a read that turns into a write would otherwise fail with "database
    # is locked" however long it may wait. For the same reason ATOMIC_REQUESTS stays off: every GET would take that lock.
    "transaction_mode": "IMMEDIATE",
    # Seconds. The queue for the lock is not a fair one, so some wait much longer than most; but a page gives up after ten, and
    # should hear before that it has to try again.
    "timeout": 8,
    "init_command": (
        "PRAGMA journal_mode=WAL;"  # readers and the writer do not wait for each other
        "PRAGMA synchronous=NORMAL;"  # safe with WAL
        "PRAGMA mmap_size=134217728;"  # bytes
        "PRAGMA journal_size_limit=27103364;"  # bytes; the journal shrinks again after a large write
        "PRAGMA cache_size=-20000;"  # kibibytes, because negative
    ),
}
POOL = {
    "min_size": 1,
    "max_size": 10,  # in each of the two server processes: one for every thread that may ask
    "timeout": 3,  # seconds until somebody is told that there is no connection
    # Seconds of trying to connect. Left to itself the pool would pause for longer and longer, and still pause when the
    # database is back; so it gives up early, and whoever asks next has it try at once.
    "reconnect_timeout": 2,
}


def database_from(address: str, *, base: Path, otherwise: Path) -> dict[str, Any]:
    """Django's description of the database at ``address``; the SQLite file ``otherwise`` where that is empty.

    A path that does not begin at the root begins at ``base``. Raises ImproperlyConfigured for what cannot be read, and
    never repeats a password.
    """
    if not address:
        return _sqlite(otherwise)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # brackets that do not close, or a port that is none
        raise _mistake(address, "has a host or a port that cannot be read") from None
    if parts.scheme == "sqlite":
        return _sqlite(_file(address, parts, base))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(address, parts, port)
    raise _mistake(address, f"begins with {parts.scheme!r}" if parts.scheme else "begins with no scheme")


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,  # opening and closing SQLite for each request costs a third of the throughput
        "OPTIONS": SQLITE_OPTIONS,
    }


def _file(address: str, parts: SplitResult, base: Path) -> Path:
    if parts.netloc:
        raise _mistake(
            address, f"names the host {parts.netloc!r}, but SQLite is a file: three slashes, or four"
        )
    if parts.query or parts.fragment:
        raise _mistake(address, "has something behind the path")
    path = unquote(parts.path.removeprefix("/"))
    if not path or path.endswith("/"):
        raise _mistake(address, "names no file")
    file = (base / path).resolve()
    if file.is_dir() or not file.parent.is_dir():
        what = "is a folder" if file.is_dir() else f"lies in {file.parent}, which is no folder"
        raise _mistake(address, f"means the file {file}, which {what}")
    return file


def _postgresql(address: str, parts: SplitResult, port: int | None) -> dict[str, Any]:
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise _mistake(address, "names no database behind the host")
    if parts.fragment:
        raise _mistake(address, "has a #: write it as %23 in a password")
    more = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(more) - set(PASSED_ON))
    if unknown:
        raise _mistake(
            address, f"has {', '.join(unknown)} behind the ?, where only {', '.join(PASSED_ON)} can stand"
        )
    if (tls := more.get("sslmode", TLS[0])) not in TLS:
        raise _mistake(address, f"has the sslmode {tls!r}, which can only be {', '.join(TLS)}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": more.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        # The pool looks whether a connection still lives before it hands it out, so that a database that was started
        # again is no error for anybody. Django keeps connections for no longer than a request where there is a pool.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": POOL, **more},
    }


def _mistake(address: str, why: str) -> ImproperlyConfigured:
    scheme = address.partition("://")[0][
        :20
    ]  # and no more: wherever the mistake is, the rest may hold a password
    shown = f"{scheme}://..." if "://" in address else "no address"
    return ImproperlyConfigured(f"DATABASE_URL is {shown!r}, which {why}. It can be {FORMS}.")
