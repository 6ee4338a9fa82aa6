"""``make faults``: processes of the server are killed while rooms vote, then it is asked to end; what was acknowledged stays."""

import argparse
import os
import random
import signal
import sys
import time
from typing import Any

from tests.bench.table import Row, render
from tests.load import measuring, serving
from tests.load.measuring import Measured
from tests.load.playing import JOINING
from tests.postgres import NoPostgresError

ROOMS, PHONES = 2, 15
EVERY = 4.0
"""Seconds between two kills: time enough for a new process to start."""
WITHIN = 5.0
"""Seconds after which phones have to hear something again."""


def killed(kind: str, times: int) -> tuple[Measured, int]:
    """Kill one of the processes that answer, so many times, each at another moment; how often there was one to kill.

    It is always the one that has run for longest: a process that dies again and again right after its start is a fault in
    what was installed, and there the server ends.
    """
    done, dice = 0, random.Random(7)
    with serving.fresh(kind) as environment:
        made = measuring.made_rooms(environment, ROOMS)
        with serving.serving(environment) as server:
            before, begun = server.cpu_seconds(), time.monotonic()
            players = measuring.start(
                server, made, phones=PHONES, lasts=times * EVERY + 5, resilient=True, thinking=0.5, voting=3.0
            )
            time.sleep(JOINING)
            for _ in range(times):
                time.sleep(EVERY * dice.uniform(0.8, 1.2))
                if workers := server.workers():
                    os.kill(workers[0], signal.SIGKILL)
                    done += 1
            told = measuring.heard(players)
            cpu = (server.cpu_seconds() - before) / (time.monotonic() - begun)
            megabytes = server.megabytes()
        stored = measuring.compared(environment, told)
    found = measuring.measured(
        told, stored, rooms=ROOMS, complaints=[], server=max(cpu, 0.0), megabytes=megabytes
    )
    return found, done


def ended(kind: str) -> tuple[Measured, int, float]:
    """Ask the server to end while rooms vote; its exit code, and how many seconds it took."""
    with serving.fresh(kind) as environment:
        made = measuring.made_rooms(environment, ROOMS)
        with serving.serving(environment) as server:
            players = measuring.start(
                server, made, phones=PHONES, lasts=15, resilient=True, thinking=0.5, voting=3.0
            )
            time.sleep(JOINING + 8)
            asked = time.monotonic()
            code = server.stop()
            took = time.monotonic() - asked
            told: dict[str, Any] = measuring.heard(players)
        stored = measuring.compared(environment, told)
    told["cut"] = [each for each in told["cut"] if each < asked - 0.02]
    found = measuring.measured(told, stored, rooms=ROOMS, complaints=[], server=0.0, megabytes=0.0)
    found.errors.extend(
        f"a request that was under way got no answer ({asked - each:.2f} s before)" for each in told["cut"]
    )
    return found, code, took


def promises(found: Measured) -> list[Row]:
    """What holds whatever happens to the server."""
    stored = found.stored
    return [
        Row(
            name=f"votes lost, of {stored['acknowledged']} acknowledged",
            value=str(len(stored["lost"])),
            unit="",
            promise="0",
            kept=not stored["lost"] and stored["acknowledged"] > 0,
        ),
        Row(
            name=f"results that are not what was voted, of {stored['revealed']}; votes added after a refusal",
            value=str(len(stored["wrong"]) + len(stored["added"])),
            unit="",
            promise="0",
            kept=not stored["wrong"] and not stored["added"] and stored["revealed"] > 0,
        ),
        Row(name="errors", value=str(len(found.errors)), unit="", promise="0", kept=not found.errors),
    ]


def main() -> int:
    """Do it and print; 1 if a promise is not kept."""
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--times", type=int, default=20, help="how often a process is killed")
    given = parser.parse_args()
    found, done = killed(given.db, given.times)
    longest = found.gaps[-1] if found.gaps else 0.0
    rows = [
        Row(
            name="processes killed",
            value=str(done),
            unit="",
            promise=str(given.times),
            kept=done == given.times,
        ),
        Row(
            name=f"until a phone heard something again ({len(found.gaps)} times one did not at once), at most",
            value=f"{longest:.1f}",
            unit="s",
            promise=f"<= {WITHIN:.0f}",
            kept=longest <= WITHIN,
        ),
        *promises(found),
    ]
    print(render(f"A server process is killed, {given.db}", rows), flush=True)
    stopped, code, took = ended(given.db)
    last = [
        Row(name="exit code", value=str(code), unit="", promise="0", kept=code == 0),
        Row(name="it ended within", value=f"{took:.1f}", unit="s", promise="<= 30", kept=took <= 30),
        *promises(stopped),
    ]
    print(render(f"The server is asked to end, {given.db}", last))
    for each in [
        *found.errors,
        *found.stored["lost"],
        *found.stored["wrong"],
        *stopped.errors,
        *stopped.stored["lost"],
    ][:10]:
        print(each, file=sys.stderr)
    broken = [row for row in (*rows, *last) if row.kept is False]
    for row in broken:
        print(f"Not kept: {row.name}: {row.value} {row.unit}, promised {row.promise}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoPostgresError as missing:
        sys.exit(str(missing))
