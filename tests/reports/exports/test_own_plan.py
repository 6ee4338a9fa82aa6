"""What somebody changed about plan and figures is in every file that is taken along."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from pptx import Presentation

from advisor.engine.ownplan import Change
from advisor.engine.result import as_json
from assessments.models import Assessment
from assessments.planning import change_move, set_figures
from reports.exports.csv import to_csv
from reports.exports.json import to_json
from reports.exports.markdown import to_markdown
from reports.exports.pptx import to_pptx
from reports.exports.rows import plan_rows
from reports.exports.xlsx import to_xlsx
from reports.telling import Report, whole_report_of

ROOT = Path(__file__).resolve().parents[3]
SCHEDULER = "do_i_orchestrate"
REASON = "=The scheduler arrives in May"


@pytest.fixture
def report(tallis: Assessment) -> Report:
    """One move put off with a reason, one left out, one effort and one minimum of one's own."""
    change_move(
        assessment=tallis,
        code=SCHEDULER,
        change=Change(slot="later", owner="Ana Keller", due="2027-03-12", note="+With the team", risk=REASON),
        figures={f"effort:{SCHEDULER}": (5, 9)},
    )
    change_move(assessment=tallis, code="dv_i_baseline", change=Change(slot="dropped"))
    set_figures(assessment=tallis, figures={"minimum:dv_chg": 2, "day_rate": 850.0})
    return whole_report_of(tallis)


def test_json_has_it_all_and_fits_the_schema(report: Report) -> None:
    data = json.loads(to_json(report))
    Draft202012Validator(json.loads((ROOT / "docs/result.schema.json").read_text())).validate(data)
    move = next(each for each in data["advice"]["moves"] if each["code"] == SCHEDULER)
    assert (move["owner"], move["due"], move["note"]) == ("Ana Keller", "2027-03-12", "+With the team")
    assert (move["effort"]["low"], move["effort"]["high"]) == (5, 9)
    assert data["advice"]["risks"][0]["reason"] == REASON
    assert data["figures"] == {f"effort:{SCHEDULER}": [5, 9], "minimum:dv_chg": 2, "day_rate": 850}
    left_out = [each["code"] for each in data["advice"]["moves"] if each["left_out"]]
    assert left_out == ["dv_i_baseline"]


def test_the_command_line_reads_it_back_with_the_figures(report: Report) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "advisor", "advise", "-", "--format", "json"],
        input=to_json(report),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    assert json.loads(told.stdout) == json.loads(json.dumps(as_json(report.advice)))


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"capacity_use": 2}, "figures.capacity_use: 2 is not possible; allowed: a number from 0.01 to 1"),
        ({"minimum:dv_ci": 4}, "allowed: a whole number from 0 to 3"),
        ({"effort:dv_i_ci": [5, 2]}, "allowed: a list of two numbers from 0 to 1000, the lower one first"),
        (
            {"speed": 1},
            "figures.speed: is not a figure of this edition; allowed: day_rate, budget, capacity_use",
        ),
        ([1], "figures: [1] is not an object"),
    ],
)
def test_a_wrong_figure_is_told_with_what_is_allowed(figures: Any, says: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "advisor", "advise", "-"],
        input=json.dumps({"mode": "full", "figures": figures}).encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert told.returncode == 2
    assert says in told.stderr.decode()


def test_the_workbook_has_it_as_text_and_days(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report)))
    roadmap = next(sheet for sheet in book if sheet.title == "Roadmap")
    cells = {cell.value: cell for row in roadmap.iter_rows() for cell in row if cell.value is not None}
    assert cells["+With the team"].data_type == "s"
    assert next(cell for value, cell in cells.items() if str(value).startswith("2027-03-12")).is_date
    assert any(str(value).endswith(f"Accepted because: {REASON}") for value in cells)
    rows = {row[1].value: row for row in roadmap.iter_rows() if row[1].value}
    assert [rows[SCHEDULER][place].value for place in (8, 9, 10)] == [5, 9, 7]
    figures = [cell.value for row in book["Figures"].iter_rows() for cell in row]
    assert "Three figures are changed" in figures
    assert "850 a day" in figures


def test_what_is_left_out_is_in_no_total_and_no_backlog(report: Report) -> None:
    for dialect in ("jira", "azure"):
        text = to_csv(report, dialect).decode("utf-8-sig")
        assert "Delivery baseline" not in text
        assert "Ana Keller" in text
        assert "by 12 March 2027" in text
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report)), data_only=True)
    rows = {row[1].value: row for row in book["Roadmap"].iter_rows() if row[1].value}
    total = next(row for row in book["Roadmap"].iter_rows() if any(cell.value == "In all" for cell in row))
    counted = [row for code, row in rows.items() if str(code).startswith(("do_i", "ml_i"))]
    assert total[9].value == sum(row[9].value for row in counted)
    assert rows["dv_i_baseline"][4].value == "Left out"


def test_markdown_and_slides_tell_it(report: Report) -> None:
    words = to_markdown(report.page).decode()
    for each in (
        "One accepted risk",
        "The scheduler arrives in May",
        "Three figures are changed",
        "Ana Keller",
    ):
        assert each in words
    slides = Presentation(io.BytesIO(to_pptx(report)))
    shown = " ".join(
        shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame
    )
    assert "Put off by you" in shown
    assert "Left out" in shown
    assert f"Accepted because: {REASON}" in shown


def test_the_day_is_a_day(report: Report) -> None:
    move = next(each for each in report.page.roadmap.planned if each.code == SCHEDULER)
    assert move.due_day == date(2027, 3, 12)


def test_a_move_that_was_put_off_comes_where_it_was_put(report: Report) -> None:
    """In the backlog under an epic of its own with its risk, and in both sheets of the workbook with the same effort."""
    scheduler = next(each for each in plan_rows(report) if each.code == SCHEDULER)
    assert scheduler.stage_name == "Put off"
    backlog = to_csv(report, "jira").decode()
    assert '"Put off, DataOps"' in backlog
    assert "The scheduler arrives in May" in backlog
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report)), data_only=True)
    names = {row[5]: row[8] for row in book["Roadmap"].iter_rows(values_only=True) if row[5]}
    parts = {row[1]: row[2] for row in book["Budget"].iter_rows(values_only=True) if row[1]}
    assert names["Put off"] == parts["Put off, DataOps"] == 5
    assert names["In all"] == parts["Released now"] + parts["Held"]
