"""The server as it is shipped, on a free port, with data of its own; and what it costs."""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.error import URLError

from tests.bench.server import ROOT, free_port
from tests.postgres import running_postgres

PATIENCE = 90
"""Seconds that a start or an end may take on a busy machine."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """Groundwork while it runs."""

    process: "subprocess.Popen[bytes]"
    port: int
    environment: dict[str, str]
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[int]:
        """The processes that answer requests, the oldest first: children of the server, which is a child of its keeper."""
        found = [each for server in own_children(self.process.pid) for each in own_children(server)]
        return sorted((each for each in found if b"granian" in file_of(each, "cmdline")), key=_started)

    def cpu_seconds(self) -> float:
        """What all its processes have used so far."""
        return sum(_cpu(each) for each in (self.process.pid, *children(self.process.pid)))

    def megabytes(self) -> float:
        """What all its processes hold, with what they share counted once."""
        return sum(_megabytes(each) for each in (self.process.pid, *children(self.process.pid)))

    def memory(self) -> list[tuple[str, float, float]]:
        """Of each of its processes: what it is, what it holds, and what of that is its own; in MB."""
        return [
            (_kind(each, self.process.pid), _megabytes(each, b"Rss:"), _megabytes(each, b"Pss:"))
            for each in (self.process.pid, *children(self.process.pid))
        ]

    def stop(self) -> int:
        """Ask it to end, as whoever installs a new version does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End every process of it at once, as a machine does that loses its power."""
        for each in (self.process.pid, *children(self.process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def complaints(self) -> list[str]:
        """What it has said that is no greeting."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [each for each in lines if "ERROR" in each or "Traceback" in each or "Error:" in each]


@contextlib.contextmanager
def fresh(kind: str) -> Iterator[dict[str, str]]:
    """The environment of an installation without any data, on "sqlite" or "postgres"."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GROUNDWORK_") and name != "DATABASE_URL"
    }
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="groundwork-load-"))
        environment = {**kept, "GROUNDWORK_DATA": folder, "PYTHONDONTWRITEBYTECODE": ""}
        if kind == "postgres":
            environment["DATABASE_URL"] = stack.enter_context(running_postgres())
        yield environment


def prepared(environment: dict[str, str]) -> None:
    """Make the tables and what else a first start needs; what Django checks before, the server checks as well."""
    if "DATABASE_URL" in environment:
        _make(environment)
    else:
        shutil.copytree(_made_once(), environment["GROUNDWORK_DATA"], dirs_exist_ok=True)


@cache
def _made_once() -> Path:
    """The data folder of an installation on SQLite that is as good as new, for as long as this process lives."""
    keeping = contextlib.ExitStack()
    atexit.register(keeping.close)
    environment = keeping.enter_context(fresh("sqlite"))
    _make(environment)
    return Path(environment["GROUNDWORK_DATA"])


def _make(environment: dict[str, str]) -> None:
    for command in (("migrate",), ("collectstatic", "--no-input")):
        manage(environment, *command, "--verbosity", "0", "--skip-checks")


def manage(environment: dict[str, str], *command: str) -> None:
    """Run one of the commands of this installation."""
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)


@contextlib.contextmanager
def serving(
    environment: dict[str, str],
    *,
    port: int | None = None,
    command: Sequence[str] = (sys.executable, "manage.py", "serve"),
    folder: Path = ROOT,
) -> Iterator[Server]:
    """Groundwork as ``make run`` serves it; it is stopped afterwards, if it has not been.

    ``command`` may start it in another way, and ``folder`` be that of another release.
    """
    port, log = port or free_port(), Path(environment["GROUNDWORK_DATA"], "server.log")
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, port, environment, log)
    try:
        _wait_for(server)
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def _wait_for(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.address}/privacy/", timeout=5):  # noqa: S310  # our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{server.log.read_text(errors='replace')[-3000:]}")


# --- What /proc says ------------------------------------------------------------------------------------------------------


def own_children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            found += [int(each) for each in (task / "children").read_text().split()]
    return found


def children(pid: int) -> list[int]:
    return [each for child in own_children(pid) for each in (child, *children(child))]


def file_of(pid: int, name: str) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_bytes()
    return b""


def _started(pid: int) -> int:
    fields = file_of(pid, "stat").rpartition(b")")[2].split()
    return int(fields[19]) if fields else 0


def _cpu(pid: int) -> float:
    """With what its children have used that have ended: a PDF is made by one that lives for a second."""
    fields = file_of(pid, "stat").rpartition(b")")[2].split()
    return sum(int(each) for each in fields[11:15]) / TICKS if fields else 0.0


def busy_seconds() -> float:
    """What everything on this machine has used of its cores since it started."""
    user, nice, system = (int(each) for each in _file_text("/proc/stat").split()[1:4])
    return (user + nice + system) / TICKS


def _file_text(path: str) -> str:
    with contextlib.suppress(OSError):
        return Path(path).read_text()
    return "cpu 0 0 0"


def _kind(pid: int, server: int) -> str:
    """What a process is for, by its command and its parent's."""
    command, parent = (
        file_of(pid, "cmdline"),
        int((file_of(pid, "stat").rpartition(b")")[2].split() or [0, 0])[1]),
    )
    if b"reports.pdf" in command:
        return (
            "a PDF being made"
            if b"reports.pdf" in file_of(parent, "cmdline")
            else "what PDFs are forked from"
        )
    if pid == server:
        return "what starts the server processes"
    return "a server process" if b"granian" in command else "another process"


def _megabytes(pid: int, which: bytes = b"Pss:") -> float:
    """With ``Pss:`` what processes share counts as a part of each."""
    for line in file_of(pid, "smaps_rollup").splitlines():
        if line.startswith(which):
            return int(line.split()[1]) / 1024
    return 0.0
