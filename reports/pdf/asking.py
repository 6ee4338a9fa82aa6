"""The asking side: starts the process that PDFs are forked from, hands it the HTML and takes back the PDF."""

import contextlib
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.pdf.errors import PdfError
from reports.pdf.limits import Limits

ROOT = Path(__file__).resolve().parents[2]

# Where libraries are found on systems that keep them in unusual places, and a setting; everything else stays outside.
KEPT_VARIABLES = (
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "WEASYPRINT_DLL_DIRECTORIES",
    "GROUNDWORK_PDF_NICENESS",
)

START_SECONDS = 30.0
"""What the first PDF may wait for the process to be ready, on top of its own time."""

HEAD = struct.Struct("!II")
"""Before the HTML: how long the attachment is, and how long the logo; the two come between."""
LOGO = "report:///logo/"
"""How the HTML names the logo that travels with it. What follows is up to the page; there is only this one."""
FOOT = struct.Struct("!4siI")
"""Behind the PDF and what was said: END, the exit code of the child, and how many bytes were said."""
END = b"Done"


@dataclass(frozen=True, slots=True)
class Done:
    """How a child ended."""

    made: bytes
    said: str
    code: int | None
    """As ``subprocess`` has it: below zero for the signal that ended it. None where nobody was left to tell."""


class Template:
    """The process that PDFs are forked from. Threads may ask it at the same time.

    It ends with this object's process: the socket between them closes. In a process that was forked off, the first
    request starts another one.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._owner = 0

    def start(self) -> None:
        """Start the process where none is running. Raises PdfError."""
        with self._lock:
            self._alive()

    def stop(self) -> None:
        """End the process, and whatever it is making."""
        with self._lock:
            running, self._running = self._running, None
        if running:
            running.end()

    def ask(self, html: str, attached: bytes, limits: Limits, logo: bytes = b"") -> Done:
        """What came of this HTML. Raises PdfError where not even a child could be started, or it did not end."""
        deadline = time.monotonic() + limits.wall_seconds + START_SECONDS
        ours, theirs = socket.socketpair()
        with ours:
            with theirs, self._lock:
                running = self._alive()
                with contextlib.suppress(OSError):  # it has just ended: then nothing comes back either
                    socket.send_fds(running.control, [b"j"], [theirs.fileno()])
            head = HEAD.pack(len(attached), len(logo))
            try:
                answer = _exchange(ours, [limits.to_line(), head, attached, logo, html.encode()], deadline)
            except TimeoutError as late:
                self._forget(running)
                raise PdfError(f"no PDF after {limits.wall_seconds:g} seconds") from late
        if answer[-FOOT.size :][: len(END)] != END:
            said = running.last_words()
            self._forget(running)
            return Done(b"", said, None)
        _, code, length = FOOT.unpack(answer[-FOOT.size :])
        end = len(answer) - FOOT.size
        said = answer[end - length : end].decode(errors="replace").strip()
        return Done(answer[: end - length], said, code)

    def _alive(self) -> "_Running":
        if self._running is None or self._owner != os.getpid() or self._running.process.poll() is not None:
            if self._running is not None and self._owner == os.getpid():
                self._running.end()
            self._running, self._owner = _Running(self.command), os.getpid()
        return self._running

    def _forget(self, running: "_Running") -> None:
        """The next request starts another process."""
        with self._lock:
            if self._running is running:
                self._running = None
        running.end()


class _Running:
    """One started process, the socket to it, and the folder that is all it may write to."""

    def __init__(self, command: Sequence[str]) -> None:
        self.folder = tempfile.mkdtemp(prefix="groundwork-pdf-")
        self.control, theirs = socket.socketpair()
        self._said = Path(self.folder) / "said"
        variables = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        try:
            with theirs, self._said.open("wb") as said:
                self.process = subprocess.Popen(
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    cwd=ROOT,
                    env={**variables, "TMPDIR": self.folder},
                    # Ctrl+C is for the web server; this one ends when it has ended. A session of its own would keep Ctrl+C
                    # away as well, but Linux shares time out among sessions first: there politeness would mean nothing.
                    process_group=0,
                )
        except OSError as refused:
            self.control.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise PdfError(f"the process for the PDF did not start: {refused}") from refused
        self.end = weakref.finalize(self, _end, self.process, self.control, self.folder, os.getpid())

    def last_words(self) -> str:
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            self.process.wait(1)
            return self._said.read_text(errors="replace").strip()
        return ""


def _end(process: "subprocess.Popen[bytes]", control: socket.socket, folder: str, owner: int) -> None:
    """Take a process away with everything it left."""
    control.close()
    if os.getpid() != owner:
        return
    try:
        process.wait(1)  # it ends by itself when its socket closes
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _exchange(ours: socket.socket, parts: Sequence[bytes], deadline: float) -> bytes:
    """Send it all, and what came back. Raises TimeoutError."""

    def patience() -> float:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # what it said comes back below
        for part in parts:
            ours.settimeout(patience())
            ours.sendall(part)
        ours.shutdown(socket.SHUT_WR)
    found = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while True:
            ours.settimeout(patience())
            some = ours.recv(1 << 18)
            if not some:
                break
            found += some
    return bytes(found)
