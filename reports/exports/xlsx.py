"""The report as a workbook: real numbers to go on with, one sheet a subject, and the roadmap as a plan.

Whatever is words is written as text and can never be a formula; the only formulas are the totals, and they are ours.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from advisor.engine.advice import Budget, Tranche
from advisor.engine.playbook import Figures, Range
from advisor.engine.situation import Special
from reports.exports import look
from reports.exports.cells import plain
from reports.exports.lettering import lines
from reports.exports.rows import PlanRow, plan_rows, risk_line
from reports.presenter.money import basis_word
from reports.presenter.parts import LayerTag
from reports.telling import Report

LONGEST_CELL = 32_000
"""Characters; a workbook holds no more than 32,767 in a cell."""

LONGEST_FOOTER = 120

FIRST_DAY = date(1900, 3, 1)
"""Workbooks know no day before 1900, and count those of its first two months differently."""

NUMBERS = 13
"""Columns as narrow as this hold numbers."""

SIZE, LINE, HIGHEST = 10, 12.75, 400
"""Points: of the letters, from line to line, and of a row at most."""

type Cell = str | float | date | None


def to_xlsx(report: Report) -> bytes:
    """The workbook, the same bytes for the same report."""
    made = io.BytesIO()
    book = _Book(made, report)
    for sheet in (_summary, _answers, _levels, _gates, _roadmap, _budget, _figures):
        sheet(book, report)
    book.book.close()
    return made.getvalue()


class _Book:
    """A workbook with its formats, made once."""

    def __init__(self, made: io.BytesIO, report: Report) -> None:
        self.report = report
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(made, options)
        page = report.page
        self.book.set_properties(
            {
                "title": plain(page.headline),
                "subject": plain(page.title),
                "author": plain(page.prepared.name) if page.prepared else "Groundwork",
                "comments": plain(f"{page.footer}. {page.method.edition}"),
                "created": datetime.combine(page.day, time(), UTC),
            }
        )
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **traits: Any) -> Format:
        usual = {"font_name": look.FONT, "font_size": SIZE, "font_color": f"#{look.INK}", "valign": "top"}
        key = tuple(sorted((usual | traits).items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def sheet(self, name: str, widths: Sequence[float]) -> "_Sheet":
        return _Sheet(self, self.book.add_worksheet(_sheet_name(name)), widths)


class _Sheet:
    """One sheet, written from the top down. The first column is the bar in the colour of a floor."""

    def __init__(self, book: _Book, sheet: Worksheet, widths: Sequence[float]) -> None:
        self.book, self.sheet, self.row = book, sheet, 0
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 1.5)
        for place, width in enumerate(widths, start=1):
            sheet.set_column(place, place, width)
        self.widths, self.last = widths, len(widths)
        self.rooms = [0.0, *(0.75 * (7 * each + 5) - 14 for each in widths)]
        """What a line of text may take in each column, in points."""
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        footer = plain(book.report.page.footer)[:LONGEST_FOOTER].replace("&", "&&")
        # The space keeps a name that begins with a digit out of the size.
        sheet.set_footer(f'&L&"{look.FONT},Regular"&8 {footer}&R&"{look.FONT},Regular"&8&P / &N')

    def on_two(self, column: int, named: int) -> None:
        """On paper a second sheet from after ``column`` on: it repeats the first ``named``, so that rows keep their names."""
        self.sheet.set_paper(8)  # A3
        self.sheet.set_print_scale(73)
        self.sheet.set_v_pagebreaks([column + 1])
        self.sheet.repeat_columns(0, named - 1)

    def text(self, column: int, value: str, **traits: Any) -> None:
        self.sheet.write_string(
            self.row, column, plain(value)[:LONGEST_CELL], self.book.format(text_wrap=True, **traits)
        )

    def number(self, column: int, value: float, **traits: Any) -> None:
        made = self.book.format(align="right", indent=1, num_format=_digits(value), **traits)
        self.sheet.write_number(self.row, column, round(value, 2), made)

    def next(self, *texts: tuple[int, str], bold: bool = False) -> None:
        """End a row, as high as the texts in these columns need it: not every program finds that out by itself."""
        high = max((lines(text, SIZE, self.rooms[column], bold=bold) for column, text in texts), default=1)
        self.sheet.set_row(self.row, min(high * LINE + 5, HIGHEST))
        self.row += 1

    def sum(self, column: int, formula: str, value: float, **traits: Any) -> None:
        """A formula of ours, with its result for programs that calculate nothing."""
        made = self.book.format(align="right", indent=1, bold=True, num_format=_digits(value), **traits)
        self.sheet.write_formula(self.row, column, formula, made, round(value, 2))

    def cells(self, cells: Sequence[Cell], layer: LayerTag | None = None, **traits: Any) -> None:
        """A row of text and numbers; None leaves a cell empty."""
        line = {"bottom": 1, "bottom_color": f"#{look.HAIR}"} | traits
        if layer:
            bar = self.book.format(bg_color=f"#{look.HUES[layer.hue]}")
            self.sheet.write_blank(self.row, 0, None, bar)
        for column, cell in enumerate(cells, start=1):
            if cell is None:
                self.sheet.write_blank(self.row, column, None, self.book.format(**line))
            elif isinstance(cell, str):
                self.text(column, cell, align="left", indent=1, **line)
            elif isinstance(cell, date) and cell < FIRST_DAY:
                self.text(column, cell.isoformat(), align="right", indent=1, **line)
            elif isinstance(cell, date):
                made = self.book.format(align="right", indent=1, num_format="yyyy-mm-dd", **line)
                self.sheet.write_datetime(self.row, column, datetime.combine(cell, time()), made)
            else:
                self.number(column, cell, **line)
        texts = [(column, cell) for column, cell in enumerate(cells, start=1) if isinstance(cell, str)]
        self.next(*texts, bold=bool(traits.get("bold")))

    def title(self, words: str, note: str = "") -> None:
        """What the sheet says, in a sentence."""
        self.sheet.write_string(self.row, 1, plain(words), self.book.format(font_size=16, bold=True))
        self.sheet.set_row(self.row, 26)
        self.row += 1
        if note:
            self.sheet.write_string(self.row, 1, plain(note), self.book.format(font_color=f"#{look.INK_2}"))
            self.row += 1
        self.row += 1

    def head(self, names: Sequence[str]) -> None:
        """The header of a table, which stays in sight and stands on every sheet of paper.

        A narrow column holds numbers, so that its name stands on the right like them.
        """
        ink = {"bold": True, "font_color": f"#{look.PAPER}", "bg_color": f"#{look.INK}", "text_wrap": True}
        self.sheet.write_blank(self.row, 0, None, self.book.format(bg_color=f"#{look.INK}"))
        for column, name in enumerate(names, start=1):
            side = (
                {"align": "right", "indent": 1}
                if self.widths[column - 1] <= NUMBERS
                else {"align": "left", "indent": 1}
            )
            made = self.book.format(**ink, **side, valign="vcenter")
            self.sheet.write_string(self.row, column, name, made)
        self.sheet.set_row(self.row, 34)
        self.sheet.repeat_rows(self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)

    def filter_from(self, head: int) -> None:
        self.sheet.autofilter(head, 1, max(self.row - 1, head + 1), self.last)

    def note(self, words: str) -> None:
        self.sheet.write_string(self.row, 1, plain(words), self.book.format(font_color=f"#{look.INK_2}"))
        self.row += 1


def _digits(value: float) -> str:
    """Thousands apart, decimals only where there are some."""
    return "#,##0" if round(value, 2) == round(value) else "#,##0.##"


def _sheet_name(words: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "", plain(words))[:31]


# --- Summary ------------------------------------------------------------------------------------------------------------


def _summary(book: _Book, report: Report) -> None:
    page = report.page
    sheet = book.sheet(gettext("Summary"), (30, 96))
    sheet.title(page.headline)
    sheet.row -= 1
    for sentence in page.lead:
        sheet.note(sentence)
    sheet.row += 1
    _pairs(
        sheet,
        (gettext("Organisation"), page.title),
        (gettext("About"), page.scope),
        (gettext("The decision that waits"), page.decision),
    )
    sheet.text(1, gettext("Day"), bold=True, bottom=1, bottom_color=f"#{look.HAIR}")
    day = book.format(num_format="d mmmm yyyy", align="left", bottom=1, bottom_color=f"#{look.HAIR}")
    sheet.sheet.write_datetime(sheet.row, 2, datetime.combine(page.day, time()), day)
    sheet.row += 1
    _pairs(sheet, (gettext("Edition"), page.method.edition), (gettext("Provisional"), page.provisional))
    sheet.row += 1
    for row in page.judged.rows if page.judged else ():
        _pairs(
            sheet,
            (_judged(row.about), f"{_calculated(row.calculated)}\n{row.judged} “{row.reason}” {row.by}"),
        )
    for message in page.messages:
        lines = [
            f"{number}. {line}" if message.numbered else line
            for number, line in enumerate(message.lines, start=1)
        ]
        _pairs(sheet, (message.title, "\n".join(lines)))
    sheet.row += 1
    _pairs(
        sheet,
        *((side.kicker, f"{side.title}\n{side.says}") for side in page.agreement.sides),
        (page.agreement.title, page.agreement.says) if page.agreement.differs else ("", ""),
        *((fact.label[:1].upper() + fact.label[1:], fact.figure) for fact in page.facts),
    )


def _judged(about: str) -> str:
    return gettext("Judged: %(about)s") % {"about": about}


def _calculated(words: str) -> str:
    return gettext("Calculated: %(words)s") % {"words": words}


def _pairs(sheet: _Sheet, *pairs: tuple[str, str]) -> None:
    """A name and what it is, without the empty ones."""
    for name, says in pairs:
        if says:
            sheet.text(1, name, bold=True, bottom=1, bottom_color=f"#{look.HAIR}")
            sheet.text(2, says, bottom=1, bottom_color=f"#{look.HAIR}")
            sheet.next((1, name), (2, says), bold=True)


# --- Answers, levels, gates ---------------------------------------------------------------------------------------------


def _answers(book: _Book, report: Report) -> None:
    sheet = book.sheet(gettext("Answers"), (22, 26, 42, 24, 8, 50, 40))
    sheet.title(gettext("Every answer"), gettext("Word for word, with your notes."))
    head = sheet.row
    sheet.head(
        (
            gettext("Part"),
            gettext("Name"),
            gettext("Question"),
            gettext("Answer"),
            gettext("Level"),
            gettext("What that means"),
            gettext("Note"),
        )
    )
    for group in report.page.answers:
        for row in group.rows:
            level = report.situation.levels.get(row.question)
            sheet.cells(
                (
                    group.title,
                    row.title,
                    row.asks,
                    row.answer,
                    level if isinstance(level, int) else None,
                    row.fact,
                    row.note,
                ),
                group.layer,
            )
    sheet.filter_from(head)


def _levels(book: _Book, report: Report) -> None:
    section = report.page.levels
    sheet = book.sheet(gettext("Levels"), (14, 36, 18, 11, 11, 11, 11))
    sheet.title(section.heading, section.strong)
    head = sheet.row
    sheet.head(
        (
            gettext("Layer"),
            gettext("Capability"),
            gettext("Answer"),
            gettext("Level"),
            gettext("Gate needs"),
            gettext("Missing"),
            gettext("Planned"),
        )
    )
    standings = {each.capability: each for each in report.advice.standings}
    for floor in section.floors:
        for row in floor.rows:
            found = standings[row.capability]
            answer = None if isinstance(found.answer, Special) or not found.asked else found.answer
            minimum = found.minimum if found.asked else None
            missing = max(0, minimum - answer) if minimum is not None and answer is not None else None
            sheet.cells(
                (floor.layer.name, row.title, row.words, answer, minimum, missing, found.planned),
                floor.layer,
                bold=row.below,
            )
    sheet.filter_from(head)


def _gates(book: _Book, report: Report) -> None:
    section = report.page.gates
    sheet = book.sheet(gettext("Gates"), (14, 20, 11, 11, 11, 11, 56, 56))
    sheet.title(section.heading, section.note)
    head = sheet.row
    sheet.head(
        (
            gettext("Layer"),
            gettext("State"),
            gettext("Average"),
            gettext("Average needed"),
            gettext("Below the line"),
            gettext("Not known"),
            gettext("What decides it"),
            gettext("What opens it"),
        )
    )
    words = {floor.layer.id: floor.gate_word for floor in report.page.house.floors}
    for row in section.rows:
        gate = report.advice.gates[row.layer.id]
        sheet.cells(
            (
                row.layer.name,
                words[row.layer.id],
                gate.mean,
                gate.average,
                len(gate.failing),
                len(gate.unknown),
                row.decides,
                row.opens,
            ),
            row.layer,
        )
    sheet.filter_from(head)


# --- Roadmap ------------------------------------------------------------------------------------------------------------

STAGE, LOW, HIGH, MIDDLE = 2, 8, 9, 10
"""Columns that the totals look at."""


def _roadmap(book: _Book, report: Report) -> None:
    """One row a move, the team's own column at the end, and totals that follow what the team changes."""
    roadmap = report.page.roadmap
    offered = report.offers.names
    widths = (17, 8, 13.5, 14, 34, 27, 24, *[8.5] * 7, 18, 16, 12, 25, 25)
    sheet = book.sheet(gettext("Roadmap"), (*widths, *((28,) if offered else ()), 14))
    sheet.on_two(14, 6)
    sheet.title(
        roadmap.heading if roadmap else report.page.moves.heading,
        gettext("Efforts in person-weeks, lead times and weeks counted from today in weeks."),
    )
    head = sheet.row
    sheet.head(
        (
            gettext("Code"),
            gettext("Stage"),
            gettext("Layer"),
            gettext("When"),
            gettext("Initiative"),
            gettext("What it does"),
            gettext("Owner"),
            gettext("Effort from"),
            gettext("Effort to"),
            gettext("Effort middle"),
            gettext("Lead from"),
            gettext("Lead to"),
            gettext("Stage from week"),
            gettext("Stage to week"),
            gettext("Comes after"),
            gettext("Starts early as"),
            gettext("Due"),
            gettext("Note"),
            gettext("Changed by you"),
            *([gettext("Offered, %(whose)s") % {"whose": report.offers.whose}] if offered else []),
            gettext("Status"),
        )
    )
    rows = sorted(plan_rows(report), key=lambda row: not row.counts)
    first = sheet.row
    for row in rows:
        *cells, status = _plan_cells(row)
        sheet.cells((*cells, *([row.words.offer] if offered else []), status), row.layer)
    sheet.filter_from(head)
    if rows:
        states = [gettext("Open"), gettext("Under way"), gettext("Done"), gettext("Dropped")]
        sheet.sheet.data_validation(
            first,
            sheet.last,
            sheet.row - 1,
            sheet.last,
            {"validate": "list", "source": states, "error_type": "information"},
        )
    counted = [row for row in rows if row.counts and row.effort]
    if counted and len(counted) == sum(row.counts for row in rows):
        _totals(sheet, counted, first)
    if any(not row.counts for row in rows):
        sheet.note(
            gettext(
                "Rows that stand only in a lane are not in the total: just a beginning is made there. Nor is what is "
                "left out."
            )
        )
    for risk in roadmap.risks if roadmap else ():
        sheet.note(risk_line(risk))


