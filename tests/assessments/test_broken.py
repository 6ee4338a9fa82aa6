"""Something breaks that nobody has foreseen: on every page our own words and nothing else, and no half of an act is stored."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment
from tests.assessments.conftest import Open
from tests.assessments.test_access_table import MAY, World
from tests.assessments.test_queries import (
    ANSWERED,
    AT_THE_DESK,
    FORMS,
    QUERIES,
    QUESTIONED,
    STATUS,
    address_of,
    at_the_desk,
    name_in,
)
from tests.assessments.test_queries import assessment as assessment  # noqa: PLC0414  # a fixture
from tests.factories import ClientFactory

SECRET = "the words of a mistake"
BESIDE = {"counter", "session", "usersession", "contenttype", "permission"}
"""What is counted or noted for itself, whatever becomes of the rest."""


def broken(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """A middleware below which every view breaks."""

    def middleware(request: HttpRequest) -> Any:
        return get_response(request)

    def process_view(request: HttpRequest, *_: Any) -> None:
        raise RuntimeError(SECRET)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


@pytest.mark.django_db
def test_a_mistake_in_a_view_shows_our_own_page_and_is_written_down(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    world = World()
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.assessments.test_broken.broken"]
    browser = Client(raise_request_exception=False)
    for name in MAY:
        address = world.address_of(name)
        for ask in (browser.get, browser.post):
            caplog.clear()
            answer = ask(address, headers={"Origin": "http://testserver"})
            page = answer.content.decode()
            assert answer.status_code == 500, address
            assert "Something broke on our side" in page, address
            assert SECRET not in page
            assert "Traceback" not in page
            assert answer["X-Request-ID"] in page, "the reference"
            assert "no-store" in answer["Cache-Control"]
            (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
            assert record.exc_info is not None, address
            assert SECRET in str(record.exc_info[1])


def stored() -> dict[str, list[Any]]:
    """Every row there is, by kind."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.model_name not in BESIDE
    }


ACTS = [
    line
    for line in QUERIES
    if line.startswith("POST") and STATUS.get(line, 303) < 400 and line != "POST assessments:webhook_test"
]


@pytest.mark.parametrize("line", ACTS)
def test_no_half_of_an_act_is_stored(line: str, assessment: Assessment, browser_of: Open) -> None:
    if line == "POST assessments:recheck":
        assessment.answers.filter(question=ANSWERED).update(value=0)
    if line.endswith("assessments:share"):
        assessment.client, assessment.kept_by_client = ClientFactory(), True
        assessment.save()
    browser = browser_of(assessment)
    if name_in(line) in AT_THE_DESK:
        at_the_desk(browser, line)
    browser.raise_request_exception = False
    address = address_of(line, assessment) + QUESTIONED.get(line, "")
    form = FORMS.get(line, {"assessment": assessment.public_id})
    cookies = browser.cookies.copy()
    with CaptureQueriesContext(connection) as taken, transaction.atomic():
        browser.post(address, form)
        transaction.set_rollback(True)
    writes = [each["sql"] for each in taken.captured_queries if _writes(each["sql"])]
    if len(writes) < 2:
        return  # one statement is stored whole or not at all
    before, left = stored(), [len(writes)]

    def fail_at_the_last(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        left[0] -= _writes(sql)
        if left[0] == 0 and _writes(sql):
            raise RuntimeError(SECRET)
        return execute(sql, *more)

    browser.cookies = cookies
    with connection.execute_wrapper(fail_at_the_last):
        answer = browser.post(address, form)
    assert answer.status_code == 500
    assert SECRET not in answer.content.decode()
    assert stored() == before


def _writes(sql: str) -> bool:
    """Whether a statement changes a row that matters."""
    return sql.startswith(("INSERT", "UPDATE", "DELETE")) and not re.match(
        r'\w+ (INTO |FROM )?"?\w*(counter|session|shared_cache)', sql
    )
