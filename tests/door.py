"""The door of the server that tests run: whether requests come in, and whether any are still inside."""

from threading import Condition, current_thread, main_thread
from typing import Any

from django.core.signals import request_finished, request_started

PATIENCE = 30
"""Seconds."""


class Door:
    """Closed between the end of a journey and the beginning of the next test.

    A page that goes may send something with its last breath, and the tables are emptied meanwhile, all at once: request
    and test would wait for each other without end, until PostgreSQL throws one of the two out.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._open, self._inside = True, 0
        request_started.connect(self._come_in)
        request_finished.connect(self._go_out)

    def open(self) -> None:
        with self._changed:
            self._open = True
            self._changed.notify_all()

    def close(self) -> None:
        """Let nothing in any more, and wait until all that is inside is done."""
        with self._changed:
            self._open = False
            assert self._changed.wait_for(lambda: not self._inside, PATIENCE), "the server is still at work"

    def _come_in(self, **_: Any) -> None:
        if current_thread() is main_thread():  # a test that is its own browser
            return
        with self._changed:
            self._changed.wait_for(lambda: self._open, PATIENCE)
            self._inside += 1

    def _go_out(self, **_: Any) -> None:
        if current_thread() is main_thread():
            return
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()


DOOR = Door()
