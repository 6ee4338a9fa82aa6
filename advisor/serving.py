"""Keeps the web server running, and ends it in good order: ``python -m advisor.serving [--drain SECONDS] COMMAND ...``.

``manage.py serve`` turns into this. It knows the standard library only, so that the process that watches is a small one. It
starts the command; starts it again if it dies; and when asked to stop (SIGTERM, or Ctrl+C) it first lets ``/readyz`` say so, waits
for balancers to notice, and only then asks the server to end, which lets running requests finish.
"""

import argparse
import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

RUN_DIR = "GROUNDWORK_RUN_DIR"
"""Names the folder of this run to the server processes: their counts lie there, and the word that all is about to end."""
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
"""The same for the library that counts."""
ENDING = "ending"

PATIENCE = 40.0
"""Seconds that the server may take to end: the thirty that a request may take, and some."""
TOO_SOON = 10.0
"""Who ends within so many seconds of the very first start has something wrong that another start does not mend."""
TRIES, WITHIN = 5, 300.0
"""So many new starts within so many seconds; then whoever started us is told, and has other means."""
PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Seconds before the first new start, the second, ..."""

STOP = frozenset({signal.SIGTERM, signal.SIGINT})
SIGNALS = (*STOP, signal.SIGHUP, signal.SIGCHLD)
PARENT_DIED = 1
"""PR_SET_PDEATHSIG of Linux' prctl."""


class Keeper:
    """One server, for as long as it is wanted."""

    def __init__(self, command: list[str], *, folder: Path, drain: float) -> None:
        self.command, self.folder, self.drain = command, folder, drain
        self._starts: list[float] = []
        # Python itself writes each signal to this pipe, which is read in one place: so none comes at a moment that nobody
        # thought of, and none is missed between looking and waiting.
        self._heard, heard = os.pipe()
        os.set_blocking(heard, False)
        signal.set_wakeup_fd(heard)
        for each in SIGNALS:
            signal.signal(each, lambda *_: None)

    def run(self) -> int:
        """Until it is asked to stop: 0 where everything ended by itself in time."""
        while True:
            server = self._start()
            if self._wait(server):
                return self._end(server)
            self._sweep(server)
            lately = [each for each in self._starts if time.monotonic() - each < WITHIN]
            if len(self._starts) == 1 and time.monotonic() - self._starts[0] < TOO_SOON:
                return server.returncode if server.returncode > 0 else 1
            if len(lately) > TRIES:
                say(f"The server ended {len(lately)} times within {WITHIN:.0f} seconds: giving up.")
                return 1
            say(f"The server ended by itself (code {server.returncode}) and is started again.")
            if self._asked_within(PAUSES[min(len(lately), len(PAUSES)) - 1]):
                return 0

    def _next(self, seconds: float | None = None) -> int | None:
        """The next signal; None where there is none for so many seconds."""
        if not select.select([self._heard], [], [], seconds)[0]:
            return None
        return os.read(self._heard, 1)[0]

    def _start(self) -> "subprocess.Popen[bytes]":
        self._starts.append(time.monotonic())
        return subprocess.Popen(
            self.command,
            env=os.environ | {RUN_DIR: str(self.folder), COUNTS: str(self.folder)},
            process_group=0,  # Ctrl+C is for this process, which then asks the server to end
            preexec_fn=_not_to_be_left_behind,  # noqa: PLW1509  this process has one thread
        )

    def _wait(self, server: "subprocess.Popen[bytes]") -> bool:
        """Until the server ends, or somebody asks for it; whether somebody did."""
        while server.poll() is None:
            heard = self._next()
            if heard in STOP:
                return True
            if heard == signal.SIGHUP and server.poll() is None:
                server.send_signal(signal.SIGHUP)  # its processes are replaced, one after the other
        return False

    def _asked_within(self, seconds: float) -> bool:
        """Whether somebody asks for the end meanwhile; asked is waited for no longer."""
        until = time.monotonic() + seconds
        while (heard := self._next(max(until - time.monotonic(), 0))) is not None:
            if heard in STOP:
                return True
        return False

    def _end(self, server: "subprocess.Popen[bytes]") -> int:
        """Have it end; 0 if it did in time."""
        (self.folder / ENDING).touch()
        self._asked_within(self.drain)  # asked twice is now
        with contextlib.suppress(ProcessLookupError):
            server.terminate()
        try:
            code = server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            say(f"The server did not end within {PATIENCE:.0f} seconds and was killed.")
            code = 1
        self._sweep(server)
        return 0 if code in {0, -signal.SIGTERM} else 1

    def _sweep(self, server: "subprocess.Popen[bytes]") -> None:
        """Kill what is left of the server: its processes would go on answering, unseen, beside those of the next start."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _not_to_be_left_behind() -> None:
    """In the new process, before it becomes the server: it ends when the one that watches is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)


def say(words: str) -> None:
    """Tell whoever reads the log, in the form of all other entries."""
    if os.environ.get("GROUNDWORK_LOGS", "").strip().lower() == "json":
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = {"time": now, "level": "ERROR", "logger": "groundwork.serving", "message": words}
        words = json.dumps(entry)
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m advisor.serving")
    parser.add_argument("--drain", type=float, default=0.0)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="groundwork-run-"))
    try:
        return Keeper(given.command, folder=folder, drain=given.drain).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
