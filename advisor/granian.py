"""Starts Granian so that whatever it starts can be told to end at once: ``python -m advisor.granian ...``, as ``granian ...``."""

import os
import signal

from granian.cli import entrypoint

END = {signal.SIGTERM}


def hold_back() -> None:
    """Before a process is started: being told to end waits until that one knows what to do about it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, END)


def let_through() -> None:
    """Afterwards, in the process that has started it."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, END)


def end_when_told() -> None:
    """In the new process: SIGTERM ends it, until it listens for it itself."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    let_through()


if __name__ == "__main__":
    # Those that answer begin as copies of this process, and take a second or two to be ready. Meanwhile they would take a
    # request to end for one to this process, forget it, and be waited for half a minute.
    os.register_at_fork(before=hold_back, after_in_parent=let_through, after_in_child=end_when_told)
    entrypoint()
