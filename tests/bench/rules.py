"""How fast the rules are: one situation, its stability, and ten thousand situations through the command line."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from advisor.engine import advise, stability
from advisor.engine.situation import Situation, read_situation
from tests.bench.table import Row
from tests.situations import CASES, PLAYBOOK

TITLE = "The rules"
ROUNDS = 10
LINES = 10_000
ROOT = Path(__file__).resolve().parents[2]

ADVISE = "from advisor.__main__ import main\nstatus = main(['advise', '--jsonl', '-'])\n"
READ_ONLY = (
    "import json\nfor line in sys.stdin: sys.stdout.write(json.dumps(json.loads(line)) + '\\n')\nstatus = 0\n"
)
"""The baseline of the command line: the same lines, parsed and written again, without a rule."""

WATCHED = """\
import resource, sys
from pathlib import Path
{work}
own = Path("/proc/self/status")  # what getrusage says on Linux includes the process that started this one
peak = own.read_text().partition("VmHWM:")[2].split()[0] if own.exists() else resource.getrusage(0).ru_maxrss / 1024
print(peak, file=sys.stderr)
sys.exit(status)
"""


def measure() -> list[Row]:
    """Medians over all full cases on one core; throughput of one process."""
    full = [case for case in CASES if case["mode"] == "full"]
    situations = [read_situation(PLAYBOOK, case) for case in full]
    nothing = _median(situations, lambda _: None)
    advice = _median(situations, lambda each: advise(PLAYBOOK, each))
    firm = _median(situations, lambda each: stability(PLAYBOOK, each))
    rate, memory = _lines(ADVISE)
    plain, plain_memory = _lines(READ_ONLY)
    return [
        _row("advice for a full situation, median", advice, nothing, 1.0),
        _row("full stability analysis, median", firm, nothing, 60.0),
        Row(
            name=f"{LINES:,} situations as JSON lines",
            value=f"{rate:,.0f}",
            unit="a second",
            baseline=f"{plain:,.0f}",
            promise="2,000 or more",
            kept=rate >= 2000,
        ),
        Row(
            name="peak memory of that process",
            value=f"{memory:.0f}",
            unit="MB",
            baseline=f"{plain_memory:.0f}",
            promise="under 150",
            kept=memory < 150,
        ),
    ]


def _row(name: str, value: float, baseline: float, most: float) -> Row:
    return Row(
        name=name,
        value=f"{value:.3f}",
        unit="ms",
        baseline=f"{baseline:.3f}",
        promise=f"{most:g} or less",
        kept=value <= most,
    )


def _median(situations: list[Situation], work: Callable[[Situation], Any]) -> float:
    """Milliseconds for one situation."""
    times = []
    for _ in range(ROUNDS):
        for each in situations:
            start = time.perf_counter()
            work(each)
            times.append(time.perf_counter() - start)
    return median(times) * 1000


def _lines(work: str) -> tuple[float, float]:
    """Lines a second, the start of the process included, and its peak memory in MB."""
    cases = [json.dumps(case) + "\n" for case in CASES]
    command = [sys.executable, "-c", WATCHED.format(work=work)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as source:
        source.writelines(cases[number % len(cases)] for number in range(LINES))
        source.seek(0)
        start = time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
        )
        taken = time.perf_counter() - start
    return LINES / taken, float(done.stderr) / 1024
