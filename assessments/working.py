"""A worker: takes work from the queue, does it, shows that it is alive, and ends without losing anything."""

import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction
from django.dispatch import Signal
from django.tasks.base import DEFAULT_TASK_BACKEND_ALIAS, TaskContext
from django.tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from assessments import erasures, work

NICENESS = 5
"""Pages go first where both run on one machine; PDFs stand back further by themselves."""
LOOKS_AFTER = 3
"""Every so many signs of life it looks for what others have lost, and copies the list of deletions."""
LEFT_TO_GIVE_UP = 1
"""Seconds for what was begun when the worker is told twice: a mail server that does not answer would hear of it too."""
MOST_SECONDS = 300
"""Nothing we do takes so long; whatever does is stuck."""
LEFT_TO_FINISH = 8
"""Seconds that what was begun may still take when the worker is told to end. Docker kills after ten."""
AWAY = (OperationalError, InterfaceError)
"""What a database says that does not answer, or that somebody else holds."""
AWAY_SECONDS = 2.0
"""Then it is asked again."""

log = logging.getLogger("assessments.work")


class _EndsNow(BaseException):
    """What is being done has to stop: it goes back, and the worker ends."""


class _Stuck(BaseException):
    """What is being done takes longer than anything may."""


class Working:
    """One worker. ``run`` returns when it was told to end, or as the arguments say; signals reach the main thread only."""

    SHOWS_UP = 5.0
    """Seconds between two signs of life."""

    def __init__(
        self, name: str, *, interval: float = 0.5, until_empty: bool = False, most: int | None = None
    ) -> None:
        self.name = name
        self.interval = interval
        self.until_empty = until_empty
        self.most = most
        self.done = 0
        self._ends = threading.Event()
        self._gone = threading.Event()
        self._busy = False

    # --- Its life -----------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until the end. While the database is away it waits for that."""
        before = self._heed_signals()
        beside = threading.Thread(target=self._show_up, name="shows-up", daemon=True)
        beside.start()
        try:
            while not self._ends.is_set():
                try:
                    self._begin()
                    while not self._ends.is_set():
                        self._one()
                except AWAY as error:
                    log.warning(
                        "The database does not answer, so work waits: %s", " ".join(str(error).split())
                    )
                    connections.close_all()
                    self._ends.wait(AWAY_SECONDS)
        finally:
            self._gone.set()
            beside.join()
            self._leave()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _begin(self) -> None:
        work.show_up(self.name)
        work.give_back(self.name)  # what it was doing when the database went away
        work.take_from_lost()

    def _leave(self) -> None:
        try:
            work.leave(self.name)
        except AWAY:
            log.warning("The database is away; what was begun goes to another worker later.")

    def _one(self) -> None:
        """Do what comes first, or wait for a moment."""
        row = self._take()
        if row is None:
            if self.until_empty:
                self._ends.set()
            self._ends.wait(self.interval)
            return
        self._do(row)
        self.done += 1
        if self.done == self.most:
            self._ends.set()

    def _take(self) -> DBTaskResult | None:
        ready = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
        if not ready.exists():  # looking takes no lock
            return None
        with transaction.atomic():
            row = ready.get_locked()
            if row is not None:
                row.claim(self.name)
        return row

    # --- One piece of work --------------------------------------------------------------------------------------------

    def _do(self, row: DBTaskResult) -> None:
        try:
            self._busy = True
            signal.alarm(LEFT_TO_FINISH if self._ends.is_set() else MOST_SECONDS)
            self._call(row)
            signal.alarm(0)
        except work.LaterError as later:
            work.put_back(row, later.seconds)
        except _EndsNow:
            signal.alarm(0)  # nothing comes between from here on
            connections.close_all()  # it may have been in the middle of a sentence
            log.warning("Work was given back, since this worker has to end: %s", row.task_path)
            work.put_back(row)
        except AWAY as error:
            connections.close_all()
            work.show_up(
                self.name
            )  # raises the same again where the database is away: then it is given back later
            if not work.try_again(row):
                work.fail(row, error)
                self._told(task_finished, row)
        except (Exception, _Stuck) as error:  # noqa: BLE001  whatever it is, the worker goes on
            connections.close_all()
            work.fail(row, error, "".join(traceback.format_tb(error.__traceback__)))
            self._told(task_finished, row)  # which Django writes into the log, with the error
        else:
            work.finish(row)
            self._told(task_finished, row)
        finally:
            signal.alarm(0)
            self._busy = False

    def _call(self, row: DBTaskResult) -> None:
        self._told(task_started, row)
        result = row.task_result
        context: list[Any] = [TaskContext(task_result=result)] if result.task.takes_context else []
        result.task.call(*context, *result.args, **result.kwargs)

    def _told(self, which: Signal, row: DBTaskResult) -> None:
        row.refresh_from_db()
        which.send(type(row.task.get_backend()), task_result=row.task_result)

    # --- Signs of life ------------------------------------------------------------------------------------------------

    def _show_up(self) -> None:
        """In a thread of its own, since work may take longer than a worker may be out of sight."""
        times = 0
        while not self._gone.wait(self.SHOWS_UP):
            times += 1
            try:
                work.show_up(self.name)
                if times % LOOKS_AFTER == 0:
                    work.take_from_lost()
                    erasures.COPYING.write_down()
            except (DatabaseError, InterfaceError):
                pass  # said where work is done; without signs of life another worker would take that
            finally:
                connections.close_all()

    # --- Signals ------------------------------------------------------------------------------------------------------

    def _heed_signals(self) -> dict[signal.Signals, Any]:
        """What was done with them before."""
        wanted: dict[signal.Signals, Callable[[int, FrameType | None], None]] = {
            signal.SIGTERM: self._told_to_end,
            signal.SIGINT: self._told_to_end,
            signal.SIGALRM: self._time_is_up,
        }
        return {number: signal.signal(number, handler) for number, handler in wanted.items()}

    def _told_to_end(self, _number: int, _frame: FrameType | None) -> None:
        if self._ends.is_set() and self._busy:
            signal.alarm(LEFT_TO_GIVE_UP)
            raise _EndsNow
        self._ends.set()
        if self._busy:
            log.warning("This worker ends; what it has begun may take %s seconds more.", LEFT_TO_FINISH)
            signal.alarm(LEFT_TO_FINISH)

    def _time_is_up(self, _number: int, _frame: FrameType | None) -> NoReturn:
        if self._ends.is_set():
            raise _EndsNow
        raise _Stuck


def stand_back() -> None:
    """Let pages on the same machine go first."""
    os.nice(NICENESS)
