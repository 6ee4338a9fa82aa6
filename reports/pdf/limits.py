"""How much one PDF may take, and how a process is cut off from everything else."""

import contextlib
import json
import os
import resource
import signal
from dataclasses import asdict, dataclass

OPEN_FILES = 64
NICENESS = 15
"""How far PDFs stand back behind everything else; GROUNDWORK_PDF_NICENESS says otherwise."""
LIBRARY_MISSING = 3
"""The exit code that says: pango cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one PDF may take; a process that wants more is ended by the system."""

    wall_seconds: float = 45.0
    cpu_seconds: int = 30
    memory_bytes: int = 1024**3

    def to_line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "Limits":
        return cls(**json.loads(line))


def seal() -> None:
    """Cut this process off from the network, as far as the system allows it, and let everything else go first."""
    os.nice(int(os.environ.get("GROUNDWORK_PDF_NICENESS", NICENESS)))
    with contextlib.suppress(AttributeError, OSError):  # Linux only, and not in every container
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


def hold_to(limits: Limits) -> None:
    """From here on this process is ended when it takes more than that."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)
    wanted = {
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, limit in wanted.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows RLIMIT_AS but refuses to set it
            resource.setrlimit(kind, (limit, limit))
