"""F-07 and F-08: processes are killed while people vote, save and reveal, and the server is asked to end."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.faults.fault import Seen, Where, fault
from tests.faults.people import Crowd, savers_for, saving
from tests.faults.places import Place, place
from tests.load import measuring, serving
from tests.load.measuring import Measured
from tests.load.serving import Server

ROOMS, PHONES = 2, 12
JOINING = 6.0
EVERY = 3.0
"""Seconds between two kills, and more where the one before has not been replaced yet: who dies right after its start takes
the whole server along, since that is a fault in what was installed."""
WITHIN = 5.0
"""Seconds after which phones have to hear something again."""


@contextmanager
def _under_load(here: Place, seen: Seen, lasts: float) -> Iterator[tuple[Server, Crowd]]:
    """A server with rooms that vote and savers at work, and in the end the comparison of both with what is stored."""
    rooms = measuring.made_rooms(here.environment, ROOMS)
    at = savers_for(here.environment)
    with serving.serving(here.environment) as server:
        play: dict[str, Any] = {"joining": JOINING, "resilient": True, "thinking": 0.5, "voting": 2.5}
        players = measuring.start(server, rooms, phones=PHONES, lasts=lasts, **play)
        with saving(server, at) as crowd:
            time.sleep(JOINING)
            yield server, crowd
            told = measuring.heard(players)
    stored = measuring.compared(here.environment, told)
    found = measuring.measured(told, stored, rooms=ROOMS, complaints=[], server=0.0, megabytes=0.0)
    _judge(seen, found, WITHIN)
    crowd.compare(seen, here.environment)


def _judge(seen: Seen, found: Measured, lost_for: float) -> None:
    """What rooms promise whatever happens to the server."""
    stored = found.stored
    seen.acknowledged = (seen.acknowledged or 0) + stored["acknowledged"]
    seen.stored = (seen.stored or 0) + stored["acknowledged"] - len(stored["lost"])
    seen.lost += stored["lost"]
    seen.broken += [*stored["wrong"], *stored["added"]]
    errors = [each for each in found.errors if " 503" not in each]
    seen.broken += errors
    seen.expect(stored["acknowledged"] > 0, "no vote was acknowledged")
    seen.expect(stored["revealed"] > 0, "nothing was revealed")
    longest = found.gaps[-1] if found.gaps else 0.0
    seen.expect(longest <= lost_for, f"a phone heard nothing for {longest:.1f} s, promised {lost_for:.0f}")
    seen.remarks.append(f"{stored['revealed']} reveals, phones heard nothing for {longest:.1f} s at most")


@fault("F-07", "a server process is killed")
def workers_killed(where: Where) -> Seen:
    """One of the processes that answer, so many times, each at another moment: always the one that has run for longest."""
    seen, dice, done = Seen(injected=""), random.Random(7), 0
    with place(where) as here, _under_load(here, seen, where.kills * EVERY + 4) as (server, crowd):
        for _ in range(where.kills):
            time.sleep(EVERY * dice.uniform(0.9, 1.1))
            crowd.heard_since(time.monotonic(), 20)
            if workers := server.workers():
                os.kill(workers[0], signal.SIGKILL)
                done += 1
    seen.injected = f"{done} x kill -9 of a server process"
    seen.expect(done == where.kills, f"only {done} of {where.kills} could be killed")
    return seen


@fault("F-07", "everything is killed at once")
def machine_lost(where: Where) -> Seen:
    """The server with all its processes, as by a power cut; on PostgreSQL one of its processes first, so that it recovers."""
    seen = Seen(injected="kill -9 of the whole server, which is started again")
    with place(where) as here:
        at = savers_for(here.environment)
        with serving.serving(here.environment) as server, saving(server, at) as crowd:
            if here.postgres is not None:
                seen.injected += ", and before that of one PostgreSQL process"
                os.kill(_backend_of(here.postgres.pid), signal.SIGKILL)
                back = crowd.heard_since(time.monotonic(), 20)
                seen.expect(back is not None, "nothing could be saved after PostgreSQL had recovered")
            time.sleep(2)
            server.kill()
            with serving.serving(here.environment, port=server.port):
                begun = time.monotonic()
                back = crowd.heard_since(begun, 20)
                seen.expect(back is not None and back <= WITHIN, f"saved again after {back} s")
                crowd.stopped.set()
                for each in crowd.threads:
                    each.join()
        crowd.compare(seen, here.environment)
    return seen


def _backend_of(postmaster: int) -> int:
    """A process of PostgreSQL that answers somebody."""
    for each in serving.children(postmaster):
        if b"groundwork" in serving.file_of(each, "cmdline"):
            return each
    raise RuntimeError("PostgreSQL has no process for anybody.")


@fault("F-08", "the server is asked to end")
def asked_to_end(where: Where) -> Seen:
    """As whoever installs a new version does, while rooms vote; then the new one is started."""
    seen = Seen(injected="SIGTERM under load, then a start")
    with place(where) as here:
        rooms, at = measuring.made_rooms(here.environment, ROOMS), savers_for(here.environment)
        with serving.serving(here.environment) as server:
            play: dict[str, Any] = {"joining": JOINING, "resilient": True, "thinking": 0.5, "voting": 2.5}
            players = measuring.start(server, rooms, phones=PHONES, lasts=14, **play)
            with saving(server, at) as crowd:
                time.sleep(JOINING + 5)
                asked = time.monotonic()
                code = server.stop()
                took = time.monotonic() - asked
                with serving.serving(here.environment, port=server.port):
                    back = crowd.heard_since(time.monotonic(), 20)
                    told = measuring.heard(players)
                    crowd.stopped.set()
                    for each in crowd.threads:
                        each.join()
        stored = measuring.compared(here.environment, told)
        cut = [each for each in told["cut"] if each < asked - 0.02]
        found = measuring.measured(told, stored, rooms=ROOMS, complaints=[], server=0.0, megabytes=0.0)
        _judge(seen, found, lost_for=30)
        crowd.compare(seen, here.environment)
    seen.expect(code == 0, f"it ended with code {code}")
    seen.expect(took <= 30, f"it took {took:.1f} s to end")
    seen.expect(not cut, f"{len(cut)} requests that were under way got no answer")
    seen.expect(back is not None, "nothing could be saved after the new start")
    seen.remarks.append(f"ended with code {code} after {took:.1f} s")
    return seen
