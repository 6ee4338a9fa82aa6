"""How long the server takes for a step of the wizard, beside a bare view and beside the same questions in django-formtools.

A step is an answer sent and the next question shown. The site has ten thousand assessments in its database.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import fmean, median, quantiles

from tests.bench.table import Row

TITLE = "The wizard"
ROOT = Path(__file__).resolve().parents[2]
MOST_TIMES = 2.0
MOST_SHARE = 0.5

type Times = dict[str, list[float]]


def measure() -> list[Row]:
    """Milliseconds of the server's time, all four walked in turns in one process."""
    times = _walk()
    ours, bare = times["ours"], times["bare"]
    return [
        _step("a step, median", median(ours), median(bare)),
        _step("a step, 95 of 100 are faster", _p95(ours), _p95(bare)),
        _whole("20 questions, beside formtools with an address a step", ours, times["named"]),
        _whole("the same, beside formtools without addresses", ours, times["formtools"], promised=False),
    ]


def _walk() -> Times:
    with tempfile.TemporaryDirectory(prefix="groundwork-bench-") as folder:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GROUNDWORK_")
        }
        environment |= {"GROUNDWORK_DATA": folder, "DJANGO_SETTINGS_MODULE": "tests.bench.site"}
        (Path(folder) / "static").mkdir()  # WhiteNoise complains when it is missing at the start
        command = [sys.executable, "-m", "tests.bench.walks"]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def _step(name: str, value: float, bare: float) -> Row:
    return Row(
        name=name,
        value=f"{value * 1000:.2f}",
        unit="ms",
        baseline=f"{bare * 1000:.2f}",
        promise=f"{MOST_TIMES:g} times a bare view",
        kept=value <= MOST_TIMES * bare,
    )


def _whole(name: str, ours: list[float], theirs: list[float], *, promised: bool = True) -> Row:
    value, baseline = (fmean(each) * 20 for each in (ours, theirs))
    return Row(
        name=name,
        value=f"{value * 1000:.0f}",
        unit="ms",
        baseline=f"{baseline * 1000:.0f}",
        promise="half or less" if promised else "",
        kept=value <= MOST_SHARE * baseline if promised else None,
    )


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
