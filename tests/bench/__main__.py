"""``make bench``: every measurement beside its baseline, with the machine named, and what of the promises is kept.

``ONLY=growth`` (or several, with commas between them) takes some parts, ``GROWTH=1000000`` says how much is stored for the
largest of them, ``DB=postgres`` takes a PostgreSQL where a database is part of it.
"""

import os
import sys
import time
from pathlib import Path
from types import ModuleType

from tests.bench import desk, growth, pdf, rooms, rules, steps, throughput, transfer
from tests.bench.machine import described
from tests.bench.server import ROOT
from tests.bench.table import Row, markdown, render
from tests.postgres import NoPostgresError

PARTS: dict[str, ModuleType] = {
    "rules": rules,
    "wizard": steps,
    "desk": desk,
    "wire": transfer,
    "pdf": pdf,
    "server": throughput,
    "rooms": rooms,
    "growth": growth,
}
REPORT = Path("var") / "bench.md"


def main() -> int:
    """Measure, print, and write the same as Markdown; 1 if a promise is not kept, 2 for a part that there is not."""
    asked = [each.strip() for each in os.environ.get("ONLY", "").split(",") if each.strip()]
    if unknown := [each for each in asked if each not in PARTS]:
        sys.stderr.write(f"There is no {', '.join(unknown)} to measure: ONLY can name {', '.join(PARTS)}.\n")
        return 2
    lines = described(os.environ.get("DB", "sqlite"))
    print("\n".join([*lines, ""]), flush=True)
    written = ["# Measurements", "", *(f"- {each}" for each in lines), ""]
    broken: list[Row] = []
    promised = 0
    for name in asked or PARTS:
        part, begun = PARTS[name], time.monotonic()
        rows = part.measure()
        took = f"{name}: {time.monotonic() - begun:.0f} s, load {os.getloadavg()[0]:.1f} in the end"
        print(render(part.TITLE, rows) + f"({took})\n", flush=True)
        written += [markdown(part.TITLE, rows), f"{took}\n"]
        promised += sum(row.kept is not None for row in rows)
        broken += [row for row in rows if row.kept is False]
    last = f"{promised - len(broken)} of {promised} promises are kept."
    written += [f"**{last}**", *(f"- Not kept: {_said(row)}" for row in broken), ""]
    _write("\n".join(written))
    print(f"{last} All of it stands in {REPORT} too.")
    for row in broken:
        print(f"Not kept: {_said(row)}", file=sys.stderr)
    return 1 if broken else 0


def _said(row: Row) -> str:
    return f"{row.name}: {row.value} {row.unit} {f'({row.baseline})' if row.baseline else ''}, promised {row.promise}"


def _write(text: str) -> None:
    file = ROOT / REPORT
    file.parent.mkdir(exist_ok=True, mode=0o700)
    file.write_text(text)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoPostgresError as missing:
        sys.exit(str(missing))
