"""Forms that arrive letter by letter keep no page from anybody."""

import http.client
import importlib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from assessments.management.commands.serve import THREADS
from tests.load.serving import Server, fresh, prepared, serving

SLOW = 60
HEAD = (
    b"POST /start/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrf=" + b"t" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ncsrf"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with fresh("sqlite") as environment:
        prepared(environment)
        with serving(environment | {"TASKS": "database"}) as running:  # without what makes PDFs
            yield running


def status_of(server: Server, method: str, path: str, body: str | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    token = "t" * 32
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={token}"}
    connection.request(method, path, f"csrfmiddlewaretoken={token}&{body}" if body else None, sent)
    status = connection.getresponse().status
    connection.close()
    return status


def test_one_thread_is_left(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path  # which is looked for when the module is loaded
    assert importlib.import_module("advisor.wsgi").READERS == THREADS - 1 > 0


def test_pages_come_while_forms_do_not(server: Server) -> None:
    with ExitStack() as slow:
        for _ in range(SLOW):
            slow.enter_context(socket.create_connection(("127.0.0.1", server.port))).sendall(HEAD)
        assert [status_of(server, "GET", "/privacy/") for _ in range(10)] == [200] * 10
        assert status_of(server, "POST", "/start/", "mode=quick") in (303, 503)
    assert status_of(server, "POST", "/start/", "mode=quick") == 303, "as soon as they are gone"
    assert status_of(server, "POST", "/start/", "mode=quick&note=" + "x" * 100_000) == 303


def test_many_whole_forms_at_once_are_all_taken(server: Server) -> None:
    with ThreadPoolExecutor(40) as people:
        found = list(people.map(lambda _: status_of(server, "POST", "/start/", "mode=quick"), range(120)))
    assert found == [303] * 120
