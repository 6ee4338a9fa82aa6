"""``make load``: how many rooms full of phones one server takes, and whether anything gets lost."""

import argparse
import os
import platform
import sys

from tests.bench.table import Row, render
from tests.load.measuring import Measured, measure, percentile
from tests.postgres import NoPostgresError

ROOMS, PHONES = 20, 30
GROWTH = (1, 5, 10, 20, 40)
STRANGERS = 470


def rows_of(found: Measured, *, poll: float = 100) -> list[Row]:
    """What is promised of a run, and what it costs. ``poll`` is the promise for a poll's p95, in milliseconds."""
    stored = found.stored
    wrong = [*stored["lost"], *stored["added"], *stored["wrong"]]
    figures = {
        kind: [f"{found.at(kind, share):.0f}" for share in (0.5, 0.95, 0.99)] for kind in found.seconds
    }
    rows = [
        Row(
            name=f"{words}, p50 / p95 / p99",
            value=" / ".join(figures.get(kind, ["-"])),
            unit="ms",
            promise=f"p95 <= {poll:.0f}" if kind == "poll" else "",
            kept=found.at(kind, 0.95) <= poll if kind == "poll" else None,
        )
        for kind, words in (("poll", "a poll"), ("vote", "a vote"), ("act", "an act of a facilitator"))
    ]
    last = found.late[-1] if found.late else 0.0
    return [
        Row(name="polls", value=f"{found.polls:.0f}", unit="a second"),
        *rows,
        Row(
            name=f"until the last screen shows an act ({len(found.late)} acts), p95 / most",
            value=f"{percentile(found.late, 0.95):.1f} / {last:.1f}",
            unit="s",
            promise="<= 3",
            kept=bool(found.late) and last <= 3,
        ),
        Row(name="errors", value=str(len(found.errors)), unit="", promise="0", kept=not found.errors),
        Row(
            name=f"votes lost or added, of {stored['acknowledged']} acknowledged; results of {stored['revealed']} rounds wrong",
            value=str(len(wrong)),
            unit="",
            promise="0",
            kept=not wrong and stored["acknowledged"] > 0,
        ),
        Row(name="votes refused in words, since the result was shown", value=str(stored["refused"]), unit=""),
        Row(name="the server takes", value=f"{100 * found.server:.0f}", unit="% of a core"),
        Row(name="the server holds", value=f"{found.megabytes:.0f}", unit="MB"),
        Row(name="the players take", value=f"{100 * found.client:.0f}", unit="% of a core"),
        Row(
            name="everything else on this machine took", value=f"{100 * found.others:.0f}", unit="% of a core"
        ),
    ]


def flood_rows(found: Measured) -> list[Row]:
    """What happens to a room when many more want in than fit."""
    let_in = found.statuses.get("stranger 303", 0)
    refused = {
        status: count
        for status, count in found.statuses.items()
        if status in {"stranger 422", "stranger 429", "stranger 503"}
    }
    return [
        *rows_of(found, poll=300),
        Row(
            name="strangers told that there is no place / too often",
            value=f"{refused.get('stranger 422', 0)} / {refused.get('stranger 429', 0)}",
            unit="times",
            promise="> 0",
            kept=bool(refused),
        ),
        Row(name="strangers let in, or in already", value=str(let_in), unit="times"),
    ]


def growth_table(all_found: list[Measured]) -> str:
    """One line a number of rooms."""
    cells = [
        (
            "rooms",
            "screens",
            "polls/s",
            "p50",
            "p95",
            "p99",
            "last screen",
            "server",
            "players",
            "others",
            "MB",
            "lost",
            "errors",
        )
    ]
    for each in all_found:
        stored = each.stored
        lost = len(stored["lost"]) + len(stored["added"]) + len(stored["wrong"])
        last = each.late[-1] if each.late else 0.0
        cells.append(
            (
                *(str(each.rooms), str(each.phones + 2 * each.rooms), f"{each.polls:.0f}"),
                *(f"{each.at('poll', share):.0f} ms" for share in (0.5, 0.95, 0.99)),
                *(
                    f"{last:.1f} s",
                    f"{100 * each.server:.0f} %",
                    f"{100 * each.client:.0f} %",
                    f"{100 * each.others:.0f} %",
                ),
                *(f"{each.megabytes:.0f}", str(lost), str(len(each.errors))),
            )
        )
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(["How it grows", "------------", *lines, ""])


def main() -> int:
    """Measure and print; 1 if a promise is not kept."""
    parser = argparse.ArgumentParser(prog="make load")
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--only", choices=["rooms", "growth", "flood"])
    parser.add_argument(
        "--lasts", type=float, default=90, help="seconds of the long run; the others take a third"
    )
    given = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores shared with the players, Python {platform.python_version()}, "
        f"{given.db}; others kept {os.getloadavg()[0]:.1f} processes busy when this began\n"
    )
    rows: list[Row] = []
    errors: list[str] = []

    def tell(title: str, some: list[Row], found: Measured) -> None:
        print(render(title, some), flush=True)
        stored = found.stored
        errors.extend([*found.errors, *stored["lost"][:5], *stored["added"][:5], *stored["wrong"][:5]])
        rows.extend(some)

    long = None
    if given.only in {None, "rooms"}:
        long = measure(given.db, rooms=ROOMS, phones=PHONES, lasts=given.lasts)
        tell(f"{ROOMS} rooms, {PHONES} phones each", rows_of(long), long)
    if given.only in {None, "flood"}:
        flood = measure(given.db, rooms=1, phones=PHONES, lasts=given.lasts / 3, strangers=STRANGERS)
        tell(f"{STRANGERS} strangers at the door of a room with {PHONES} phones", flood_rows(flood), flood)
    if given.only in {None, "growth"}:
        grown = [
            long
            if long and number == ROOMS
            else measure(given.db, rooms=number, phones=PHONES, lasts=given.lasts / 3)
            for number in GROWTH
        ]
        print(growth_table(grown), flush=True)
    for each in errors:
        print(each, file=sys.stderr)
    broken = [row for row in rows if row.kept is False]
    for row in broken:
        print(f"Not kept: {row.name}: {row.value} {row.unit}, promised {row.promise}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoPostgresError as missing:
        sys.exit(str(missing))
