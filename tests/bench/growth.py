"""What stored assessments cost: every kind of page with a thousand of them, with ten thousand, and so on.

``GROWTH`` in the environment says how far, 10,000 if nothing else is said; ``DB=postgres`` does it on a PostgreSQL.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from math import log
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.bench.table import Row
from tests.postgres import running_postgres

TITLE = "How cost grows with what is stored"
ROOT = Path(__file__).resolve().parents[2]
FIRST = 1_000
USUAL = 10_000
FLOOR = 0.003
"""Seconds by which a page may be slower whatever the ratio: less cannot be told from what else happens on a machine."""


def measure() -> list[Row]:
    """Milliseconds of the server's time at each size, and how much slower the last is than the first."""
    return rows_of(_grow(sizes()))


def sizes() -> list[int]:
    """Powers of ten from the first to the largest that is asked for."""
    largest = int(os.environ.get("GROWTH", "").replace(",", "").replace("_", "") or USUAL)
    found = [FIRST]
    while found[-1] * 10 <= largest:
        found.append(found[-1] * 10)
    return found


def _grow(wanted: list[int]) -> list[dict[str, Any]]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GROUNDWORK_") and name != "DATABASE_URL"
    }
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="groundwork-bench-"))
        environment = {**kept, "GROUNDWORK_DATA": folder, "DJANGO_SETTINGS_MODULE": "tests.bench.quiet"}
        environment["GROUNDWORK_PDF_NICENESS"] = "0"  # here nothing is made beside it
        if os.environ.get("DB") == "postgres":
            environment["DATABASE_URL"] = stack.enter_context(running_postgres())
        (Path(folder) / "static").mkdir()  # WhiteNoise complains when it is missing at the start
        command = [sys.executable, "-m", "tests.bench.grown", *map(str, wanted)]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return list(json.loads(done.stdout))


def rows_of(found: list[dict[str, Any]]) -> list[Row]:
    """What was promised, for each page; and what is told without a promise."""
    first, last = found[0], found[-1]
    most = log(last["size"]) / log(first["size"])
    drift = max(1.0, median(_judged(last, "bare")) / median(_judged(first, "bare")))
    return [
        *_stored(found),
        *(_page(name, found, most, drift) for name in first["times"]),
        *(_job(name, found) for name in first["jobs"]),
    ]


def growth_of(first: list[float], last: list[float], drift: float) -> float:
    """How many times slower the last is; 1 where it is by less than the floor. ``drift`` is how much the machine became so."""
    before, after = median(first), median(last) / drift
    return 1.0 if after - before <= FLOOR else after / before


def _judged(at: dict[str, Any], name: str) -> list[float]:
    """What growth is judged by: how long processors worked for it, the database's among them.

    On a machine that does something else as well the clock tells of that.
    """
    return [each[1] for each in at["times"][name]]


def _page(name: str, found: list[dict[str, Any]], most: float, drift: float) -> Row:
    judged = [_judged(each, name) for each in found]
    clock = [each[0] for each in found[-1]["times"][name]]
    grown = growth_of(judged[0], judged[-1], drift)
    asked, whole = found[-1]["statements"].get(name, (1, []))
    slower = median(judged[-1]) / drift / median(judged[0])
    return Row(
        name=name if name != "bare" else "a bare view",
        value=" / ".join(f"{1000 * median(each):.1f}" for each in judged),
        unit=f"ms, by the clock p50 {1000 * median(clock):.1f} p95 {1000 * _p95(clock):.0f}; {asked} statements",
        baseline=f"{slower:.2f} times",
        promise="" if name == "bare" else f"{most:.2f} times, no table read whole",
        kept=None if name == "bare" else grown <= most and not whole,
    )


def _job(name: str, found: list[dict[str, Any]]) -> Row:
    times = [each["jobs"][name] for each in found]
    return Row(
        name=f"{name} (nobody waits for it)",
        value=" / ".join(f"{1000 * each:.0f}" for each in times),
        unit="ms",
        baseline=f"{times[-1] / times[0]:.2f} times",
    )


def _stored(found: list[dict[str, Any]]) -> list[Row]:
    sizes_said = " / ".join(f"{each['size']:,}" for each in found)
    rows = [Row(name="stored assessments", value=sizes_said, unit="")]
    if len(found) > 1:
        last, (took, grown) = found[-1], found[-1]["grown"]
        many = last["size"] - found[-2]["size"]
        rows += [
            Row(
                name="what each takes on the disk, with all that hangs on it",
                value=f"{grown / many:,.0f}",
                unit="bytes",
            ),
            Row(name="the database in the end", value=f"{last['bytes'] / 1e6:,.0f}", unit="MB"),
            Row(name="to store the last of them", value=f"{took:.0f}", unit="s"),
        ]
    return rows


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
