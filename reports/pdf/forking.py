"""The process that PDFs are forked from: it loads everything once, and each PDF is made in a child that then ends.

So limits hold for each PDF, a crash ends that one only, nothing of one report is left for the next, and memory never
grows. It has one thread, no environment and no network, and it ends when the web process does.
"""

import contextlib
import gc
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable
from typing import IO

from reports.pdf.asking import END, FOOT, HEAD
from reports.pdf.limits import LIBRARY_MISSING, Limits, hold_to, seal

type Write = Callable[[str, bytes, bytes], bytes]
"""HTML, attachment and logo to PDF."""

HANDLES = 256
"""More than this process ever has open."""
ASKED_WITHIN = 60
"""Seconds."""
SAID_AT_MOST = 4000
"""Bytes of what a child said that are passed on."""


def serve(prepare: Callable[[], Write]) -> int:
    """Fork a child for whatever comes by standard input, until that closes."""
    seal()
    control = socket.socket(fileno=0)
    write = _prepared(prepare)
    gc.collect()
    gc.freeze()
    gc.disable()  # a child ends before a collection would pay
    wake, woken = socket.socketpair()
    woken.setblocking(False)
    signal.set_wakeup_fd(woken.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children: dict[int, tuple[socket.socket, IO[bytes]]] = {}
    with selectors.DefaultSelector() as waiting:
        waiting.register(control, selectors.EVENT_READ)
        waiting.register(wake, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is wake:
                    wake.recv(1024)
                    _reap(children)
                elif not _take(control, write, children):
                    return _leave(children)


def _prepared(prepare: Callable[[], Write]) -> Write:
    """What makes the PDFs; where that cannot be had, what ends each child with the reason."""
    try:
        return prepare()
    except Exception as caught:  # noqa: BLE001  (each request shall hear of it)
        problem = caught

    def refuse(*_: object) -> bytes:
        raise problem

    return refuse


def _take(control: socket.socket, write: Write, children: dict[int, tuple[socket.socket, IO[bytes]]]) -> bool:
    """Fork a child for the next request; False when there will be none any more."""
    try:
        message, handles, _, _ = socket.recv_fds(control, 1, 1)
    except ConnectionResetError:
        return False
    if not message:
        return False
    job = socket.socket(fileno=handles[0])
    said = tempfile.TemporaryFile()  # noqa: SIM115  (closed when the child has ended)
    child = os.fork()
    if child == 0:
        os.dup2(job.fileno(), 0)
        os.dup2(said.fileno(), 2)
        os.closerange(3, HANDLES)  # what others are making is out of reach
        os._exit(_make(socket.socket(fileno=0), write))
    children[child] = job, said
    return True


def _make(job: socket.socket, write: Write) -> int:
    """In the child: one PDF, and the exit code."""
    try:
        signal.alarm(ASKED_WITHIN)  # until its own limits have arrived
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with job.makefile("rb") as coming:
            hold_to(Limits.from_line(coming.readline()))
            attached, logo = (coming.read(each) for each in HEAD.unpack(coming.read(HEAD.size)))
            html = coming.read().decode()
        job.sendall(write(html, attached, logo))
    except BaseException as problem:  # noqa: BLE001  (nothing may get back into the loop of the parent)
        if isinstance(problem, OSError) and "cannot load library" in str(problem):
            from reports.checks import REMEDY

            sys.stderr.write(f"No PDF can be made here: {str(problem).splitlines()[0]}. {REMEDY}\n")
            code = LIBRARY_MISSING
        else:
            with contextlib.suppress(BaseException):
                traceback.print_exception(problem)
            code = 1
    else:
        code = 0
    with contextlib.suppress(BaseException):
        sys.stderr.flush()
    return code


def _reap(children: dict[int, tuple[socket.socket, IO[bytes]]]) -> None:
    """Tell how the children ended that have ended."""
    for child in list(children):
        found, status = os.waitpid(child, os.WNOHANG)
        if not found:
            continue
        job, said = children.pop(child)
        with job, said, contextlib.suppress(OSError):  # whoever asked may have gone
            said.seek(max(0, said.seek(0, os.SEEK_END) - SAID_AT_MOST))
            words = said.read()
            job.settimeout(1)
            job.sendall(words + FOOT.pack(END, os.waitstatus_to_exitcode(status), len(words)))


def _leave(children: dict[int, tuple[socket.socket, IO[bytes]]]) -> int:
    for child in children:
        os.kill(child, signal.SIGKILL)
    shutil.rmtree(os.environ.get("TMPDIR", ""), ignore_errors=True)
    return 0
