"""/csp-reports/: what browsers kept a page from doing, one line in the log each, and never more than a little."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from assessments import violations
from assessments.models import Counter

pytestmark = pytest.mark.django_db

ADDRESS = "/csp-reports/"
OLD = {
    "csp-report": {
        "document-uri": "https://groundwork.example.com/a/abc/result/?budget=300000",
        "effective-directive": "img-src",
        "violated-directive": "img-src 'self' data:",
        "blocked-uri": "https://elsewhere.example/pixel.png?who=ann#x",
        "line-number": 12,
        "script-sample": "never written",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {"documentURL": "https://groundwork.example.com/", "effectiveDirective": "script-src", "blockedURL": "inline"},
    },
    {"type": "csp-violation", "body": {"documentURL": "https://another.example/"}},
]  # fmt: skip


class Said(logging.Handler):
    """Every message as it was written, the newest last."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What was written to the log."""
    handler = Said()
    violations.log.addHandler(handler)
    yield handler.lines
    violations.log.removeHandler(handler)


def send(body: Any, kind: str = "application/csp-report", client: Client | None = None, **more: Any) -> int:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    answer = (client or Client(enforce_csrf_checks=True)).post(ADDRESS, text, content_type=kind, **more)
    assert not answer.content
    assert not answer.cookies
    return answer.status_code


def test_every_page_says_where_reports_go() -> None:
    assert settings.SECURE_CSP["report-uri"] == [ADDRESS]
    assert f"report-uri {ADDRESS}" in Client().get("/").headers["Content-Security-Policy"]


def test_a_report_is_one_line_without_what_stands_behind_the_question_mark(said: list[str]) -> None:
    assert send(OLD) == 204
    assert [json.loads(each.partition(": ")[2]) for each in said] == [
        {
            "page": "https://groundwork.example.com/a/abc/result/",
            "rule": "img-src",
            "blocked": "https://elsewhere.example/pixel.png",
            "at": "12",
        }
    ]


def test_of_the_new_form_the_first_report_counts(said: list[str]) -> None:
    assert send(NEW, "application/reports+json") == 204
    assert len(said) == 1
    assert '"rule": "script-src"' in said[0]


def test_it_can_write_no_second_line_and_colour_no_terminal(said: list[str]) -> None:
    evil = 'img-src\r\n2026-01-01 ERROR root: forged\x1b[31m\x00\u2028\u202e" , "x": "'
    assert (
        send(
            {"csp-report": {"effective-directive": evil, "blocked-uri": "http://[::1", "document-uri": evil}}
        )
        == 204
    )
    assert len(said) == 1
    assert said[0].isascii()
    assert said[0].isprintable()


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "[[]]", "3", "null", '"x"', '{"csp-report": 3}', '{"body": []}', "[" * 3000, b"\xff\xfe", '{"csp-report": {"document-uri": {"a": 1}, "blocked-uri": [1]}}'],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_report_is_no_line_and_no_error(said: list[str], body: str | bytes) -> None:
    assert send(body) in (204, 400)
    assert not [each for each in said if "http" in each]


def test_a_long_one_is_refused_unread(said: list[str]) -> None:
    assert send({"csp-report": {"blocked-uri": "x" * violations.LARGEST}}) == 400
    assert send(OLD, CONTENT_LENGTH="99999999999999") == 400
    assert send(OLD, CONTENT_LENGTH="-1") == 400
    assert not said
    assert not Counter.objects.exists()
    assert send({"csp-report": {"blocked-uri": "x" * 3000}}) == 204
    assert len(said[0]) < 300


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_another_kind_of_body_is_none(said: list[str], kind: str) -> None:
    assert send(json.dumps(OLD), kind) == 400
    assert not said


def test_one_network_and_all_together_fill_no_log(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(violations, "FROM_ONE", 2)
    monkeypatch.setattr(violations, "FROM_ALL", 3)
    for _ in range(4):
        assert send(OLD, REMOTE_ADDR="198.51.100.7") == 204
    assert len(said) == 2
    for last in range(4):
        assert send(OLD, REMOTE_ADDR=f"203.0.113.{last}") == 204
    assert len(said) == 3


def test_it_is_nothing_to_look_at() -> None:
    assert Client().get(ADDRESS).status_code == 405