def _plan_cells(row: PlanRow) -> tuple[Cell, ...]:
    return (
        row.code,
        row.stage,
        row.layer.name,
        row.when,
        row.words.title,
        " ".join(row.words.lifts),
        row.words.owner,
        *_three(row.effort),
        row.lead.low,
        row.lead.high,
        row.start_week,
        row.end_week,
        ", ".join(row.depends),
        ", ".join(row.lanes),
        row.words.due_day,
        row.words.note,
        "; ".join(row.words.remarks),
        None,
    )


def _three(amount: Range | None) -> tuple[float | None, float | None, float | None]:
    """From, to and the middle."""
    return (amount.low, amount.high, amount.middle) if amount else (None, None, None)


def _totals(sheet: _Sheet, rows: Sequence[PlanRow], first: int) -> None:
    """A sum for each stage and one for all, below the rows that count."""
    last = first + len(rows) - 1
    stages = xl_range_abs(first, STAGE, last, STAGE)
    sheet.row += 1
    for stage, name in sorted({(row.stage, row.stage_name) for row in rows if row.stage is not None}):
        sheet.text(STAGE + 3, name, bold=True)
        for column in (LOW, HIGH, MIDDLE):
            value = sum(_effort(row, column) for row in rows if row.stage == stage)
            amounts = xl_range_abs(first, column, last, column)
            sheet.sum(column, f"=SUMIF({stages},{stage},{amounts})", value)
        sheet.row += 1
    sheet.text(STAGE + 3, gettext("In all"), bold=True, top=1)
    for column in (LOW, HIGH, MIDDLE):
        amounts = xl_range_abs(first, column, last, column)
        sheet.sum(column, f"=SUM({amounts})", sum(_effort(row, column) for row in rows), top=1)
    sheet.row += 2


