"""Live rooms in short: five and twenty rooms of thirty phones for some seconds each. ``make load`` plays them for longer."""

import os

from tests.bench.table import Row
from tests.load.__main__ import PHONES
from tests.load.measuring import Measured
from tests.load.measuring import measure as play

TITLE = "Live rooms"
ROOMS = (5, 20)
SECONDS = 30.0
MOST_POLL = 100
"""Milliseconds, for 95 of 100 polls."""


def measure() -> list[Row]:
    """What a number of rooms costs the server, and how long screens wait."""
    return [
        row for rooms in ROOMS for row in _rows(play(_database(), rooms=rooms, phones=PHONES, lasts=SECONDS))
    ]


def _database() -> str:
    return os.environ.get("DB", "sqlite")


def _rows(found: Measured) -> list[Row]:
    about = f"{found.rooms} rooms of {PHONES} phones"
    stored = found.stored
    wrong = [*stored["lost"], *stored["added"], *stored["wrong"], *found.errors]
    return [
        Row(
            name=f"{about}: a poll, p50 / p95 ({found.polls:.0f} a second)",
            value=f"{found.at('poll', 0.5):.0f} / {found.at('poll', 0.95):.0f}",
            unit="ms",
            promise=f"p95 {MOST_POLL} or less",
            kept=found.at("poll", 0.95) <= MOST_POLL,
        ),
        Row(
            name=f"{about}: the server takes; baseline: everything else on this machine",
            value=f"{100 * found.server:.0f}",
            unit=f"% of a core, {found.megabytes:.0f} MB",
            baseline=f"{100 * (found.others + found.client):.0f}",
        ),
        Row(
            name=f"{about}: errors, and votes lost or added, of {stored['acknowledged']}",
            value=str(len(wrong)),
            unit="",
            promise="0",
            kept=not wrong and stored["acknowledged"] > 0,
        ),
    ]
