"""Hands the counts of all server processes to Prometheus, at a port of its own, with what is looked up at that moment.

Each server process listens at the same port, and whichever is asked answers for all: so there is an answer for as long as one
of them lives, and nobody has to say which.
"""

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import Count
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from advisor import loader
from advisor.serving import COUNTS
from assessments.models import Delivery, Workshop
from assessments.probes import READINESS, task_rows

log = logging.getLogger("groundwork.metrics")

type StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def start() -> None:
    """Answer at the port in the settings, in a thread of this server process; not being able to is no reason not to serve."""
    if not settings.METRICS_PORT:
        return
    try:
        server = make_server(
            settings.METRICS_HOST, settings.METRICS_PORT, answer, _Listening, handler_class=_Quiet
        )
    except OSError as error:
        log.error(  # noqa: TRY400  the reason says it all
            "No metrics: cannot listen at %s, port %s (%s). Set GROUNDWORK_METRICS_PORT to another one.",
            settings.METRICS_HOST,
            settings.METRICS_PORT,
            error.strerror,
        )
        return
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()


def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The one page that there is."""
    if environ.get("PATH_INFO") != "/metrics" or environ.get("REQUEST_METHOD") != "GET":
        start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"There is only /metrics.\n"]
    try:
        page = generate_latest(registry())
    finally:
        connections.close_all()  # this thread has its own, and asks every few seconds only
    start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Cache-Control", "no-store")])
    return [page]


def registry() -> CollectorRegistry:
    """What all processes have counted, and what is looked up now."""
    found = CollectorRegistry()
    folder = os.environ.get(COUNTS)
    if folder:
        forget_the_dead(Path(folder))
        MultiProcessCollector(found)
    else:
        found.register(_Ours())
    found.register(Now())
    return found


def forget_the_dead(folder: Path) -> None:
    """Take away what a process that is gone has counted as going on; its totals stay."""
    for file in folder.glob("gauge_live*_*.db"):
        pid = int(file.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            file.unlink(missing_ok=True)
        except PermissionError:
            continue


class _Ours:
    """What this process has counted, where it is alone."""

    def collect(self) -> Iterator[Metric]:
        return (each for each in REGISTRY.collect() if each.name.startswith("groundwork_"))


class Now:
    """What the database says at this moment. Where it does not answer, that is what is told."""

    def collect(self) -> Iterator[Metric]:
        edition = GaugeMetricFamily(
            "groundwork_playbook", "The newest edition of the playbook that is installed.", labels=["edition"]
        )
        edition.add_metric([loader.editions()[-1]], 1)
        yield edition
        reasons = READINESS.reasons()
        yield GaugeMetricFamily("groundwork_ready", "Whether /readyz says yes.", value=0 if reasons else 1)
        with contextlib.suppress(DatabaseError):
            yield from looked_up()


def looked_up() -> Iterator[Metric]:
    """Three short queries."""
    rooms = Workshop.objects.filter(ended=None).count()
    yield GaugeMetricFamily("groundwork_rooms_open", "Workshops that have not ended.", value=rooms)
    due = Delivery.objects.filter(next_try__lte=timezone.now()).count()
    yield GaugeMetricFamily(
        "groundwork_messages_due", "Messages to programs that should be on their way.", value=due
    )
    rows = task_rows()
    if rows is not None:
        tasks = GaugeMetricFamily("groundwork_tasks", "Tasks in the database, by state.", labels=["state"])
        found = dict(rows.order_by().values_list("status").annotate(count=Count("pk")))
        for state in ("READY", "RUNNING", "FAILED", "SUCCESSFUL"):
            tasks.add_metric([state.lower()], found.get(state, 0))
        yield tasks


class _Quiet(WSGIRequestHandler):
    """Nobody wants to read who has looked at the counts."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the standard library calls it that
        pass


class _Listening(ThreadingMixIn, WSGIServer):
    """At a port that other processes of ours listen at too."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], *rest: Any) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, *rest)

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        # Without asking for the name of this machine, which WSGIServer would do and which may take seconds.
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]
        self.setup_environ()
