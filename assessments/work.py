"""Work that no page waits for: put into a queue in the database, and done by workers on any machine.

Django's own tasks carry it, and django-tasks-db keeps it. What both lack is here: work that is asked for twice is done
once, work that a worker was killed over is done by another, and the page of whoever waits can say how far it is.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.dispatch import Signal
from django.tasks import Task, TaskResultStatus
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks_db.models import DBTaskResult, get_date_max

from assessments.models import Worker

KEY_SALT = "groundwork.work"

ASIDE, USUAL, SOON = -50, 0, 50
"""What is made ahead, what goes out by itself, and what somebody waits for."""

LOST_AFTER = timedelta(seconds=30)
"""A worker that was not seen for so long is gone, whatever it was doing."""
MOST_TRIES = 3
"""Work that three workers were killed over is likely to have been the reason."""
BETWEEN = timedelta(seconds=10)
"""Between two tries over which the database was the reason."""
KEPT = timedelta(days=1)
"""So long it is known what came of work that is done."""
MOST_WAITING = 200
"""Of one kind; what is asked for beyond that would come too late for whoever waits."""
ANY_NUMBER = 1_000_000
"""Of what only those ask for who are signed in or work on an assessment."""
FAILED_FOR = timedelta(minutes=1)
"""So long nobody tries again what could not be made, however often somebody clicks."""

worker_started = Signal()
"""Sent in a worker before it takes its first work, for whatever takes a while to be ready."""

log = logging.getLogger("assessments.work")


class LaterError(Exception):
    """Raised by work that cannot be done now: it goes back into the queue for so many seconds. No failure."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds:g} seconds")


class FullError(Exception):
    """So much of one kind waits already that more has to be asked for later."""


class LostError(Exception):
    """What is noted where every worker that began something was killed over it."""


# --- Asking for it ----------------------------------------------------------------------------------------------------

_NUMBER: ContextVar[UUID | None] = ContextVar("number", default=None)


def next_number() -> UUID:
    """The number of what is put into the queue now, for the settings of the queue."""
    return _NUMBER.get() or uuid4()


@contextmanager
def _numbered(number: UUID) -> Iterator[None]:
    before = _NUMBER.set(number)
    try:
        yield
    finally:
        _NUMBER.reset(before)


def number_of(task: "Task[..., Any]", name: str) -> UUID:
    """The number under which work of this name is found again; it does not give the name away."""
    digest = salted_hmac(KEY_SALT, f"{task.module_path} {name}", algorithm="sha256").digest()
    return UUID(bytes=digest[:16])


def order(
    task: "Task[..., Any]",
    name: str,
    *,
    priority: int = USUAL,
    most: int = MOST_WAITING,
    **given: Any,
) -> UUID:
    """Have this done once, however many ask for it meanwhile; its number. Five queries for what is new, else two.

    ``name`` says what is made, ``given`` is for the task: ids, and nothing that somebody typed. What was done before is
    done again, unless it has failed a moment ago. Whoever waits brings forward what was begun with less urgency. Raises
    FullError where ``most`` of its kind wait already.
    """
    number = number_of(task, name)
    same, now = DBTaskResult.objects.filter(pk=number), timezone.now()
    found = same.first()
    if found is None or found.status in {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}:
        _check_room(task, most)
    if found is None:
        try:
            with transaction.atomic(), _numbered(number):
                task.using(priority=priority).enqueue(**given)
        except IntegrityError:  # somebody else has asked for it at the same moment
            pass
        return number
    if found.status == TaskResultStatus.READY and (found.priority < priority or _is_later(found, now)):
        waiting = same.filter(status=TaskResultStatus.READY)
        waiting.update(priority=max(found.priority, priority), run_after=get_date_max())
    done = Q(status=TaskResultStatus.SUCCESSFUL) | Q(
        status=TaskResultStatus.FAILED, finished_at__lte=now - FAILED_FOR
    )
    if found.status in {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}:
        same.filter(done).update(priority=priority, args_kwargs={"args": [], "kwargs": given}, **_afresh(now))
    return number


def _afresh(now: datetime) -> dict[str, Any]:
    """What a row says of work that nobody has begun yet."""
    return {
        "status": TaskResultStatus.READY,
        "enqueued_at": now,
        "started_at": None,
        "finished_at": None,
        "run_after": get_date_max(),
        "worker_ids": [],
        "exception_class_path": "",
        "traceback": "",
    }


def _check_room(task: "Task[..., Any]", most: int) -> None:
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path)
    if waiting.count() >= most:
        raise FullError


def _is_later(row: DBTaskResult, now: datetime) -> bool:
    return now < row.run_after < get_date_max()


# --- How far it is ----------------------------------------------------------------------------------------------------

