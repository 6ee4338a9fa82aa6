"""What was deleted for good, written down beside the database, so that a restored backup can be brought up to date.

The list holds keyed fingerprints and moments, neither addresses nor ids. It lies outside the database because a backup
that is put back brings the database as it was before.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

KEY_SALT = "groundwork.erasures"
KEPT = timedelta(days=400)
"""Longer than any backup should live; after that a line says nothing to anybody."""

LENGTH = 64
"""Characters of a fingerprint."""

type Kind = Literal["assessment", "client", "workspace", "person"]


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the list."""

    at: datetime
    kind: str
    fingerprint: str


def record(kind: Kind, what: str) -> None:
    """Have a line added once the transaction that deletes it is through. ``what`` is a public id or an address."""
    line = f"{timezone.now().isoformat()} {kind} {fingerprint(kind, what)}\n"
    transaction.on_commit(
        lambda: _append(line), robust=True
    )  # a list that cannot be written undoes no deletion


def fingerprint(kind: str, what: str) -> str:
    """What is written instead of an address or an id, in hexadecimal."""
    return salted_hmac(KEY_SALT, f"{kind}:{what}", algorithm="sha256").hexdigest()


def erasures() -> tuple[Erasure, ...]:
    """All lines in order; none where nothing was ever deleted."""
    if not settings.ERASURES_FILE.exists():
        return ()
    with _opened() as file:
        return tuple(_read(file))


def forget_old(now: datetime) -> int:
    """Take the lines away that no backup is as old as; how many."""
    if not settings.ERASURES_FILE.exists():
        return 0
    with _opened() as file:
        found = list(_read(file))
        kept = [each for each in found if each.at > now - KEPT]
        if len(kept) < len(found):
            file.seek(0)
            file.writelines(f"{each.at.isoformat()} {each.kind} {each.fingerprint}\n" for each in kept)
            file.truncate()
    return len(found) - len(kept)


def _append(line: str) -> None:
    with _opened() as file:
        end = file.seek(0, os.SEEK_END)
        if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
            file.write("\n")  # what broke off takes no line with it
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _read(file: IO[str]) -> Iterator[Erasure]:
    file.seek(0)
    for line in file:
        at, kind, digest = [*line.split(), "", "", ""][:3]
        if len(digest) == LENGTH:  # a machine that stopped in the middle leaves a line that names nothing
            yield Erasure(datetime.fromisoformat(at), kind, digest)


@contextmanager
def _opened() -> Iterator[IO[str]]:
    """The list, for one process at a time; made if there is none, for nobody else on this machine."""
    handle = os.open(settings.ERASURES_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
