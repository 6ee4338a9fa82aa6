"""How many pages and steps one core answers in the server as it is shipped, beside bare views in the same server.

The server has one core for all its processes, and who asks has another. "Per core" is what it answered divided by the
processor time that it used for it, which holds on a busy machine too.
"""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.bench.server import ROOT
from tests.bench.table import Row
from tests.load import measuring, serving
from tests.load.measuring import asking, heard, percentile
from tests.load.playing import Room
from tests.load.pressing import Pressure
from tests.load.serving import Server

TITLE = "The server: pages and steps per core, PDFs, memory"
SECONDS = 1.5
TURNS = 2
"""Everything in turns, so that a machine that becomes slower meanwhile is slower for all."""
LINES = 8
"""Connections on which one request waits at a time."""
PDF_SECONDS = 12.0

PAGES = {
    "bare page": "bare view: one row read, a template",
    "bare row": "bare view: one row read and written",
    "step shown": "step, shown",
    "step saved by itself": "step, saved by itself",
    "step sent": "step, sent: an answer stored, the next question shown",
    "overview": "overview of an assessment",
    "result": "result",
    "sample": "sample report",
    "landing": "landing page of a stranger",
}


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of asking for one kind of page for some seconds."""

    answers: int
    """Those that were what was asked for."""
    seconds: list[float]
    wrong: dict[str, int]
    """The others, by status."""
    took: float
    used: float
    """Processor seconds of the server."""

    @property
    def per_core(self) -> float:
        return self.answers / self.used if self.used else 0.0

    @property
    def a_second(self) -> float:
        return self.answers / self.took


def measure() -> list[Row]:
    """All of it in one server, so that it has all seen the same machine."""
    kind = os.environ.get("DB", "sqlite")
    with serving.fresh(kind) as environment:
        environment["DJANGO_SETTINGS_MODULE"] = "tests.bench.quiet"
        (room,) = measuring.made_rooms(environment, 1)
        subprocess.run(
            [sys.executable, "manage.py", "loaddemo"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        with _one_core(0), serving.serving(environment) as server:
            _wait_for_the_rest(server)
            fresh = server.memory()
            turns = [{each: pressed(server, room, each) for each in PAGES} for _ in range(TURNS)]
            found = {each: together([turn[each] for turn in turns]) for each in PAGES}
            many = sum(each.answers for each in found.values())
            grown = server.memory()
            rows = _pages(found)
        with serving.serving(environment) as server:
            rows += _pdfs(server, room)
            with _sampled(server) as largest:
                pressed(server, room, "PDF made", seconds=PDF_SECONDS / 2, lines=1)
            complaints = server.complaints()
    return [*rows, *_memory(fresh, grown, many, largest), _errors(found, complaints)]


@contextmanager
def _one_core(number: int) -> Iterator[None]:
    """What is started in here stays on this core; nothing changes where there is only one, or where it cannot be chosen."""
    if not hasattr(os, "sched_setaffinity") or len(before := os.sched_getaffinity(0)) < 2:
        yield
        return
    os.sched_setaffinity(0, {sorted(before)[number]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def pressed(
    server: Server, room: Room, kind: str, *, seconds: float = SECONDS, lines: int = LINES
) -> Pressed:
    """Ask a running server, from a process on the other core."""
    before = server.cpu_seconds()
    with _one_core(-1):
        pressing = start(server, room, kind, seconds=seconds, lines=lines)
    told = heard(pressing)
    used = server.cpu_seconds() - before
    return Pressed(
        answers=len(told["seconds"]) - sum(told["wrong"].values()),
        seconds=told["seconds"],
        wrong=told["wrong"],
        took=told["took"],
        used=used,
    )


def together(some: list[Pressed]) -> Pressed:
    """Several turns as one."""
    wrong: Counter[str] = Counter()
    for each in some:
        wrong.update(each.wrong)
    return Pressed(
        answers=sum(each.answers for each in some),
        seconds=sorted(second for each in some for second in each.seconds),
        wrong=dict(wrong),
        took=sum(each.took for each in some),
        used=sum(each.used for each in some),
    )


def start(server: Server, room: Room, kind: str, *, seconds: float, lines: int) -> "subprocess.Popen[str]":
    """Somebody who asks, in a process of their own."""
    whole = Pressure(
        host="127.0.0.1",
        port=server.port,
        kind=kind,
        seconds=seconds,
        lines=lines,
        session=room.session,
        home=room.console.removesuffix("room/"),
    )
    return asking("tests.load.pressing", whole)


def _wait_for_the_rest(server: Server) -> None:
    """Until everything that starts by itself is there, so that it is no part of what is measured."""
    until = time.monotonic() + serving.PATIENCE
    before = -1.0
    while time.monotonic() < until and (now := server.cpu_seconds()) > before:
        before = now
        time.sleep(1.0)


# --- Rows -------------------------------------------------------------------------------------------------------------


def _pages(found: dict[str, Pressed]) -> list[Row]:
    """Nothing is promised here: the promise about a step is held where nothing else shares its process, see ``steps``."""
    page, row = found["bare page"], found["bare row"]
    both = 1 / (1 / page.per_core + 1 / row.per_core)
    rows = []
    for kind, words in PAGES.items():
        each = found[kind]
        bare = {"bare page": 0.0, "bare row": 0.0, "step sent": both, "step saved by itself": row.per_core}
        baseline = bare.get(kind, page.per_core)
        rows.append(
            Row(
                name=f"{words} ({1000 * each.used / max(1, each.answers):.1f} ms of a core each)",
                value=f"{each.per_core:.0f}",
                unit=f"/s per core, by the clock {each.a_second:.0f}/s, p50 {_at(each, 0.5)} p95 {_at(each, 0.95)} ms",
                baseline=f"{baseline:.0f}, so it takes {baseline / each.per_core:.1f} times as much"
                if baseline
                else "",
            )
        )
    return rows


def _at(each: Pressed, share: float) -> str:
    return f"{1000 * percentile(each.seconds, share):.0f}"


def _pdfs(server: Server, room: Room) -> list[Row]:
    """On all cores, as it is in use: kept ones, new ones, and pages beside new ones.

    Those with an amount that was only typed take one of the two places there are, so one at a time is asked for.
    """
    _wait_for_the_rest(server)
    alone = pressed(server, room, "sample")
    pressed(server, room, "PDF kept", seconds=0.1, lines=1)  # it is made, and found from then on
    kept = pressed(server, room, "PDF kept")
    made = pressed(server, room, "PDF made", seconds=PDF_SECONDS, lines=1)
    busy = start(server, room, "PDF made", seconds=SECONDS + 2, lines=1)
    time.sleep(1.0)
    beside = pressed(server, room, "sample")
    heard(busy)
    return [
        Row(
            name=f"PDFs made anew ({made.used / max(1, made.answers):.2f} s of a core each)",
            value=f"{60 * made.a_second:.0f}",
            unit=f"a minute, p50 {percentile(made.seconds, 0.5):.1f} s; {sum(made.wrong.values())} times there was no place",
        ),
        Row(name="PDFs found made already", value=f"{60 * kept.a_second:,.0f}", unit="a minute"),
        Row(
            name="sample reports a second while one PDF after the other is made; baseline: none is",
            value=f"{beside.a_second:.0f}",
            unit=f"/s, p95 {_at(beside, 0.95)} ms",
            baseline=f"{alone.a_second:.0f}",
        ),
    ]


def _memory(
    fresh: list[tuple[str, float, float]],
    grown: list[tuple[str, float, float]],
    many: int,
    largest: dict[str, tuple[float, float]],
) -> list[Row]:
    rows = []
    for words, all_of_them in (("after the start", fresh), (f"after {many:,} pages altogether", grown)):
        for kind in dict.fromkeys(kind for kind, _, _ in all_of_them):
            some = [(held, own) for name, held, own in all_of_them if name == kind]
            rows.append(
                Row(
                    name=f"{kind} holds, {words}",
                    value=f"{max(held for held, _ in some):.0f}",
                    unit=f"MB, {max(own for _, own in some):.0f} with what is shared divided ({len(some)} of them)",
                )
            )
    if "a PDF being made" in largest:
        held, own = largest["a PDF being made"]
        rows.append(
            Row(
                name="a PDF being made holds at most",
                value=f"{held:.0f}",
                unit=f"MB, {own:.0f} with what is shared divided",
            )
        )
    return rows


@contextmanager
def _sampled(server: Server) -> Iterator[dict[str, tuple[float, float]]]:
    """The most that each kind of process was seen to hold meanwhile."""
    largest: dict[str, tuple[float, float]] = {}
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            with suppress(OSError, ValueError, IndexError):  # one has just ended
                for kind, held, own in server.memory():
                    most = largest.get(kind, (0.0, 0.0))
                    largest[kind] = max(most[0], held), max(most[1], own)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield largest
    finally:
        over.set()
        looking.join()


def _errors(found: dict[str, Pressed], complaints: list[str]) -> Row:
    wrong = {kind: each.wrong for kind, each in found.items() if each.wrong}
    return Row(
        name="pages that were errors, and complaints of the server",
        value=str(sum(sum(each.values()) for each in wrong.values()) + len(complaints)),
        unit="; ".join([*(f"{kind}: {each}" for kind, each in wrong.items()), *complaints[:3]]),
        promise="0",
        kept=not wrong and not complaints,
    )
