"""Answers whoever watches this server: is it up (/livez), and can it do its work (/readyz)?

A balancer asks by address, without a name that we know, and inside the network without TLS. So both are answered before anything
looks at the host or leads over to https://, and nothing of what was sent is in the answer. They say no more than a stranger
may know: no versions, no names, no addresses.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from advisor.serving import ENDING, RUN_DIR
from assessments import playbooks
from assessments.models import Counter

SCRATCH = "readyz"
"""The row that is written: among the counters, whose other keys are 64 hexadecimal digits."""
MOST_WAITING = 10_000
"""Tasks in the queue. More, and taking on new work helps nobody."""
PATIENCE = 2.0
"""Seconds that the database may take; whoever asks us waits seldom longer than five."""
BELIEVED = 1.0
"""Seconds for which an answer holds, so that asking often costs nothing."""

log = logging.getLogger("groundwork.probes")

type View = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: View) -> View:
    """Answer the two addresses, and pass on everything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/livez":
            return _told(request, [])
        if request.path_info == "/readyz":
            return _told(request, READINESS.reasons())
        return get_response(request)

    return middleware


def _told(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    """200 and "ok", or 503 and one reason a line."""
    request.is_probe = True  # type: ignore[attr-defined]
    if reasons:
        log.warning("Not ready: %s", "; ".join(reasons))
    allowed = request.method in {"GET", "HEAD"}
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}
    response = HttpResponse(
        "\n".join([*(reasons or ["ok"]), ""]),
        content_type="text/plain; charset=utf-8",
        status=503 if reasons else 200 if allowed else 405,
        headers=headers if allowed else {**headers, "Allow": "GET, HEAD"},
    )
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  Django would tell it once more, as an error
    return response


class Readiness:
    """What keeps this process from doing its work, looked up by one thread at a time and at most once a second."""

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._found: list[str] = ["not looked yet"]
        self._until = 0.0

    def reasons(self) -> list[str]:
        """One sentence each; none where all is well."""
        if is_ending():
            return ["ending: this server was asked to stop"]
        if time.monotonic() < self._until:
            return self._found
        if not self._looking.acquire(timeout=PATIENCE):
            return ["database: has not answered yet"]
        try:
            if time.monotonic() >= self._until:  # nobody else has looked in the meantime
                self._found = list(obstacles())
                self._until = time.monotonic() + BELIEVED
            return self._found
        finally:
            self._looking.release()


READINESS = Readiness()


def is_ending() -> bool:
    """Whether ``manage.py serve`` was asked to stop: it leaves a file beside the counts."""
    folder = os.environ.get(RUN_DIR, "")
    return folder != "" and (Path(folder) / ENDING).exists()


def obstacles() -> Iterator[str]:
    """What is wrong, in the order in which one would look."""
    try:
        write_scratch()
    except DatabaseError:
        yield "database: cannot be written"
        return
    if not SCHEMA.is_complete():
        yield "migrations: not all are applied; run manage.py migrate"
        return
    try:
        playbooks.current()
    except (LookupError, OSError, ValueError):
        yield "playbook: cannot be read; run python -m advisor check"
    if tasks_waiting() > MOST_WAITING:
        yield f"tasks: more than {MOST_WAITING} wait; is a worker running?"


def write_scratch() -> None:
    """Write one row, and wait for no lock longer than PATIENCE. Raises DatabaseError."""
    connection.ensure_connection()
    with _impatient():
        now = timezone.now()
        Counter.objects.update_or_create(key=SCRATCH, defaults={"count": 1, "ends": now + timedelta(days=1)})


class _impatient:  # noqa: N801  used like a function
    """For as long as it lasts the database gives up early."""

    def __enter__(self) -> None:
        self._tell(
            f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}", f"SET statement_timeout = {int(PATIENCE * 1000)}"
        )

    def __exit__(self, *_: object) -> None:
        try:
            usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
            self._tell(f"PRAGMA busy_timeout = {usual}", "RESET statement_timeout")
        except DatabaseError:
            connection.close()  # whoever comes next gets another one

    def _tell(self, sqlite: str, postgresql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)


class Schema:
    """Whether every migration of this code is applied. Once that is so it stays so for as long as the process lives."""

    def __init__(self) -> None:
        self._complete = False

    def is_complete(self) -> bool:
        if not self._complete:
            try:
                executor = MigrationExecutor(connection)
                self._complete = not executor.migration_plan(executor.loader.graph.leaf_nodes())
            except DatabaseError:
                return False
        return self._complete


SCHEMA = Schema()


def tasks_waiting() -> int:
    """How many wait, and no more than are too many; none where tasks are done at once."""
    rows = task_rows()
    return rows.filter(status="READY").order_by()[: MOST_WAITING + 1].count() if rows is not None else 0


def task_rows() -> QuerySet[Model] | None:
    """The tasks in the database; None where nothing keeps any."""
    app = next((each for each in apps.get_app_configs() if each.name == "django_tasks_db"), None)
    return app.get_model("DBTaskResult")._default_manager.all() if app else None  # noqa: SLF001  as Django names it
