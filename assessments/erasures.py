"""What was deleted for good, so that a restored backup can be brought up to date.

The list holds keyed fingerprints and moments, neither addresses nor ids. It stands twice. In the database, written by
the transaction that deletes, it is one list for all machines, and no line is ever missing. In a file beside the database
it outlives a backup that is put back, which brings the database as it was before. Every machine that serves or works
copies into its own file what the others have deleted, so that any one of the files will do.
"""

import contextlib
import fcntl
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Literal

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessments.models import Erased

KEY_SALT = "groundwork.erasures"
KEPT = timedelta(days=400)
"""Longer than any backup should live; after that a line says nothing to anybody."""

LENGTH = 64
"""Characters of a fingerprint."""

type Kind = Literal["assessment", "client", "workspace", "person"]

log = logging.getLogger("assessments.erasures")


@dataclass(frozen=True, slots=True, order=True)
class Erasure:
    """One line of the list."""

    at: datetime
    kind: str
    fingerprint: str

    @property
    def line(self) -> str:
        return f"{self.at.isoformat()} {self.kind} {self.fingerprint}\n"


def record(kind: Kind, what: str) -> None:
    """Add a line with the transaction that deletes it. ``what`` is a public id or an address."""
    made = Erasure(timezone.now(), kind, fingerprint(kind, what))
    Erased.objects.create(at=made.at, kind=made.kind, fingerprint=made.fingerprint)
    # A list that cannot be written undoes no deletion; the line is in the database, and comes into the file later.
    transaction.on_commit(lambda: _append([made]), robust=True)


def fingerprint(kind: str, what: str) -> str:
    """What is written instead of an address or an id, in hexadecimal."""
    return salted_hmac(KEY_SALT, f"{kind}:{what}", algorithm="sha256").hexdigest()


def erasures(*files: Path) -> tuple[Erasure, ...]:
    """All lines in order: of the database, of this machine's file, and of those of others. Raises OSError."""
    found = {*_in_database(), *_in_file()}
    for each in files:
        with each.open(encoding="utf-8", errors="replace") as file:
            found.update(_read(file))
    return tuple(sorted(found))


class Copying:
    """Copies into this machine's file what other machines have deleted; only what is new since it last looked."""

    OVERLAP = timedelta(hours=1)
    """So far before that it looks again: a long transaction is seen late."""
    AT_FIRST = timedelta(days=1)
    """The same when a process starts, from the last line of the file on."""

    def __init__(self) -> None:
        self._seen: datetime | None = None

    def write_down(self) -> int:
        """How many lines were missing. One query. A file that cannot be written is told in the log, and tried again."""
        now, missing = timezone.now(), []
        try:
            since = self._seen - self.OVERLAP if self._seen else _end_of_file() - self.AT_FIRST
            if found := {Erasure(*each) for each in _rows().filter(at__gt=since)}:
                with _opened() as file:
                    missing = sorted(found - set(_tail(file, since)))
                    _add(file, missing)
        except OSError as error:
            log.error("The list of deletions beside the database cannot be written: %s", error)  # noqa: TRY400  the reason says it all
            return 0
        self._seen = now
        return len(missing)


COPYING = Copying()
"""That of this process."""


def take_over(listed: Iterable[Erasure]) -> int:
    """Copy into the database what it does not have, after a restore; how many lines."""
    missing = sorted(set(listed) - set(_in_database()))
    rows = (Erased(at=each.at, kind=each.kind, fingerprint=each.fingerprint) for each in missing)
    Erased.objects.bulk_create(rows, ignore_conflicts=True)
    return len(missing)


def forget_old(now: datetime) -> int:
    """Take the lines away that no backup is as old as; how many of the file."""
    Erased.objects.filter(at__lte=now - KEPT).delete()
    if not settings.ERASURES_FILE.exists():
        return 0
    with _opened() as file:
        file.seek(0)
        found = list(_read(file))
        kept = [each for each in found if each.at > now - KEPT]
        if len(kept) < len(found):
            file.seek(0)
            file.writelines(each.line for each in kept)
            file.truncate()
    return len(found) - len(kept)


def _rows() -> QuerySet[Erased, tuple[datetime, str, str]]:
    return Erased.objects.values_list("at", "kind", "fingerprint")


def _in_database() -> Iterator[Erasure]:
    return (Erasure(*each) for each in _rows().iterator())


def _in_file() -> tuple[Erasure, ...]:
    if not settings.ERASURES_FILE.exists():
        return ()
    with _opened() as file:
        file.seek(0)
        return tuple(_read(file))


def _end_of_file() -> datetime:
    """The moment of the last line; long ago where there is none."""
    if settings.ERASURES_FILE.exists():
        with _opened() as file:
            if last := list(_tail(file, timezone.now())):
                return last[-1].at
    return timezone.now() - 2 * KEPT


def _append(made: Iterable[Erasure]) -> None:
    with _opened() as file:
        _add(file, made)


def _add(file: IO[str], made: Iterable[Erasure]) -> None:
    end = file.seek(0, os.SEEK_END)
    if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
        file.write("\n")  # what broke off takes no line with it
    file.writelines(each.line for each in made)
    file.flush()
    os.fsync(file.fileno())


def _tail(file: IO[str], since: datetime) -> Sequence[Erasure]:
    """The end of a list that may be long, from before this moment on: lines stand about in the order of their moments."""
    end, length = file.seek(0, os.SEEK_END), 1 << 16
    while True:
        start = max(0, end - length)
        lines = os.pread(file.fileno(), end - start, start).decode(errors="replace").splitlines()
        found = list(_read(lines[1:] if start else lines))
        if not start or (found and found[0].at < since - Copying.OVERLAP):
            return found
        length *= 4


def _read(lines: Iterable[str]) -> Iterator[Erasure]:
    for line in lines:
        at, kind, digest = [*line.split(), "", "", ""][:3]
        if len(digest) != LENGTH:  # a machine that stopped in the middle leaves a line that names nothing
            continue
        with contextlib.suppress(ValueError):
            yield Erasure(datetime.fromisoformat(at), kind, digest)


@contextmanager
def _opened() -> Iterator[IO[str]]:
    """The list, for one process at a time; made if there is none, for nobody else on this machine."""
    handle = os.open(settings.ERASURES_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
