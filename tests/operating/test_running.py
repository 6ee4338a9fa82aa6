"""The real server: what it counts, what it logs, and how it ends."""

import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.bench.server import free_port
from tests.load.serving import Server, fresh, prepared, serving

TOKEN = "HLv16v3eabcdefghijklmnopqrstuvwxyz0123456_-"


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """An installation as in production, with nothing in it."""
    with fresh("sqlite") as found:
        found |= {"GROUNDWORK_LOGS": "json", "GROUNDWORK_METRICS_PORT": str(free_port())}
        prepared(found)
        yield found


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[Server]:
    """One that the test may end."""
    with serving(environment) as found:
        yield found


@pytest.fixture(scope="module")
def lasting(environment: dict[str, str]) -> Iterator[Server]:
    """One for the next two tests, which leave it running: with a port for its counts that no other server takes."""
    with serving(environment | {"GROUNDWORK_METRICS_PORT": str(free_port())}) as found:
        yield found


def got(server: Server, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"{server.address}{path}", headers=headers)  # noqa: S310  our own address
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def counts(server: Server) -> dict[str, float]:
    """What stands at the port for Prometheus."""
    port = server.environment["GROUNDWORK_METRICS_PORT"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return {
        name: float(value) for name, _, value in (each.rpartition(" ") for each in lines if each[0] != "#")
    }


def entries(server: Server) -> list[dict[str, object]]:
    """The log so far, each line of which has to be one object."""
    return [json.loads(each) for each in server.log.read_text().splitlines()]


def test_only_the_one_page_and_only_this_machine(lasting: Server) -> None:
    port = int(lasting.environment["GROUNDWORK_METRICS_PORT"])
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60)
    assert got(lasting, "/metrics")[0] == 404
    listening = Path("/proc/net/tcp").read_text()
    assert re.search(rf"0100007F:{port:04X} 00000000:0000 0A", listening)
    assert not re.search(rf"00000000:{port:04X} 00000000:0000 0A", listening)


def test_processes_count_together_and_tell_nothing_about_anybody(lasting: Server) -> None:
    page = 'groundwork_requests_total{method="GET",status="200",view="assessments:method"}'
    for _ in range(8):  # a connection each: more than one process answers
        assert got(lasting, "/method/")[0] == 200
    assert got(lasting, f"/r/{TOKEN}")[0] == 404
    found = counts(lasting)
    assert found[page] == 8
    assert found['groundwork_request_seconds_count{view="assessments:method"}'] == 8
    assert found["groundwork_ready"] == 1
    assert found["groundwork_rooms_open"] == 0
    assert found["groundwork_saves_total"] == 0
    assert not [each for each in found if TOKEN[:10] in each or "127.0.0.1" in each]
    assert not re.search(r"\d+\.\d+\.\d+", " ".join(found))  # no versions of anything
    # When one process is gone, the other one answers, and what the first has counted stays.
    killed = lasting.workers()[0]
    os.kill(killed, signal.SIGKILL)
    found = {}
    for _ in range(20):  # the one that is going may still have taken a connection or two
        with contextlib.suppress(ConnectionError, urllib.error.URLError):
            found = counts(lasting)
            break
    assert found[page] == 8


def test_every_line_of_the_log_is_an_object_without_secrets(server: Server) -> None:
    got(server, f"/r/{TOKEN}?next=/secret-note")
    got(server, "/nowhere/%0a%7B%22level%22%3A%22forged%22%7D")
    got(server, "/privacy/", Host="evil.example.com")
    assert server.stop() == 0
    said = entries(server)
    answered = [each for each in said if each["message"] == "answered"]
    assert {"/r/...", '/nowhere/\n{"level":"forged"}', "/privacy/"} <= {each["path"] for each in answered}
    assert all(each["network"] == "127.0.0.0/24" for each in answered)
    assert all(each["level"] in {"INFO", "WARNING", "ERROR"} for each in said)
    assert TOKEN not in server.log.read_text()
    assert "secret-note" not in server.log.read_text()


def test_asked_to_end_it_finishes_what_it_has_begun(server: Server) -> None:
    """Somebody's form waits for the database while the server is asked to stop; it gets its answer."""
    page = HTTPConnection("127.0.0.1", server.port, timeout=60)
    page.request("GET", "/")
    first = page.getresponse()
    field = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', first.read().decode())
    assert field is not None
    cookie = first.headers["Set-Cookie"].partition(";")[0]
    database = sqlite3.connect(Path(server.environment["GROUNDWORK_DATA"]) / "groundwork.sqlite3", timeout=60)
    database.execute("BEGIN IMMEDIATE")  # from here on nobody else can write
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    page.request("POST", "/start/", f"csrfmiddlewaretoken={field[1]}&mode=quick", headers)
    # The two addresses answer beside it, and the database that nobody can write is named within seconds.
    begun = time.monotonic()
    assert got(server, "/livez") == (200, "ok\n")
    assert got(server, "/readyz") == (503, "database: cannot be written\n")
    assert time.monotonic() - begun < 15
    ended: list[int] = []
    ending = threading.Thread(target=lambda: ended.append(server.stop()))
    ending.start()
    while not refused(server.port):  # nothing new is let in any more
        assert ending.is_alive()
    database.rollback()
    database.close()
    assert page.getresponse().status in {302, 303}
    page.close()
    ending.join(60)
    assert ended == [0]


def test_asked_to_end_while_one_of_its_processes_starts_it_waits_for_none(server: Server) -> None:
    before = server.workers()
    os.kill(before[0], signal.SIGKILL)
    while not set(server.workers()) - set(before):  # the next one is there, and far from answering
        assert server.process.poll() is None
    assert server.stop() == 0
    assert "refused to gracefully stop" not in server.log.read_text()


def refused(port: int) -> bool:
    """Whether nobody listens there any more."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return True
    return False
