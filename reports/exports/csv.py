"""The plan as a backlog, in the two forms that Jira and Azure DevOps import: an epic a stage, an item a move.

Column names and values such as "Epic" or "High" are the importers' own words and are never translated.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape
from django.utils.translation import gettext

from reports.exports.cells import guarded
from reports.exports.rows import PlanRow, plan_rows
from reports.presenter import numbers
from reports.telling import Report

HOURS_PER_DAY = 8
"""As both importers count by default."""

BOM = "\ufeff"

type Dialect = Literal["jira", "azure"]
type Part = tuple[str, str]
"""A heading of a description and its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Epic:
    """A stage, or what stands beside the stages, with its moves."""

    title: str
    parts: tuple[Part, ...]
    label: str
    priority: int
    rows: tuple[PlanRow, ...]


def to_csv(report: Report, dialect: Dialect) -> bytes:
    """The backlog: UTF-8, CRLF, every cell in quotes.

    Azure DevOps gets a byte order mark, as spreadsheets that save "CSV UTF-8" write it. Jira gets none: some of its
    importers take the mark for a part of the first column's name.
    """
    lines = {"jira": _jira, "azure": _azure}[dialect](report)
    return write(lines, bom=dialect == "azure")


def write(lines: Iterable[Iterable[str]], *, bom: bool) -> bytes:
    """RFC 4180, with nothing in it that a spreadsheet would run. The one place that writes CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        [guarded(cell) for cell in line] for line in lines
    )
    return ((BOM if bom else "") + text.getvalue()).encode()


# --- Epics and items ----------------------------------------------------------------------------------------------------


def epics(report: Report) -> tuple[Epic, ...]:
    """The stages in their order; moves beside them come in epics of their own, and what is left out in none."""
    groups: dict[str, list[PlanRow]] = {}
    for row in plan_rows(report):
        if not row.words.left_out:
            groups.setdefault(_group(row), []).append(row)
    return tuple(_epic(report, title, rows) for title, rows in groups.items())


def _group(row: PlanRow) -> str:
    if row.stage is not None:
        return row.stage_name
    return row.lanes[0] if row.lanes else gettext("First moves")


def _epic(report: Report, name: str, rows: list[PlanRow]) -> Epic:
    stages = report.page.roadmap.stages if report.page.roadmap else ()
    stage = next((each for each in stages if each.stage == name), None)
    known: list[Part] = [(gettext("For"), report.page.title)]
    if stage:
        known += [
            (gettext("Effort"), stage.effort),
            (report.page.roadmap.range_title if report.page.roadmap else "", stage.range),
            (gettext("Planned at"), stage.planned),
            (gettext("When"), stage.span),
            (gettext("Ends with"), stage.ends_with),
        ]
    known.append((gettext("From"), f"Groundwork, {report.page.day_words}. {report.page.method.edition}"))
    return Epic(
        title=gettext("%(stage)s, %(layer)s") % {"stage": name, "layer": stage.layer.name} if stage else name,
        parts=tuple(each for each in known if each[1]),
        label=f"stage-{rows[0].stage}" if stage else "beside-the-stages",
        priority=min(_priority(each) for each in rows),
        rows=tuple(rows),
    )


def _priority(row: PlanRow) -> int:
    """From 1, for what starts now, to 4."""
    if row.when == gettext("Now"):
        return 1
    return 2 if row.stage is None else min(row.stage + 1, 4)


def _parts(report: Report, row: PlanRow) -> tuple[Part, ...]:
    """What the team has to know of a move, in the words of the page."""
    shorts = {each.code: each.words.short for each in plan_rows(report)}
    known: tuple[Part, ...] = (
        (gettext("Next Monday"), row.words.next_monday),
        (gettext("Done when"), row.words.success),
        (gettext("What it does"), " ".join(row.words.lifts)),
        (gettext("Owner"), row.words.owner),
        (gettext("Due"), row.words.due),
        (gettext("Note"), row.words.note),
        (gettext("Changed by you"), "; ".join(row.words.remarks)),
        (gettext("Accepted risk"), _risk(report, row)),
        (gettext("Comes after"), "; ".join(shorts[each] for each in row.depends)),
        (gettext("Effort"), row.words.effort),
        (gettext("Lead time"), row.words.lead),
        (gettext("Watch out"), row.risk),
        (gettext("Starts early as"), "; ".join(row.lanes) if row.stage is not None else ""),
    )
    return tuple(each for each in known if each[1])


def _risk(report: Report, row: PlanRow) -> str:
    """What does not hold where somebody put the move, and why that is accepted."""
    risks = report.page.roadmap.risks if report.page.roadmap else ()
    return " ".join(
        part for each in risks if each.code == row.code for part in (*each.says, each.reason) if part
    )


# --- Jira -----------------------------------------------------------------------------------------------------------------

JIRA = (
    "Issue ID", "Issue Type", "Summary", "Description", "Priority", "Labels", "Labels", "Labels",
    "Original Estimate", "Parent", "Epic Name", "Epic Link",
)  # fmt: skip
JIRA_PRIORITIES = ("Highest", "High", "Medium", "Low")

WIKI = re.compile(r"([{}\[\]!|\\])")
"""What Jira's text would take for markup that loads or runs something."""


def _jira(report: Report) -> Iterator[tuple[str, ...]]:
    yield JIRA
    number = 0
    for epic in epics(report):
        number += 1
        parent = str(number)
        labels = ("groundwork", epic.label, "")
        about = _wiki(epic.parts)
        yield (
            parent, "Epic", epic.title, about, JIRA_PRIORITIES[epic.priority - 1], *labels,
            "", "", epic.title, "",
        )  # fmt: skip
        for row in epic.rows:
            number += 1
            yield (
                str(number), "Story", row.words.title, _wiki(_parts(report, row)),
                JIRA_PRIORITIES[_priority(row) - 1], "groundwork", epic.label, row.layer.id,
                _seconds(report, row), parent, "", epic.title,
            )  # fmt: skip


def _wiki(parts: Iterable[Part]) -> str:
    return "\n\n".join(f"*{title}:* {WIKI.sub(r'\\\1', text)}" for title, text in parts)


def _seconds(report: Report, row: PlanRow) -> str:
    """Jira's estimates are in seconds of working time: the middle value, in whole hours."""
    if row.effort is None:
        return ""
    hours = numbers.rounded(row.effort.middle * report.playbook.figures.days_per_week.value * HOURS_PER_DAY)
    return str(int(hours) * 3600)


# --- Azure DevOps -----------------------------------------------------------------------------------------------------------

AZURE = ("Work Item Type", "Title 1", "Title 2", "Description", "Priority", "Tags", "Effort")
"""A title in the second column makes an item the child of the last one in the first."""


def _azure(report: Report) -> Iterator[tuple[str, ...]]:
    yield AZURE
    for epic in epics(report):
        tags = f"groundwork; {epic.label}"
        yield ("Epic", epic.title, "", _html(epic.parts), str(epic.priority), tags, "")
        for row in epic.rows:
            effort = f"{row.effort.middle:g}" if row.effort else ""
            about = _html(_parts(report, row))
            tagged = f"{tags}; {row.layer.id}"
            yield ("Feature", "", row.words.title, about, str(_priority(row)), tagged, effort)


def _html(parts: Iterable[Part]) -> str:
    return "".join(f"<p><b>{escape(title)}:</b> {escape(text)}</p>" for title, text in parts)