def _effort(row: PlanRow, column: int) -> float:
    if row.effort is None:
        return 0
    return {LOW: row.effort.low, HIGH: row.effort.high, MIDDLE: row.effort.middle}[column]


# --- Budget and figures -------------------------------------------------------------------------------------------------


def _budget(book: _Book, report: Report) -> None:
    section, budget = report.page.budget, report.decided.budget
    sheet = book.sheet(gettext("Budget"), (24, 13, 13, 13, 32, 11, 11, 13, 13, 13))
    if section is None or budget is None:
        sheet.title(
            section.heading if section else gettext("Nothing has to be planned"),
            section.missing if section else "",
        )
        return
    sheet.title(section.heading, section.note)
    head = sheet.row
    sheet.head(
        (
            gettext("Part"),
            gettext("Person-weeks from"),
            gettext("Person-weeks to"),
            gettext("Middle value"),
            gettext("Released"),
            gettext("Start week"),
            gettext("End week"),
            gettext("Money from"),
            gettext("Money to"),
            gettext("Money, middle"),
        )
    )
    first = sheet.row
    for row, (effort, money, tranche) in zip(section.rows, _amounts(budget), strict=True):
        sheet.cells(
            (
                f"{row.what}, {row.layer.name}",
                *_three(effort),
                row.when,
                tranche.start_week if tranche else None,
                tranche.end_week if tranche else None,
                *_three(money),
            ),
            row.layer,
        )
    sheet.filter_from(head)
    _budget_totals(sheet, budget, first, last=sheet.row - 1)
    for sentence in (*section.sentences, section.affordable, section.formula):
        if sentence:
            sheet.note(sentence)


