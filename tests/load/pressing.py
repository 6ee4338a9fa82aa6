"""Asks a running server for one kind of page after the other, as fast as it answers; for some seconds and no longer.

A process of its own: it reads a Pressure from standard input as JSON, and writes what happened to standard output.
"""

import asyncio
import itertools
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.load.browsing import Answer, Browser

SECRET = "0123456789abcdefghijklmnopqrstuv"
"""What a browser's cookie holds against foreign forms; as a field it is its own token."""
HOME = re.compile(r"/a/[^/]+/")
STEPS = ("dv_ci", "dv_cd", "dv_env", "dv_obs", "dv_chg", "dv_own")
"""Questions that are asked of everybody, one after the other."""
AMOUNTS = itertools.count(500)
PATIENCE = 90.0
"""Seconds: a PDF lets everything else on a machine go first."""
FAIR = {200, 204, 302, 303}


@dataclass(frozen=True, slots=True)
class Pressure:
    """``kind`` is a page of PAGES, asked for over so many ``lines`` at once; ``sessions`` are those that may open ``home``."""

    host: str
    port: int
    kind: str
    seconds: float
    lines: int
    session: str
    home: str
    """Where an assessment with every question answered is."""


type Ask = Callable[[], Awaitable[Answer]]
type Prepare = Callable[[Browser, Pressure], Awaitable[Ask]]


async def press(pressure: Pressure) -> dict[str, object]:
    """How long each answer took, and what the answers were."""
    seconds: list[float] = []
    statuses: Counter[str] = Counter()

    def note(kind: str, answer: Answer) -> None:
        if kind == "counted":
            statuses[str(answer.status)] += 1
            seconds.append(answer.seconds)

    browsers = [Browser(pressure.host, pressure.port, note, patience=PATIENCE) for _ in range(pressure.lines)]
    asks = [await PAGES[pressure.kind](each, pressure) for each in browsers]
    begun = time.monotonic()
    until = begun + pressure.seconds
    before = time.process_time()

    async def go_on(ask: Ask) -> None:
        while time.monotonic() < until:
            await ask()

    await asyncio.gather(*(go_on(each) for each in asks))
    took = time.monotonic() - begun
    for each in browsers:
        each.close()
    return {
        "seconds": sorted(seconds),
        "statuses": statuses,
        "wrong": {status: count for status, count in statuses.items() if int(status) not in FAIR},
        "took": took,
        "cpu": (time.process_time() - before) / took,
    }


# --- Pages ------------------------------------------------------------------------------------------------------------


def _page(address: str) -> Prepare:
    """A page that anybody may see."""

    async def prepare(browser: Browser, _: Pressure) -> Ask:
        return lambda: browser.get(address, "counted")

    return prepare


def _of_assessment(more: str) -> Prepare:
    """A page of the finished assessment."""

    async def prepare(browser: Browser, pressure: Pressure) -> Ask:
        browser.cookies["sid"] = pressure.session
        return lambda: browser.get(pressure.home + more, "counted")

    return prepare


async def _bare_row(browser: Browser, _: Pressure) -> Ask:
    """The view that writes one row, and does nothing else."""
    browser.cookies["csrf"] = browser.token = SECRET
    count = itertools.count()
    return lambda: browser.post("/bare/", {"note": f"note {next(count)}"}, "counted")


async def _pdf_made(browser: Browser, pressure: Pressure) -> Ask:
    """A PDF that is made now: another amount is typed each time."""
    browser.cookies["sid"] = pressure.session
    return lambda: browser.get(f"{pressure.home}result.pdf?day_rate={next(AMOUNTS)}", "counted")


async def _begun(browser: Browser) -> str:
    """Where an assessment of its own is, that was just begun."""
    await browser.get("/")
    begun = await browser.post("/start/", {"mode": "full"}, htmx=False)
    found = HOME.match(begun.location)
    if found is None:
        raise RuntimeError(f"an assessment was begun, and answered with {begun.status}")
    return found[0]


async def _shown(browser: Browser, _: Pressure) -> Ask:
    """A step, shown."""
    home = await _begun(browser)
    return lambda: browser.get(f"{home}q/{STEPS[0]}/", "counted")


async def _saved(browser: Browser, _: Pressure) -> Ask:
    """A step that saves itself while somebody changes their mind: each time another answer, so each time a row is written."""
    home = await _begun(browser)
    await browser.get(f"{home}q/{STEPS[0]}/")
    count = itertools.count(1)

    def save() -> Awaitable[Answer]:
        number = next(count)
        given = {"answer": str(number % 5), "auto": "1", "page": "one-page", "seq": str(number), "seen": "0"}
        return browser.post(f"{home}q/{STEPS[0]}/", given, "counted")

    return save


async def _sent(browser: Browser, _: Pressure) -> Ask:
    """A step, sent: the answer is stored and the next question comes back at once. In the end all over again."""
    home = await _begun(browser)
    await browser.get(f"{home}q/{STEPS[0]}/")
    count = itertools.count()

    def send() -> Awaitable[Answer]:
        turn, place = divmod(next(count), len(STEPS))
        return browser.post(f"{home}q/{STEPS[place]}/", {"answer": str(turn % 5)}, "counted")

    return send


PAGES: dict[str, Prepare] = {
    "bare page": _page("/bare/page/"),
    "bare row": _bare_row,
    "step shown": _shown,
    "step saved by itself": _saved,
    "step sent": _sent,
    "landing": _page("/"),
    "sample": _page("/sample/tallis-software/"),
    "result": _of_assessment("result/"),
    "overview": _of_assessment(""),
    "PDF kept": _of_assessment("result.pdf"),
    "PDF made": _pdf_made,
}


def main() -> None:
    json.dump(asyncio.run(press(Pressure(**json.load(sys.stdin)))), sys.stdout)


if __name__ == "__main__":
    main()
