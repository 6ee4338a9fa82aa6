"""Where faults are injected: a server with data of its own, on SQLite or on a PostgreSQL that can be stopped."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.fault import NotHereError, Where
from tests.load import serving
from tests.postgres import Postgres, own_postgres


@dataclass
class Place:
    """An installation with its tables made."""

    environment: dict[str, str]
    postgres: Postgres | None = None

    @property
    def data(self) -> Path:
        return Path(self.environment["GROUNDWORK_DATA"])

    @property
    def sqlite(self) -> Path:
        return self.data / "groundwork.sqlite3"


@contextlib.contextmanager
def place(where: Where, *, within: Path | None = None, ready: bool = True, **more: str) -> Iterator[Place]:
    """Data of its own in a new folder ``within``, and a database that keeps its word when it is killed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GROUNDWORK_") and name not in {"DATABASE_URL", "CACHE_URL", "TASKS"}
    }
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="groundwork-fault-", dir=within, ignore_cleanup_errors=True)
        )
        # What is made there is for nobody but its owner; the database is owned by somebody else.
        environment = {**kept, "GROUNDWORK_DATA": folder, "PYTHONDONTWRITEBYTECODE": "", **more}
        postgres = None
        if where.db == "postgres":
            postgres = stack.enter_context(own_postgres(lasting=True, within=within))
            environment["DATABASE_URL"] = postgres.address
        made = Place(environment, postgres)
        if ready:
            serving.prepared(environment)
        yield made


@contextlib.contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk in memory that is full after so many megabytes."""
    with tempfile.TemporaryDirectory(prefix="groundwork-disk-") as folder:
        disk = Path(folder, "disk")
        disk.mkdir()
        Path(folder).chmod(0o755)  # PostgreSQL is somebody else
        command = [
            str(shutil.which("mount")),
            "-t",
            "tmpfs",
            "-o",
            f"size={megabytes}m,mode=755",
            "tmpfs",
            str(disk),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as refused:
            raise NotHereError(
                "a small disk cannot be mounted: that takes root, and a container that may mount"
            ) from refused
        try:
            yield disk
        finally:
            subprocess.run([str(shutil.which("umount")), "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Write a file until nothing more fits, not a single byte; where it is."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return filler