def _amounts(budget: Budget) -> Iterator[tuple[Range, Range | None, Tranche | None]]:
    """Effort, money and stage of each part, in the order of the page: a baseline beside the stages comes first."""
    if budget.baseline and budget.baseline.effort:
        yield budget.baseline.effort, budget.baseline_money, None
    for each in budget.tranches:
        yield each.effort, each.money, each


def _budget_totals(sheet: _Sheet, budget: Budget, first: int, last: int) -> None:
    """Released and held. Released parts come first, so what the first cell says is what released ones say, if there are any."""
    when = xl_range_abs(first, 5, last, 5)
    released = bool(budget.baseline) or any(each.released for each in budget.tranches)
    now = xl_rowcol_to_cell(first, 5, row_abs=True, col_abs=True) if released else '"-"'
    sheet.row += 1
    for name, condition, effort, money in (
        (gettext("Released now"), now, budget.released, budget.released_money),
        (gettext("Held"), f'"<>"&{now}', budget.held, budget.held_money),
    ):
        sheet.text(1, name, bold=True)
        columns = [(2, effort.low), (3, effort.high), (4, effort.middle)]
        columns += [(8, money.low), (9, money.high), (10, money.middle)] if money else []
        for column, value in columns:
            sheet.sum(
                column, f"=SUMIF({when},{condition},{xl_range_abs(first, column, last, column)})", value
            )
        sheet.row += 1
    sheet.row += 1


def _figures(book: _Book, report: Report) -> None:
    """Every number of the rules, to be argued about."""
    sheet = book.sheet(gettext("Figures"), (46, 10, 24, 18, 86))
    sheet.title(
        gettext("Every figure, with its reason"),
        gettext("Figures marked “our judgement” are experience, with no published study behind them."),
    )
    if changed := report.page.changed:
        sheet.note(changed.note)
        sheet.head((changed.heading, "", gettext("Edition"), gettext("Yours"), ""))
        for row in changed.rows:
            sheet.cells((f"{row.group}: {row.title}", None, row.edition, row.own, None))
        sheet.row += 1
    head = sheet.row
    sheet.head((gettext("Figure"), gettext("Value"), gettext("Unit"), gettext("Basis"), gettext("Reason")))
    for each in fields(Figures):
        figure = getattr(report.playbook.figures, each.name)
        sheet.cells((figure.title, figure.value, figure.unit, basis_word(figure.basis), figure.reason))
    sheet.filter_from(head)
