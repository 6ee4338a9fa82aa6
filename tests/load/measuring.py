"""One run: fresh data, the rooms, the server, the players, and what came of it."""

import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.server import ROOT
from tests.load import serving
from tests.load.playing import JOINING, Play, Room
from tests.load.serving import Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that one run has shown. Times in seconds, shares in cores."""

    rooms: int
    phones: int
    polls: float
    """A second."""
    seconds: dict[str, list[float]]
    """By kind of request, in order."""
    late: list[float]
    """For each act, until the last screen of its room has shown it; in order."""
    acts: int
    statuses: dict[str, int]
    errors: list[str]
    stored: dict[str, Any]
    """See ``rooms.check``."""
    server: float
    client: float
    others: float
    """What everything else on this machine took meanwhile."""
    megabytes: float
    gaps: list[float] = field(default_factory=list)

    def at(self, kind: str, share: float) -> float:
        """The time within which this share of the answers came, in milliseconds."""
        return 1000 * percentile(self.seconds.get(kind, []), share)


def percentile(values: list[float], share: float) -> float:
    """Of values in order; 0 where there is none."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def measure(kind: str, *, rooms: int, **play: Any) -> Measured:
    """Play so many rooms on "sqlite" or "postgres"."""
    with serving.fresh(kind) as environment:
        made = made_rooms(environment, rooms)
        with serving.serving(environment) as server:
            players = start(server, made, **play)
            time.sleep(JOINING)
            before, all_before, begun = server.cpu_seconds(), serving.busy_seconds(), time.monotonic()
            told = heard(players)
            took = time.monotonic() - begun
            cpu, busy = (server.cpu_seconds() - before) / took, (serving.busy_seconds() - all_before) / took
            megabytes = server.megabytes()
            complaints = server.complaints()
        stored = compared(environment, told)
    return measured(
        told, stored, rooms=rooms, complaints=complaints, server=cpu, busy=busy, megabytes=megabytes
    )


def measured(
    told: dict[str, Any],
    stored: dict[str, Any],
    *,
    complaints: list[str],
    server: float,
    busy: float = 0.0,
    **more: Any,
) -> Measured:
    """The players' account and the database's together."""
    seconds = {kind: sorted(values) for kind, values in told["seconds"].items()}
    return Measured(
        phones=len(told["votes"]),
        polls=len(seconds.get("poll", ())) / told["measured"],
        seconds=seconds,
        late=sorted(told["late"]),
        acts=told["acts"],
        statuses=told["statuses"],
        errors=[f"{count} x {what}" for what, count in told["errors"].items()] + complaints[:5],
        stored=stored,
        server=server,
        client=told["cpu"],
        others=max(0.0, busy - server - told["cpu"]),
        gaps=sorted(told["gaps"]),
        **more,
    )


def made_rooms(environment: dict[str, str], number: int) -> list[Room]:
    """Rooms in a database that is new."""
    serving.prepared(environment)
    said = _python(environment, "tests.load.rooms", "make", str(number))
    return [Room(**each) for each in json.loads(said)]


def start(server: Server, rooms: list[Room], **play: Any) -> "subprocess.Popen[str]":
    """The players, in a process of their own."""
    return asking("tests.load.playing", Play(host="127.0.0.1", port=server.port, rooms=rooms, **play))


def asking(module: str, what: Any) -> "subprocess.Popen[str]":
    """Those who ask, in a process of their own, which is told what to do as a dataclass and ends with what ``heard`` reads."""
    players = subprocess.Popen(
        [sys.executable, "-m", module], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert players.stdin is not None
    players.stdin.write(json.dumps(asdict(what)))
    players.stdin.close()
    players.stdin = None
    return players


def heard(players: "subprocess.Popen[str]") -> dict[str, Any]:
    """What they tell in the end."""
    said, _ = players.communicate()
    if players.returncode:
        raise RuntimeError("Whoever asked has failed, see above.")
    return dict(json.loads(said))


def compared(environment: dict[str, str], told: dict[str, Any]) -> dict[str, Any]:
    """What phones were told, held against what is stored."""
    found: dict[str, Any] = json.loads(
        _python(environment, "tests.load.rooms", "check", given=json.dumps(told["votes"]))
    )
    return found


def _python(environment: dict[str, str], *command: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def median(values: list[float]) -> float:
    return statistics.median(values) if values else 0.0
