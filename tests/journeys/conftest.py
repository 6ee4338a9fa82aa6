"""Browsers for journeys: with and without JavaScript, and what they all have in common."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer
from pytest_playwright_axe import Axe

type Visit = Callable[..., Page]

EXPECTED = re.compile(r"status of (404|409|422)")
"""The browser logs these answers as errors; they are part of the conversation."""

STAGED = re.compile(r"status of 503|Error Code (404|503)|ERR_CONNECTION_FAILED|htmx:(sendError|afterRequest)")
"""What it says to a lost server, which never happens unless a journey plays it."""


@pytest.fixture
def visit(page: Page, live_server: LiveServer, transactional_db: None) -> Iterator[Visit]:
    """Opens a page in a browser of its own. Whatever the browser complains about fails the journey."""
    browser = page.context.browser
    assert browser is not None
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        expected = EXPECTED.search(message.text) or STAGED.search(message.text)
        if message.type in {"error", "warning"} and not expected:
            complaints.append(message.text)

    def open_page(path: str = "/", **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def broken_rules(page: Page) -> list[tuple[str, list[str]]]:
    """The rules of axe that this page breaks, and where."""
    found = Axe().run(page, html_report_generated=False, json_report_generated=False)["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def answer_first(page: Page) -> str:
    """Give the question on this page its first answer; returns the address it leads to."""
    if page.locator("#number").count():
        page.fill("#number", "2")
    else:
        page.locator("fieldset .card input").first.check()
    return press_continue(page)


def press_continue(page: Page) -> str:
    before = page.url
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: url != before)
    return page.url
