"""A Redis or Valkey for as long as something runs; it listens at a socket only and forgets everything afterwards."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = "redis-server", "valkey-server"
REMEDY = "apt-get install redis-server"
PATIENCE = 20.0
"""Seconds until it has to answer; on a busy machine it takes one or two."""


class NoRedisError(Exception):
    """It does not start; the words say why."""


def find_redis() -> str | None:
    """The Redis to test with, if there is one."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@dataclass
class Server:
    """One that can be stopped and started again, as a machine that fails."""

    folder: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @property
    def socket(self) -> Path:
        return self.folder / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        program = find_redis()
        if program is None:
            raise NoRedisError(f"No Redis was found on this machine: {REMEDY}.")
        rules = ("--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no")
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [program, *rules, "--dir", str(self.folder)], stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise NoRedisError(f"Redis does not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """At once, without a word to anybody."""
        if self.process:
            self.process.kill()
            self.process.wait()
        self.socket.unlink(missing_ok=True)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(self.socket))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        return False


@contextlib.contextmanager
def running_redis() -> Iterator[Server]:
    """Raises NoRedisError."""
    with tempfile.TemporaryDirectory(prefix="gw-redis-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
