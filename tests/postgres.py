"""A PostgreSQL for as long as something runs: ``python -m tests.postgres COMMAND ...``, or ``running_postgres()``."""

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDERS = "/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"
PROGRAMS = "createdb", "initdb", "pg_ctl", "postgres"
REMEDY = "apt-get install postgresql (macOS: brew install postgresql@17)"
OLDEST = 15
"""What Django 6.1 needs."""
USER = "groundwork"


class NoPostgresError(Exception):
    """There is no PostgreSQL on this machine, or it does not start; the words say what to do."""


@dataclass
class Postgres:
    """A server of one's own, which can go away and come back."""

    address: str
    """The DATABASE_URL of an empty database in it."""
    data: Path
    _pg_ctl: Path
    _who: dict[str, Any]
    _started: tuple[str, ...]

    def start(self) -> None:
        _run(self._who, self._pg_ctl, *self._started, "start")

    def stop(self, mode: str = "immediate") -> None:
        """End it; "immediate" is as good as pulling the plug."""
        _run(self._who, self._pg_ctl, "-D", str(self.data), "-m", mode, "stop")

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """The DATABASE_URL of an empty database, in a server that forgets everything afterwards."""
    with own_postgres() as server:
        yield server.address


@contextlib.contextmanager
def own_postgres(*, lasting: bool = False, within: Path | None = None) -> Iterator[Postgres]:
    """A server with an empty database that listens at a socket only, in a new folder ``within``.

    Nothing is written through to the disk: it is as quick as it can be, and no place for data. A ``lasting`` one writes
    before it acknowledges, so that it keeps its word when it is killed.
    """
    bin_folder = _bin_folder()
    with tempfile.TemporaryDirectory(prefix="gw-pg-", dir=within, ignore_cleanup_errors=True) as folder:
        data, log = Path(folder, "data"), Path(folder, "log")
        who = _somebody_else(Path(folder))
        # Words are put into order as people do, not by the numbers of their letters: what PostgreSQL mostly does elsewhere.
        order = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
        _run(who, bin_folder / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync", *order)
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        if not lasting:
            settings += " -c synchronous_commit=off -c full_page_writes=off"
        started = ("-D", str(data), "-l", str(log), "-w", "-o", settings)
        address = f"postgres://{USER}@/{USER}?host={folder}"
        server = Postgres(address, data, bin_folder / "pg_ctl", who, started)
        server.start()
        try:
            _run(who, bin_folder / "createdb", "-h", folder, "-U", USER, USER)
            yield server
        finally:
            with contextlib.suppress(NoPostgresError) if lasting else contextlib.nullcontext():
                server.stop()


def _bin_folder() -> Path:
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    for pattern in FOLDERS:
        found += sorted(Path("/").glob(pattern.removeprefix("/")), key=_version, reverse=True)
    for each in found:
        if all((each / name).exists() for name in PROGRAMS) and _version(each) >= OLDEST:
            return each
    raise NoPostgresError(f"No PostgreSQL from {OLDEST} up was found on this machine: {REMEDY}.")


def _version(bin_folder: Path) -> int:
    try:
        said = subprocess.run(
            [bin_folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", said.stdout)
    return int(number[0]) if number else 0


def _somebody_else(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; in a container that is who we are."""
    if os.geteuid() != 0:
        return {}
    person = next(each for each in map(_account, ("postgres", "nobody")) if each is not None)
    os.chown(folder, person.pw_uid, person.pw_gid)
    folder.chmod(0o755)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def _account(name: str) -> pwd.struct_passwd | None:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name)
    return None


def _run(who: dict[str, Any], *command: str | Path) -> None:
    done = subprocess.run(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **who,
    )
    if done.returncode:
        raise NoPostgresError(
            f"PostgreSQL does not start: {Path(command[0]).name} said {done.stdout.strip()}"
        )


def main(command: list[str]) -> int:
    """Run a command against a PostgreSQL of its own; its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # or the server would stay behind
    try:
        with running_postgres() as address:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": address}, check=False).returncode
    except NoPostgresError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
