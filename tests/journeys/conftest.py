"""Browsers for journeys, the people who use them, and what they all have in common."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.access import SESSION_KEY
from assessments.accounts.models import User
from assessments.links import link_of
from assessments.models import Assessment
from tests.door import DOOR
from tests.factories import answered_like
from tests.journeys.inspection import SPREAD_TEXT
from tests.journeys.person import WAYS, Person, Visit, WithoutScripts

ANSWERS = re.compile(r"status of (403|404|409|410|422|429)|Response Status Error Code (403|404|410)")
"""The browser and htmx log these answers as errors; for pages they are part of the conversation, for files never."""

OVERTAKEN = re.compile(r"htmx:(sendAbort|afterRequest)")
"""What htmx says when somebody goes on while a save is under way: going on sends everything once more."""

STAGED = re.compile(r"status of (500|503)|Error Code (500|503)|net::ERR_|htmx:(sendError|timeout)")
"""What they say to a lost server, which never happens unless a journey plays it."""

PATIENCE = 30_000
"""Milliseconds. A journey waits for what comes, and no longer than it takes; a core that is busy makes it late, not wrong."""

expect.set_options(timeout=PATIENCE / 2)

REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", event =>
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""

REPORT_POINTERS = """addEventListener("pointerdown", () => console.error("a pointer was used"), true);"""


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Visit]:
    """Opens a page in a browser of its own. Whatever the browser complains about fails the journey.

    Without a path the browser stands ready, with no page yet. ``session`` is the key of a session that it has from the
    start. ``staged`` says that the journey will play a lost server; ``clock`` lets it pass the time; ``spread`` sets text as
    wide as people may wish; ``no_pointer`` forbids the mouse.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        path: str | None = "/",
        *,
        session: str = "",
        staged: bool = False,
        clock: bool = False,
        spread: bool = False,
        no_pointer: bool = False,
        **options: Any,
    ) -> Page:
        def note(message: ConsoleMessage) -> None:
            text, address = message.text, message.location.get("url", "")
            file_missing = "status of" in text and "/static/" in address
            expected = ANSWERS.search(text) or OVERTAKEN.search(text) or (staged and STAGED.search(text))
            if message.type in {"error", "warning"} and (file_missing or not expected):
                complaints.append(f"{text} ({address})")

        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        if spread:
            context.add_init_script(SPREAD_TEXT)
        if no_pointer:
            context.add_init_script(REPORT_POINTERS)
        if clock:
            context.clock.install()
        context.on("console", note)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        if session:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        if path is not None:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    DOOR.close()
    assert not complaints


@pytest.fixture(params=WAYS, ids=lambda each: each.way)
def way(request: pytest.FixtureRequest) -> type[Person]:
    """Every journey is made in each of the ways in which people use the site."""
    if request.param is WithoutScripts and request.node.get_closest_marker("scripts"):
        pytest.skip("about what scripts do")
    used: type[Person] = request.param
    return used


@pytest.fixture
def person(way: type[Person], visit: Visit) -> Person:
    """Somebody on the landing page."""
    return way.at(visit)


def enter(visit: Visit, assessment: Assessment, path: str = "/privacy/", **options: Any) -> Page:
    """A page in a browser that may work on the assessment."""
    page = visit(None, session=holding(assessment), **options)
    go(page, assessment, path)
    return page


def holding(assessment: Assessment) -> str:
    """The key of a session that may work on the assessment."""
    session = SessionStore()
    session[SESSION_KEY] = {assessment.public_id: assessment.link_number}
    session.save()
    return str(session.session_key)


def signed_in(user: User) -> str:
    """The key of a session in which somebody is signed in, past the form."""
    browser = Client()
    browser.force_login(user)
    return str(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def sign_in(page: Page, user: User) -> None:
    """Sign somebody in in this browser, past the form."""
    address = "/".join(page.url.split("/")[:3])
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": signed_in(user), "url": address}]
    )


def go(page: Page, assessment: Assessment, path: str) -> None:
    """Open one of the assessment's pages, or another one by its full path."""
    if path == "link":
        path = link_of(assessment)
    answer = page.goto(path if path.startswith("/") else f"/a/{assessment.public_id}/{path}")
    assert answer is not None
    assert answer.status == (404 if path == "/nowhere/" else 200)


@pytest.fixture
def tallis(transactional_db: None) -> Assessment:
    """A bottleneck on the second floor, three live models above it, and everything answered."""
    return answered_like("tallis-software", "Tallis Software")
