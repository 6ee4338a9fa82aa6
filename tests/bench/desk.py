"""How long the server takes for the desk of a workspace with 500 clients and 5,000 assessments, beside a bare view."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from tests.bench.table import Row

TITLE = "The desk"
ROOT = Path(__file__).resolve().parents[2]
MOST = 0.150
"""Seconds, for 95 of 100 looks."""


def measure() -> list[Row]:
    """Milliseconds of the server's time, every page looked at in turns with the bare view in one process."""
    times = _look()
    bare = times.pop("bare")
    return [row for name, taken in times.items() for row in _rows(name, taken, bare)]


def _look() -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(prefix="groundwork-bench-") as folder:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GROUNDWORK_")
        }
        environment |= {"GROUNDWORK_DATA": folder, "DJANGO_SETTINGS_MODULE": "tests.bench.site"}
        (Path(folder) / "static").mkdir()  # WhiteNoise complains when it is missing at the start
        command = [sys.executable, "-m", "tests.bench.looks"]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def _rows(name: str, taken: list[float], bare: list[float]) -> list[Row]:
    p95 = quantiles(taken, n=20)[-1]
    return [
        Row(
            name=f"{name}, median",
            value=f"{median(taken) * 1000:.1f}",
            unit="ms",
            baseline=f"{median(bare) * 1000:.1f}",
        ),
        Row(
            name=f"{name}, 95 of 100 are faster",
            value=f"{p95 * 1000:.1f}",
            unit="ms",
            baseline=f"{quantiles(bare, n=20)[-1] * 1000:.1f}",
            promise=f"{MOST * 1000:g} ms",
            kept=p95 <= MOST,
        ),
    ]
