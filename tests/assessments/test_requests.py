"""What is noted of every request, and the page for mistakes of ours."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as conf
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from prometheus_client import REGISTRY

from advisor.logs import EXTRA, Json
from advisor.urls import handler500  # noqa: F401  this module stands in for it below
from advisor.urls import urlpatterns as ours
from assessments.requests import note_requests

TOKEN = "HLv16v3eabcdefghijklmnopqrstuvwxyz0123456_-"


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"broke at /r/{TOKEN} for ana@example.com")


def asks_for_nonsense(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    return HttpResponse()


def finds_no_database(request: HttpRequest) -> HttpResponse:
    elsewhere = {
        **connection.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/nowhere/at/all.sqlite3",
    }
    DatabaseWrapper({**elsewhere, "OPTIONS": {}}).ensure_connection()
    return HttpResponse()


urlpatterns = [
    path("unreachable/", finds_no_database, name="unreachable"),
    path("breaks/", breaks, name="breaks"),
    path("nonsense/", asks_for_nonsense, name="nonsense"),
    *ours,
]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What the log says of each request, as in production."""
    with caplog.at_level(logging.INFO, "groundwork.requests"):
        yield caplog


def told(lines: pytest.LogCaptureFixture) -> dict[str, Any]:
    """The one line about a request."""
    found = [each.__dict__.get(EXTRA) for each in lines.records if each.name == "groundwork.requests"]
    assert len(found) == 1
    return dict(found[0])


@pytest.mark.django_db
def test_a_request_leaves_one_line_with_what_an_operator_needs(
    client: Client, lines: pytest.LogCaptureFixture
) -> None:
    client.get(f"/r/{TOKEN}?note=secret", REMOTE_ADDR="203.0.113.77")
    about = told(lines)
    assert about.pop("ms") >= 0
    assert about == {
        "method": "GET", "path": "/r/...", "view": "assessments:resume", "status": 404, "network": "203.0.113.0/24",
    }  # fmt: skip


def test_the_answer_carries_the_id_that_the_log_has(client: Client, lines: pytest.LogCaptureFixture) -> None:
    given = client.get("/privacy/").headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", given)
    assert given != client.get("/privacy/").headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("hops", "sent", "kept"),
    [
        (1, "a-request.of_the-proxy", True),
        (0, "a-request.of_the-proxy", False),  # nobody of ours stands before it
        (1, "short", False),
        (1, "x" * 65, False),
        (1, 'with a space and "quotes"', False),
        (1, "línea-de-registro", False),
    ],
)
def test_an_id_is_taken_over_from_our_proxy_alone(
    client: Client, settings: Any, hops: int, sent: str, kept: bool
) -> None:
    settings.PROXY_HOPS = hops
    assert (client.get("/privacy/", headers={"X-Request-ID": sent}).headers["X-Request-ID"] == sent) is kept


@pytest.mark.urls("tests.assessments.test_requests")
def test_page_and_log_of_a_mistake_have_the_same_reference(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.setFormatter(Json())
    response = Client(raise_request_exception=False).get("/breaks/")
    page, given = response.content.decode(), response.headers["X-Request-ID"]
    assert response.status_code == 500
    assert given in page
    assert "broke at" not in page
    assert "Traceback" not in page
    entries = [json.loads(each) for each in caplog.text.splitlines()]
    (entry,) = [each for each in entries if "exception" in each]
    assert entry["request_id"] == given
    assert "broke at /r/... for ...@..." in entry["exception"]
    assert TOKEN not in caplog.text


@pytest.mark.urls("tests.assessments.test_requests")
def test_where_even_the_page_cannot_be_made_two_sentences_remain(settings: Any) -> None:
    settings.TEMPLATES = [{**conf.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    response = Client(raise_request_exception=False).get("/breaks/")
    assert response.status_code == 500
    assert response.headers["Content-Type"].startswith("text/plain")
    assert f"Reference: {response.headers['X-Request-ID']}" in response.content.decode()


def count(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_requests_are_counted_by_page_and_never_by_address(client: Client) -> None:
    labels = {"view": "assessments:privacy", "method": "GET", "status": "200"}
    before = count("groundwork_requests_total", **labels)
    client.get("/privacy/")
    assert count("groundwork_requests_total", **labels) == before + 1
    before = count("groundwork_requests_total", view="none", method="other", status="404")
    client.generic("BREW", "/tea/for/two/")
    assert count("groundwork_requests_total", view="none", method="other", status="404") == before + 1


@pytest.mark.django_db
@pytest.mark.urls("tests.assessments.test_requests")
def test_what_the_database_refuses_is_counted_once() -> None:
    def errors() -> float:
        kinds = ("OperationalError", "ProgrammingError")
        return sum(count("groundwork_database_errors_total", kind=each) for each in kinds)

    before = errors()
    Client(raise_request_exception=False).get("/nonsense/")
    assert errors() == before + 1


def test_what_screens_hear_every_two_seconds_is_counted_and_not_told(
    lines: pytest.LogCaptureFixture, rf: Any
) -> None:
    def nothing_new(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)

    before = count("groundwork_requests_total", view="none", method="GET", status="204")
    note_requests(nothing_new)(rf.get("/w/x/state/"))
    assert count("groundwork_requests_total", view="none", method="GET", status="204") == before + 1
    assert not [each for each in lines.records if each.name == "groundwork.requests"]


@pytest.mark.django_db
@pytest.mark.urls("tests.assessments.test_requests")
def test_a_connection_that_cannot_be_made_is_counted_as_well() -> None:
    before = count("groundwork_database_errors_total", kind="OperationalError")
    assert Client(raise_request_exception=False).get("/unreachable/").status_code == 503
    assert count("groundwork_database_errors_total", kind="OperationalError") == before + 1
