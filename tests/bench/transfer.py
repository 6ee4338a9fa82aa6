"""How much goes over the wire, as a browser counts it: the first visit with all its files, and a later step."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.server import running_server
from tests.bench.table import Row
from tests.conftest import CHROMIUM

TITLE = "Over the wire"
MOST_FIRST = 150_000
MOST_STEP = 8_000
STEPS = 6
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def measure() -> list[Row]:
    """Bytes, headers included. Nothing is measured where there is no Chromium."""
    if CHROMIUM is None:
        return [Row(name="not measured: there is no Chromium", value="", unit="")]
    with running_server() as address, _browser() as browser:
        first = first_visit(browser, address)
        step = largest_step(browser, address)
    return [
        _row("first visit, all files included", sum(first.values()), MOST_FIRST),
        _row("its fonts", sum(size for url, size in first.items() if url.endswith(".woff2")), None),
        _row(f"a later step, the largest of {STEPS}", step, MOST_STEP),
    ]


def first_visit(browser: Browser, address: str) -> dict[str, int]:
    """What a browser that was never here before fetches for the landing page, by address."""
    with _visitor(browser, address) as (_, sizes):
        return dict(sizes)


def largest_step(browser: Browser, address: str, steps: int = STEPS) -> int:
    """Bytes of an answer sent and of the next question, the most that a step took."""
    with _visitor(browser, address) as (page, sizes):
        page.locator("form[action='/start/'] button[type=submit]").first.click()
        _open_first_question(page)
        largest = 0
        for _ in range(steps):
            sizes.clear()
            _answer(page)
            largest = max(largest, sum(sizes.values()))
        return largest


# --- In the browser ---------------------------------------------------------------------------------------------------


@contextmanager
def _browser() -> Iterator[Browser]:
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def _visitor(browser: Browser, address: str) -> Iterator[tuple[Page, dict[str, int]]]:
    """A new visitor on the landing page, and the bytes of everything that was fetched, by address."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sizes = _counted(page)
    page.goto("/", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    yield page, sizes
    context.close()


def _counted(page: Page) -> dict[str, int]:
    """Fills while the page loads: what the network has delivered, compressed and with headers."""
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def add(request: str, size: float) -> None:
        name = names.get(request, request)
        sizes[name] = sizes.get(name, 0) + int(size)

    def sent(event: dict[str, Any]) -> None:
        if redirect := event.get("redirectResponse"):
            add(event["requestId"], redirect["encodedDataLength"])
        names[event["requestId"]] = event["request"]["url"]

    watcher = page.context.new_cdp_session(page)
    watcher.send("Network.enable")
    watcher.on("Network.requestWillBeSent", sent)
    watcher.on("Network.loadingFinished", lambda event: add(event["requestId"], event["encodedDataLength"]))
    return sizes


def _open_first_question(page: Page) -> None:
    page.wait_for_url("**/a/*/**")
    home = page.url.split("/a/")[1].split("/")[0]
    page.goto(f"/a/{home}/q/stated/", wait_until="networkidle")


def _answer(page: Page) -> None:
    before = page.url
    if page.locator("#number").count():
        page.fill("#number", "2")
    else:
        page.locator("fieldset .card input").first.check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state("networkidle")


def _row(name: str, size: int, most: int | None) -> Row:
    return Row(
        name=name,
        value=f"{size / 1000:.1f}",
        unit="kB",
        promise=f"{most / 1000:g} or less" if most else "",
        kept=size <= most if most else None,
    )
