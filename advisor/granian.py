"""Starts Granian so that whatever it starts can be told to end at once: ``python -m advisor.granian ...``, as ``granian ...``."""

import os
import signal

from granian.cli import entrypoint


def end_when_told() -> None:
    """In a new process: SIGTERM ends it, until it listens for it itself."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


if __name__ == "__main__":
    # Those that answer begin as copies of this process, and take a second or two to be ready. Meanwhile they would take a
    # request to end for one to this process, forget it, and be waited for half a minute.
    os.register_at_fork(after_in_child=end_when_told)
    entrypoint()
