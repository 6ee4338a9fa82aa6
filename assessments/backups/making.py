"""Makes a backup, and puts one back: what is in it, what may be put where, and what has to be done afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.crypto import salted_hmac

from advisor import loader
from assessments.backups import archive, databases
from assessments.backups.archive import Manifest
from assessments.backups.databases import BackupError
from assessments.erasing import Replayed, replay
from assessments.models import Assessment

ERASED = "erased.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back, and what was done then."""

    manifest: Manifest
    migrated: int
    """Migrations that were applied since the backup is older than this code."""
    replayed: Replayed


# --- Making one -------------------------------------------------------------------------------------------------------


def make_backup(out: IO[bytes]) -> Manifest:
    """Write a backup of this moment. Others may write to the database meanwhile. Raises BackupError."""
    with _folder() as folder:
        made = timezone.now()
        parts: dict[str, Path] = {}
        parts["database"], counts = databases.dump(folder)
        if settings.ERASURES_FILE.exists():
            parts[ERASED] = settings.ERASURES_FILE
        manifest = Manifest(
            format=archive.FORMAT,
            made=made.isoformat(timespec="seconds"),
            database=connection.vendor,
            migrations=_applied(),
            editions=sorted(Assessment.objects.order_by().values_list("edition", flat=True).distinct()),
            counts=counts,
            key=fingerprint_of_key(),
            parts={},
        )
        if ERASED in parts:  # others may add a line while this is written
            parts[ERASED] = folder / ERASED
            parts[ERASED].write_bytes(settings.ERASURES_FILE.read_bytes())
        manifest.parts.update({name: archive.part_of(file) for name, file in parts.items()})
        archive.write(out, manifest, parts)
    return manifest


def fingerprint_of_key() -> str:
    """By which a backup knows whether the key is the one from then. Nobody finds the key by it."""
    return salted_hmac("groundwork.backups", "key", algorithm="sha256").hexdigest()


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there as soon as it is whole, for its owner alone. Raises BackupError where there is one already."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    if path.exists():
        raise BackupError(f"{path} is there already and is not replaced. Choose another name.")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as wrong:
        raise BackupError(f"{path} cannot be written: {wrong.strerror}.") from wrong
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.link(part, path)
    except FileExistsError as wrong:
        raise BackupError(f"{path} was made by somebody else meanwhile and is not replaced.") from wrong
    except OSError as wrong:
        raise BackupError(f"{path} cannot be written: {wrong.strerror}.") from wrong
    finally:
        part.unlink(missing_ok=True)


def _applied() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


@contextmanager
def _folder() -> Iterator[Path]:
    """A place for copies, in the data folder: nobody else can read there, and there is room for the database."""
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.DATA_DIR) as name:
        yield Path(name)


# --- Putting one back -------------------------------------------------------------------------------------------------


def restore(source: IO[bytes], *, erased: list[Path], other_key: bool = False) -> Restored:
    """Put a backup into this empty database, bring it up to date, and delete again what was deleted since.

    ``erased`` are lists of what was deleted, newer than the one in the backup. Raises BackupError before anything is changed,
    except where a program of PostgreSQL fails, and then nothing is changed either.
    """
    _check_empty()
    with _folder() as folder:
        try:
            manifest, parts = archive.read(source, folder)
        except archive.DamagedError as wrong:
            raise BackupError(f"This backup cannot be used: {wrong}.") from wrong
        _check_fits(manifest, other_key=other_key)
        lists = [each.read_text() for each in (parts.get(ERASED), *erased) if each is not None]
        databases.load(parts["database"], manifest.counts)
    _merge(lists)
    migrated = _migrate()
    return Restored(manifest=manifest, migrated=migrated, replayed=replay())


def _check_empty() -> None:
    if found := databases.rows_in_the_way():
        most = ", ".join(f"{table} {count}" for table, count in list(found.items())[:5])
        raise BackupError(
            f"This database is not empty (rows: {most}), and nothing is overwritten. Name an empty one in DATABASE_URL, or a "
            "new folder in GROUNDWORK_DATA, and restore there."
        )


def _check_fits(manifest: Manifest, *, other_key: bool) -> None:
    if manifest.database != connection.vendor:
        raise BackupError(
            f"This backup is of {manifest.database}, and DATABASE_URL names {connection.vendor}: restore into the same kind."
        )
    known = set(MigrationLoader(None).disk_migrations or ())
    newer = sorted(
        f"{app}.{name}"
        for app, names in manifest.migrations.items()
        for name in names
        if (app, name) not in known
    )
    if newer:
        raise BackupError(
            f"This backup was made by a newer Groundwork: it knows {newer[0]}, which is not known here. Install the version "
            "that made it, or a later one."
        )
    unknown = sorted(set(manifest.editions) - set(loader.editions()))
    if unknown:
        raise BackupError(
            f"This backup holds assessments under the edition {unknown[0]}, which is not in advisor/playbooks: put that folder "
            "there first."
        )
    if manifest.key != fingerprint_of_key() and not other_key:
        raise BackupError(
            "This backup was made under another secret key. Set GROUNDWORK_SECRET_KEY to the one from then, or put it into the "
            f"file secret_key in {settings.DATA_DIR}, and try again. If it is lost, --other-key restores all the same: private "
            "links that people hold go on working, but authenticator apps and the addresses of other programs have to be set "
            "up anew, and what was deleted since the backup is not recognised."
        )


def _merge(lists: list[str]) -> None:
    """Add to the list of what was deleted whatever is not on it yet."""
    file = settings.ERASURES_FILE
    own = file.read_text().splitlines() if file.exists() else []
    found = dict.fromkeys([*own, *(line for each in lists for line in each.splitlines())])
    if len(found) > len(own):
        with new_list(file) as out:
            out.write("".join(f"{line}\n" for line in found if line.strip()).encode())


@contextmanager
def new_list(file: Path) -> Iterator[IO[bytes]]:
    """The list anew, in place of the old one once it is whole."""
    part = file.with_name(f".{file.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def _migrate() -> int:
    before = sum(map(len, _applied().values()))
    call_command("migrate", interactive=False, verbosity=0)
    return sum(map(len, _applied().values())) - before
