"""``make bench``: every measurement, with the machine named."""

import os
import platform
import sys

from tests.bench import desk, pdf, rules, steps, transfer
from tests.bench.table import Row, render


def main() -> int:
    """Measure and print; 1 if a promise is not kept."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    rows: list[Row] = []
    for part in (rules, steps, desk, transfer, pdf):
        measured = part.measure()
        print(render(part.TITLE, measured), flush=True)
        rows += measured
    broken = [row for row in rows if row.kept is False]
    for row in broken:
        print(f"Not kept: {row.name}: {row.value} {row.unit}, promised {row.promise}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
