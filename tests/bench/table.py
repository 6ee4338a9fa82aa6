"""Rows of measurements and how they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure. ``baseline`` is the same measure of doing nothing; ``kept`` is None where nothing is promised."""

    name: str
    value: str
    unit: str
    baseline: str = ""
    promise: str = ""
    kept: bool | None = None


def render(title: str, rows: Iterable[Row]) -> str:
    """The rows as a text table."""
    cells = [("measured", "value", "unit", "baseline", "promised", "kept")]
    words = {True: "yes", False: "NO", None: ""}
    cells += [(row.name, row.value, row.unit, row.baseline, row.promise, words[row.kept]) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([title, "-" * len(title), *lines, ""])


def markdown(title: str, rows: Iterable[Row]) -> str:
    """The same as Markdown."""
    words = {True: "yes", False: "**NO**", None: ""}
    lines = [
        f"| {row.name} | {row.value} {row.unit} | {row.baseline} | {row.promise} | {words[row.kept]} |".replace(
            "  ", " "
        )
        for row in rows
    ]
    head = ["| measured | value | baseline | promised | kept |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"## {title}", "", *head, *lines, ""])
