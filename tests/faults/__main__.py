"""``make faults``: injects every fault, says what was promised, acknowledged, stored and lost, and ends with 1 if anything was."""

import argparse
import importlib
import sys
import time
import traceback
from collections.abc import Collection

from tests.faults.fault import FAULTS, Fault, NotHereError, Seen, Where, tell
from tests.faults.proved import PROVED, Proofs
from tests.postgres import NoPostgresError

KILLS, ALL_KILLS = 20, 100


FAMILIES = ("killing", "database", "disk", "renderer", "clock", "releases", "services", "floods")


def load_all(only: Collection[str] = ()) -> list[Fault]:
    """Every fault, or those of these numbers, in order: what is injected here, and what tests inject by themselves."""
    for each in FAMILIES:
        importlib.import_module(f"tests.faults.{each}")
    proved = Proofs([key for key in PROVED if not only or key[0] in only]).faults()
    here = [each for each in FAULTS if not only or each.id in only]
    return sorted([*here, *proved], key=lambda each: each.id)


def table(rows: list[tuple[str, ...]]) -> str:
    cells = [("fault", "", "kept", "acknowledged", "stored", "lost", "s", "injected"), *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join(lines)


def figures(seen: Seen) -> tuple[str, str, str]:
    if seen.acknowledged is None:
        return "", "", str(len(seen.lost)) if seen.lost else ""
    return str(seen.acknowledged), str(seen.stored), str(len(seen.lost))


def injected(one: Fault, where: Where) -> tuple[tuple[str, ...], bool]:
    """Inject one and tell what came of it: its row, and whether all was kept."""
    tell(f"\n{one.id}  {one.name}")
    begun = time.monotonic()
    try:
        seen = one.inject(where)
    except NotHereError as missing:
        tell(f"      not here: {missing}")
        return (one.id, one.name, "-", "", "", "", "", f"not here: {missing}"), True
    except Exception:  # noqa: BLE001  the others are injected all the same, and this one is not kept
        tell(traceback.format_exc())
        seen = Seen(injected="", broken=["it could not be injected, see above"])
    took = time.monotonic() - begun
    tell(f"      injected: {seen.injected}")
    for remark in seen.remarks:
        tell(f"      {remark}")
    for wrong in [*(f"LOST {each}" for each in seen.lost), *(f"NOT KEPT {each}" for each in seen.broken)][
        :12
    ]:
        tell(f"      {wrong}")
    word = "yes" if seen.kept else "NO"
    return (one.id, one.name, word, *figures(seen), f"{took:.0f}", seen.injected), seen.kept


def main() -> int:
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--only", action="append", default=[], help="F-09, say; more than once for several")
    parser.add_argument("--full", action="store_true", help=f"kill {ALL_KILLS} times instead of {KILLS}")
    given = parser.parse_args()
    where = Where(given.db, ALL_KILLS if given.full else KILLS)
    chosen = load_all(given.only)
    if not chosen:
        parser.error(f"there is no fault {', '.join(given.only)}")
    rows, broken, begun = [], [], time.monotonic()
    for each in chosen:
        row, kept = injected(each, where)
        rows.append(row)
        if not kept:
            broken.append(each.id)
    tell(
        f"\nWhat was injected, and what was lost ({given.db}, {time.monotonic() - begun:.0f} s)\n\n{table(rows)}\n"
    )
    if broken:
        tell(f"Not kept: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoPostgresError as missing:
        sys.exit(str(missing))
