"""In a real browser: what was typed at the desk runs nowhere, and what the policy stops is reported."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from assessments.violations import log
from tests.assessments.test_violations import Said
from tests.factories import AssessmentFactory
from tests.journeys.conftest import holding, signed_in, visit
from tests.journeys.desks import furnish, pages_of
from tests.journeys.person import Visit
from tests.security.test_scripts import ROUNDS, type_everywhere

__all__ = ["visit"]


@pytest.fixture
def reported() -> Iterator[list[str]]:
    """What browsers told this server that the policy has stopped."""
    handler = Said()
    log.addHandler(handler)
    yield handler.lines
    log.removeHandler(handler)


@pytest.mark.long
def test_nothing_that_was_typed_runs_at_the_desk(
    visit: Visit, transactional_db: None, reported: list[str]
) -> None:
    user = furnish(workspace="Keller", client="Harrow", unit="Pumps")
    pages = pages_of(user)
    page = visit(None, session=signed_in(user))
    lured: list[str] = []
    page.on("dialog", lambda dialog: lured.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            lured.append(request.url) if "/pwn" in request.url or "e.example" in request.url else None
        ),
    )
    page.add_init_script("window.pwn = () => fetch('/pwn')")
    for number, path in enumerate(pages):
        type_everywhere(2 * (number % ROUNDS))
        page.goto(path)
    assert lured == []
    assert reported == []


def test_a_picture_of_another_server_is_kept_out_and_reported(
    browser: Browser, live_server: LiveServer, transactional_db: None, reported: list[str]
) -> None:
    assessment = AssessmentFactory()
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sid", "value": holding(assessment), "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/a/{assessment.public_id}/scope/")
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        picture = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/pixel.png?who=ann"
        with page.expect_request("**/csp-reports/") as told:
            page.evaluate("src => document.body.append(Object.assign(new Image(), {src}))", picture)
        answer = told.value.response()
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
    assert answer is not None
    assert answer.status == 204
    assert len(reported) == 1
    assert '"rule": "img-src"' in reported[0]
    assert "who=ann" not in reported[0]
    context.close()