type Stage = Literal["waiting", "running", "failed", "done", "unknown"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a piece of work stands."""

    stage: Stage
    before: int = 0
    """How much is done before it, while it waits."""
    attended: bool = True
    """Whether there is anybody to do it."""
    again: datetime | None = None
    """When it is tried once more, where it waits for that."""

    @property
    def open(self) -> bool:
        """Whether something will still come of it."""
        return self.stage in {"waiting", "running"}


def progress_of(number: UUID) -> Progress:
    """One query, three while it waits."""
    found = DBTaskResult.objects.filter(pk=number).first()
    if found is None:
        return Progress("unknown")
    if found.status == TaskResultStatus.READY:
        if _is_later(found, timezone.now()):
            return Progress("waiting", again=found.run_after)
        earlier = Q(priority__gt=found.priority) | Q(
            priority=found.priority, run_after__lte=found.run_after, enqueued_at__lt=found.enqueued_at
        )
        before = DBTaskResult.objects.ready().filter(earlier).count()
        return Progress("waiting", before, bool(workers()))
    if found.status == TaskResultStatus.RUNNING:
        return Progress("running")
    return Progress("failed" if found.status == TaskResultStatus.FAILED else "done")


def counts() -> dict[str, int]:
    """How much there is by status, for whoever watches the server. One query."""
    found = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    return dict.fromkeys(TaskResultStatus.values, 0) | dict(found)


def failed() -> list[DBTaskResult]:
    """What could not be done, as long as that is kept, the newest first. One query."""
    return list(DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at"))


def once_more(row: DBTaskResult) -> bool:
    """Put into the queue again what could not be done; False where somebody else has."""
    same = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED)
    return bool(same.update(**_afresh(timezone.now())))


# --- Workers ----------------------------------------------------------------------------------------------------------


def workers() -> set[str]:
    """The names of those that were seen lately. One query."""
    return set(Worker.objects.filter(seen__gt=Now() - LOST_AFTER).values_list("name", flat=True))


def show_up(name: str) -> None:
    """This worker is alive."""
    if not Worker.objects.filter(name=name).update(seen=Now()):
        Worker.objects.get_or_create(name=name, defaults={"seen": Now(), "since": Now()})


def leave(name: str) -> None:
    """This worker ends, and gives back what it has begun."""
    give_back(name)
    Worker.objects.filter(name=name).delete()


def give_back(name: str) -> int:
    """Put into the queue what this worker has begun, as if it had not; how much."""
    mine = [each for each in DBTaskResult.objects.running() if each.worker_ids[-1:] == [name]]
    return sum(put_back(each) for each in mine)


def put_back(row: DBTaskResult, after: float = 0.0) -> bool:
    """Let another worker take it, in so many seconds; False where it is in other hands by now."""
    when = timezone.now() + timedelta(seconds=after) if after else get_date_max()
    return _held(row, TaskResultStatus.READY, run_after=when, started_at=None, worker_ids=row.worker_ids[:-1])


def try_again(row: DBTaskResult) -> bool:
    """Let it be tried again in a while, since the database could not be used; False where that was tried often enough."""
    tried = len(row.worker_ids)
    when = timezone.now() + tried * BETWEEN
    return tried < MOST_TRIES and _held(row, TaskResultStatus.READY, run_after=when, started_at=None)


def finish(row: DBTaskResult) -> bool:
    """It is done; False where it is in other hands by now."""
    return _held(row, TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())


def fail(row: DBTaskResult, error: BaseException, trace: str = "") -> bool:
    """It cannot be done. What went wrong is noted by its kind and place: the words of an error may hold an address."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return _held(
        row,
        TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=kind,
        traceback=trace,
    )


def _held(row: DBTaskResult, status: TaskResultStatus, **changes: Any) -> bool:
    """Only while it is still in the hands it was in: a worker that slept may find that another one has it."""
    same = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids)
    return bool(same.update(status=status, **changes))


def take_from_lost() -> int:
    """Give to others what workers had begun that are not seen any more; how much. Two queries where there is nothing."""
    begun = list(DBTaskResult.objects.running())
    if not begun:
        return 0
    alive, taken = workers(), 0
    for row in begun:
        if row.worker_ids[-1:] and row.worker_ids[-1] in alive:
            continue
        if len(row.worker_ids) >= MOST_TRIES:
            log.error("Work was given up after %s workers were lost over it: %s", MOST_TRIES, row.task_path)
            fail(row, LostError())
        else:
            same = DBTaskResult.objects.filter(
                pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids
            )
            taken += same.update(status=TaskResultStatus.READY, started_at=None)
    return taken


def delete_old(now: datetime) -> int:
    """Forget work that is done, and workers that never said goodbye; how much work."""
    Worker.objects.filter(seen__lte=now - KEPT).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lte=now - KEPT).delete()[0]


def is_queued() -> bool:
    """Whether there are workers at all, by the settings."""
    return bool(settings.QUEUED)
