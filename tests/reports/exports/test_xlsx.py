"""The workbook, opened by a program that did not write it: real numbers, those of the page, and no foreign formula."""

import io
import re
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from advisor.engine.situation import Situation, read_situation
from reports.exports import look
from reports.exports.rows import plan_rows
from reports.exports.xlsx import to_xlsx
from reports.presenter import numbers
from reports.telling import Report
from tests.reports.exports.payloads import PAYLOADS
from tests.reports.exports.reports import SLUGS, everything, many, report_on, sample_report
from tests.situations import KINDS, PLAYBOOK, situations

SHEETS = ["Summary", "Answers", "Levels", "Gates", "Roadmap", "Budget", "Figures"]


def opened(report: Report, *, values: bool = True) -> Workbook:
    return load_workbook(io.BytesIO(to_xlsx(report)), data_only=values)


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows of the table of a sheet by column, as far as its filter reaches."""
    first, last = re.findall(r"\d+", sheet.auto_filter.ref)
    head, *rows = sheet.iter_rows(min_row=int(first), max_row=int(last), min_col=2, values_only=True)
    return [dict(zip(head, each, strict=True)) for each in rows]


def totals(sheet: Worksheet, column: int) -> dict[str, float]:
    """The rows below the table by their name in this column."""
    last = int(re.findall(r"\d+", sheet.auto_filter.ref)[1])
    return {
        row[column - 1].value: row
        for row in sheet.iter_rows(min_row=last + 1)
        if isinstance(row[column - 1].value, str)
    }


# --- The form -----------------------------------------------------------------------------------------------------------


def test_every_sheet_has_a_header_that_stays_a_filter_and_a_print_setup() -> None:
    book = opened(sample_report("tallis-software"))
    assert book.sheetnames == SHEETS
    for name in SHEETS:
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == (None if name == "Roadmap" else 0)
        assert "Tallis Software" in sheet.oddFooter.left.text
        if name != "Summary":
            head = int(re.findall(r"\d+", sheet.auto_filter.ref)[0])
            assert sheet.freeze_panes == f"A{head + 1}"
            assert sheet.print_title_rows == f"${head}:${head}"
            assert sheet.cell(head, 2).fill.fgColor.rgb == f"FF{look.INK}"


def test_the_roadmap_prints_on_two_large_sheets_that_both_name_the_moves() -> None:
    sheet = opened(sample_report("tallis-software"))["Roadmap"]
    assert int(sheet.page_setup.paperSize) == int(sheet.PAPERSIZE_A3)
    assert sheet.page_setup.scale >= 70
    assert [each.id for each in sheet.col_breaks.brk] == [15]
    assert sheet.print_title_cols == "$A:$F"


def test_a_bar_in_the_colour_of_its_floor_stands_beside_every_row() -> None:
    sheet = opened(sample_report("tallis-software"))["Roadmap"]
    colours = {row[3].value: row[0].fill.fgColor.rgb for row in sheet.iter_rows(min_row=5, max_row=15)}
    assert colours == {
        "DevOps": f"FF{look.HUES['stone']}",
        "DataOps": f"FF{look.HUES['brick']}",
        "MLOps": f"FF{look.HUES['copper']}",
    }


@pytest.mark.parametrize("title", ["3M & Söhne", "&D&T &[Path]", "&" * 80, "=1+1"])
def test_a_name_is_no_instruction_to_the_footer(title: str) -> None:
    left = opened(sample_report("lumo", title=title))["Answers"].oddFooter.left
    assert left.size == 8
    assert left.text.strip().replace("&&", "&").startswith(title[:50])


def test_the_document_says_what_it_is() -> None:
    report = sample_report("lumo")
    properties = opened(report).properties
    assert properties.title == report.page.headline
    assert properties.creator == "Groundwork"
    assert properties.created == datetime(2026, 11, 12)  # noqa: DTZ001  the file holds no zone


def test_the_day_is_a_real_date() -> None:
    sheet = opened(sample_report("lumo"))["Summary"]
    days = [row[2].value for row in sheet.iter_rows() if row[1].value == "Day"]
    assert days == [datetime(2026, 11, 12)]  # noqa: DTZ001  a day


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_xlsx(sample_report("lumo", day_rate=900)) == to_xlsx(sample_report("lumo", day_rate=900))


# --- The numbers of the page --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_levels_and_answers_are_those_of_the_page(slug: str) -> None:
    report = sample_report(slug)
    book, page = opened(report), report.page
    answers = [(each["Name"], each["Answer"], each["Note"] or "") for each in rows_of(book["Answers"])]
    assert answers == [(row.title, row.answer, row.note) for group in page.answers for row in group.rows]
    levels = [
        (each["Capability"], "" if each["Level"] is None else str(each["Level"]), bool(each["Missing"]))
        for each in rows_of(book["Levels"])
    ]
    shown = [
        (row.title, row.figure if row.figure.isdigit() else "", row.below)
        for floor in page.levels.floors
        for row in floor.rows
    ]
    assert levels == shown


@pytest.mark.parametrize("slug", SLUGS)
def test_gates_are_those_of_the_page(slug: str) -> None:
    report = sample_report(slug)
    rows = rows_of(opened(report)["Gates"])
    assert [(each["Layer"], each["What decides it"], each["What opens it"]) for each in rows] == [
        (row.layer.name, row.decides, row.opens) for row in report.page.gates.rows
    ]
    for each, row in zip(rows, report.page.gates.rows, strict=True):
        mean = report.advice.gates[row.layer.id].mean
        assert each["Average"] == (None if mean is None else pytest.approx(mean, abs=0.005))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_roadmap_is_a_plan_with_the_figures_of_the_page(slug: str) -> None:
    report = sample_report(slug)
    rows = {each["Code"]: each for each in rows_of(opened(report)["Roadmap"])}
    roadmap = report.page.roadmap
    assert roadmap is not None
    for move in (*roadmap.planned, *(each for lane in roadmap.lanes for each in lane.moves)):
        row = rows[move.code]
        assert (row["Initiative"], row["Owner"]) == (move.title, move.owner)
        for name in ("Effort from", "Effort to", "Effort middle", "Lead from", "Lead to"):
            assert row[name] is None or isinstance(row[name], int | float)
        if row["Effort from"] is not None:
            low, high = (numbers.quantity(row[each]) for each in ("Effort from", "Effort to"))
            assert move.effort.startswith(low if low == high else f"{low} to {high}")
        assert row["Status"] is None
    assert len(rows) == len(plan_rows(report))


def test_the_totals_are_formulas_of_ours_with_the_totals_of_the_page() -> None:
    report = sample_report("harrow-pumps")
    budget = report.advice.budget
    assert budget is not None
    for values in (True, False):
        sheet = opened(report, values=values)["Roadmap"]
        found = totals(sheet, 6)
        low, high = found["In all"][8].value, found["In all"][9].value
        if values:
            assert (low, high) == (
                budget.released.low + budget.held.low,
                budget.released.high + budget.held.high,
            )
            assert found["Stage 1"][10].value == budget.released.middle
            assert f"range {numbers.quantity(low)} to {numbers.quantity(high)}" in report.page.budget.note  # type: ignore[union-attr]
        else:
            assert low.startswith("=SUM(")
            assert found["Stage 1"][8].value.startswith("=SUMIF(")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_budget_is_that_of_the_page(slug: str) -> None:
    report = sample_report(slug, day_rate=900)
    sheet, section, budget = opened(report)["Budget"], report.page.budget, report.advice.budget
    if section is None or budget is None:
        assert sheet.max_row < 5
        return
    for each, row in zip(rows_of(sheet), section.rows, strict=True):
        assert each["Part"] == f"{row.what}, {row.layer.name}"
        assert numbers.quantity(each["Middle value"]) == row.middle
        assert row.money.startswith(numbers.sum_of_money(each["Money from"]))
    found = totals(sheet, 2)
    assert found["Released now"][4].value == pytest.approx(budget.released.middle)
    assert found["Held"][4].value == pytest.approx(budget.held.middle)


def test_what_is_not_known_is_empty_and_no_nought() -> None:
    case = {"mode": "full", "context": {}, "answers": {"dv_ci": None, "dv_cd": 0}}
    book = opened(report_on(read_situation(PLAYBOOK, case)))
    levels = {each["Capability"]: each["Level"] for each in rows_of(book["Levels"])}
    assert levels[PLAYBOOK.capability["dv_ci"].title] is None
    assert levels[PLAYBOOK.capability["dv_cd"].title] == 0
    assert {each["Effort from"] for each in rows_of(book["Roadmap"])} == {None}
    assert "In all" not in totals(book["Roadmap"], 6)


# --- Nothing runs ---------------------------------------------------------------------------------------------------------


def formulas(report: Report) -> list[str]:
    book = opened(report, values=False)
    return [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" or cell.hyperlink
    ]


def test_nothing_that_was_typed_becomes_a_formula() -> None:
    ours = formulas(sample_report("lumo"))
    assert {each.split("(")[0] for each in ours} == {"=SUM", "=SUMIF"}
    for words in many(PAYLOADS):
        assert formulas(sample_report("lumo", **words)) == ours, words


def test_characters_that_no_workbook_holds_are_left_out() -> None:
    text = "a\0b\x07c\x1fd\ud800e\ufffef\r\ng_x0041_ & <b> ]]>"
    rows = rows_of(opened(sample_report("lumo", **everything(text)))["Answers"])
    assert {each["Note"] for each in rows} == {"abcdef\ng_x0041_ & <b> ]]>"}


def test_the_longest_words_are_kept_whole() -> None:
    text = "W" * 2000
    book = opened(sample_report("lumo", **everything(text)))
    assert {each["Note"] for each in rows_of(book["Answers"])} == {text}
    assert max(each.height or 0 for each in book["Answers"].row_dimensions.values()) <= 400


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["id"])
def test_every_kind_of_result_becomes_a_workbook(case: dict[str, Any]) -> None:
    assert opened(report_on(read_situation(PLAYBOOK, case))).sheetnames == SHEETS


@given(situation=situations())
@settings(max_examples=10)
def test_any_situation_becomes_a_workbook(situation: Situation) -> None:
    assert opened(report_on(situation)).sheetnames == SHEETS
