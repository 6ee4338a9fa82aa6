"""F-09: the database is locked, or gone for twenty seconds, while people save and look at everything there is."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing

from tests.faults.fault import PASSWORD, Seen, Where, fault
from tests.faults.people import Crowd, Reply, Visitor, savers_for, saving
from tests.faults.places import Place, place
from tests.load import measuring, serving
from tests.load.serving import Server

AWAY = 20.0
"""Seconds."""
LOCKED = 25.0
"""Longer than anybody waits for SQLite's lock."""
ANSWERED = 12.0
"""Seconds within which everybody has to be told something, the first ones included, who wait for the lock."""
BACK = 5.0
"""Seconds after which everything is saved again."""


@fault("F-09", "the database is away")
def database_away(where: Where) -> Seen:
    """PostgreSQL is stopped as by pulling the plug and started again; SQLite's lock is held by another process."""
    seen = Seen(injected="")
    with place(where) as here:
        (room,) = measuring.made_rooms(here.environment, 1)
        at = savers_for(here.environment)
        with serving.serving(here.environment) as server:
            host = Visitor(server.port, {"sid": room.session})
            phone = Visitor(server.port)
            phone.get(room.join)
            phone.post(room.join, {})
            ana = Visitor(server.port)
            ana.get("/account/login/")
            with saving(server, at) as crowd:
                time.sleep(1)
                mine = crowd.savers[0]
                asked = {
                    FIRST: lambda: Visitor(server.port).get("/"),
                    "signing in": lambda: ana.post(
                        "/account/login/", {"login": "ana@example.com", "password": PASSWORD}
                    ),
                    "a result": lambda: mine.visitor.get(f"/a/{mine.public_id}/result/"),
                    MADE: lambda: mine.visitor.get(f"/a/{mine.public_id}/result.pdf"),
                    "the console": lambda: host.get(f"{room.console}state/?v=0", HX_Request="true"),
                    "a phone": lambda: phone.get(f"/w/{room.public_id}/state/?v=0", HX_Request="true"),
                    "beginning": lambda: Visitor(server.port).post("/start/", {"mode": "quick"}),
                    "a program": lambda: Visitor(server.port).get("/api/v1/clients"),
                }
                if here.postgres is not None:
                    seen.injected = f"pg_ctl stop -m immediate, {AWAY:.0f} s, start"
                    _gone(here, server, crowd, seen, asked)
                else:
                    seen.injected = f"another process holds SQLite's lock for {LOCKED:.0f} s"
                    _locked(here, server, crowd, seen, asked)
                since = time.monotonic()
                back = crowd.heard_since(since, 30)
                seen.expect(back is not None and back <= BACK, f"everything was saved again after {back} s")
                seen.remarks.append(f"saved again after {back or 0:.1f} s")
            crowd.compare(seen, here.environment)
            put_off = crowd.statuses()[503]
            seen.expect(put_off > 0, "no saver was told that the database is away")
            log = server.log.read_text(errors="replace")
            seen.expect(
                "Traceback" not in log, f"a trace in the log: {log[log.find('Traceback') - 300 :][:1500]}"
            )
    return seen


MADE, FIRST = "a PDF", "the first page"
"""The first page of somebody new needs no database."""
REFUSED = {("a program", 401)}
"""Without a key nobody looks for one."""

type Asked = dict[str, Callable[[], Reply]]


def _gone(here: Place, server: Server, crowd: Crowd, seen: Seen, asked: Asked) -> None:
    assert here.postgres is not None
    here.postgres.stop("immediate")
    begun = time.monotonic()
    time.sleep(1)
    _look_around(server, seen, asked, until=begun + AWAY, may_be_there=False)
    here.postgres.start()


def _locked(here: Place, server: Server, crowd: Crowd, seen: Seen, asked: Asked) -> None:
    held, give_back = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(here.sqlite, timeout=30, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            held.set()
            give_back.wait(60)
            other.execute("ROLLBACK")

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    _look_around(server, seen, asked, until=time.monotonic() + LOCKED, may_be_there=True)
    give_back.set()
    holder.join()


def _look_around(server: Server, seen: Seen, asked: Asked, *, until: float, may_be_there: bool) -> None:
    """Ask for everything, over and over, until then: each answer is the page, or 503 with when to come again, in time."""
    health = Visitor(server.port)
    found: dict[str, set[int]] = {}
    slowest = 0.0
    while time.monotonic() < until:
        for what, ask in asked.items():
            if time.monotonic() > until:
                break
            answer = ask()
            found.setdefault(what, set()).add(answer.status)
            if what != MADE:  # which takes its time also when nothing is wrong
                slowest = max(slowest, answer.seconds)
            well = answer.status == 503 and "retry-after" in answer.headers and "Traceback" not in answer.text
            there = may_be_there and answer.status < 400
            told_apart = (what, answer.status) in REFUSED or (what == FIRST and answer.status == 200)
            seen.expect(well or there or told_apart, f"{what}: {answer.status} {answer.text[:60]!r}")
            _ask_health(health, seen, may_be_ready=may_be_there)
        time.sleep(0.2)
    seen.expect(slowest <= ANSWERED, f"somebody waited {slowest:.1f} s for an answer")
    seen.remarks.append(
        f"slowest answer {slowest:.1f} s; "
        + "; ".join(f"{what} {sorted(each)}" for what, each in found.items())
    )


def _ask_health(health: Visitor, seen: Seen, *, may_be_ready: bool) -> None:
    alive, ready = health.get("/livez"), health.get("/readyz")
    if alive.status == 404:
        if "no /livez in this release" not in seen.remarks:
            seen.remarks.append("no /livez in this release")
        return
    seen.expect(alive.status == 200, f"/livez said {alive.status}")
    seen.expect(alive.seconds < 5, f"/livez took {alive.seconds:.1f} s")
    seen.expect(ready.status == 503 or (may_be_ready and ready.status == 200), f"/readyz said {ready.status}")
