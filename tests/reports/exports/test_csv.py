"""The backlog as CSV: what Jira and Azure DevOps import, and nothing that a spreadsheet would run."""

import csv
import io
import unicodedata
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engine.situation import Situation, read_situation
from reports.exports.cells import guarded, plain
from reports.exports.csv import AZURE, BOM, JIRA, to_csv, write
from reports.exports.rows import plan_rows
from reports.presenter import numbers
from tests.reports.exports.payloads import HARMLESS, PAYLOADS
from tests.reports.exports.reports import SLUGS, everything, report_on, sample_report
from tests.situations import KINDS, PLAYBOOK, situations


def parsed(raw: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def table(raw: bytes) -> list[dict[str, str]]:
    """Rows by column; of several columns with one name the last."""
    head, *rows = parsed(raw)
    return [dict(zip(head, each, strict=True)) for each in rows]


def is_formula(cell: str) -> bool:
    """What the most careless spreadsheet would run."""
    visible = "".join(
        each for each in cell if not each.isspace() and unicodedata.category(each) not in {"Cc", "Cf"}
    )
    return unicodedata.normalize("NFKC", visible)[:1] in tuple("=+-@") or cell[:1] in tuple("\t\r\0")


# --- Nothing runs -------------------------------------------------------------------------------------------------------


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) > 40
    assert any(is_formula(each) for each in PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_read_as_a_formula(payload: str, delimiter: str) -> None:
    raw = write([("Title", payload, "after"), (payload, "x", payload)], bom=False)
    assert [each for row in parsed(raw, delimiter) for each in row if is_formula(each)] == []
    assert b"\0" not in raw


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_nothing_that_was_typed_or_worded_runs_in_a_backlog(payload: str) -> None:
    report = sample_report("lumo", **everything(payload))
    roadmap = report.page.roadmap
    assert roadmap is not None
    columns = tuple(
        replace(each, moves=tuple(replace(move, title=payload, owner=payload) for move in each.moves))
        for each in roadmap.columns
    )
    typed = replace(report, page=replace(report.page, roadmap=replace(roadmap, columns=columns)))
    for dialect, delimiter in product(("jira", "azure"), ",;\t"):
        rows = parsed(to_csv(typed, dialect), delimiter)
        assert [each for row in rows for each in row if is_formula(each)] == []


@given(text=st.text(max_size=40))
@settings(max_examples=200)
def test_whatever_is_typed_one_cell_stays_one_cell_that_does_not_run(text: str) -> None:
    assert not is_formula(guarded(text))
    assert parsed(write([("a", text, "b")], bom=False)) == [["a", guarded(text), "b"]]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_was_typed(text: str) -> None:
    assert guarded(text) == plain(text) == text


# --- The form -----------------------------------------------------------------------------------------------------------


def test_it_keeps_to_the_form_of_csv() -> None:
    raw = write([('say "no"', "a,b", "two\nlines")], bom=False)
    assert raw == b'"say ""no""","a,b","two\nlines"\r\n'


def test_only_azure_gets_a_byte_order_mark() -> None:
    report = sample_report("lumo")
    assert not to_csv(report, "jira").startswith(BOM.encode())
    assert to_csv(report, "azure").startswith(BOM.encode())


@pytest.mark.parametrize("dialect", ["jira", "azure"])
def test_the_same_report_gives_the_same_bytes(dialect: Any) -> None:
    assert to_csv(sample_report("lumo"), dialect) == to_csv(sample_report("lumo"), dialect)


@pytest.mark.parametrize(("dialect", "head"), [("jira", JIRA), ("azure", AZURE)])
@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["id"])
def test_every_row_has_every_column(case: dict[str, Any], dialect: Any, head: tuple[str, ...]) -> None:
    report = report_on(read_situation(PLAYBOOK, case))
    first, *rows = parsed(to_csv(report, dialect))
    assert tuple(first) == head
    assert {len(each) for each in rows} <= {len(head)}
    moves = [each for each in rows if "Story" in each[:2] or "Feature" in each[:2]]
    assert len(moves) == len(plan_rows(report))


# --- Jira ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_in_jira_every_story_hangs_on_its_epic(slug: str) -> None:
    rows = table(to_csv(sample_report(slug), "jira"))
    epics = {each["Issue ID"]: each for each in rows if each["Issue Type"] == "Epic"}
    stories = [each for each in rows if each["Issue Type"] == "Story"]
    assert len({each["Issue ID"] for each in rows}) == len(rows)
    assert len(epics) + len(stories) == len(rows)
    for each in stories:
        assert epics[each["Parent"]]["Epic Name"] == each["Epic Link"]
        assert each["Priority"] in {"Highest", "High", "Medium", "Low"}
    assert all(
        " " not in row[column]
        for row in parsed(to_csv(sample_report(slug), "jira"))[1:]
        for column in (5, 6, 7)
    )


def test_a_story_says_what_the_page_says() -> None:
    report = sample_report("tallis-software")
    rows = {each["Summary"]: each for each in table(to_csv(report, "jira"))}
    for move in report.page.moves.moves:
        row = rows[move.title]
        for words in (move.next_monday, move.success, move.owner, move.effort, move.lead, move.risk):
            assert words in row["Description"]
        assert row["Priority"] == "Highest"
    code = next(each for each in plan_rows(report) if each.depends)
    assert "Comes after" in rows[code.words.title]["Description"]


def test_an_estimate_is_the_middle_of_the_effort_in_seconds_of_work() -> None:
    report = sample_report("tallis-software")
    rows = {each["Summary"]: each for each in table(to_csv(report, "jira"))}
    for each in plan_rows(report):
        assert each.effort is not None
        assert int(rows[each.words.title]["Original Estimate"]) == each.effort.middle * 5 * 8 * 3600


def test_what_jira_would_run_as_markup_is_text() -> None:
    report = sample_report("lumo", title="{html}x{html} !http://evil.example/x.png! [~admin] a|b")
    row = table(to_csv(report, "jira"))[0]
    assert r"\{html\}x\{html\} \!http://evil.example/x.png\! \[~admin\] a\|b" in row["Description"]


# --- Azure DevOps ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_in_azure_titles_make_a_tree(slug: str) -> None:
    report = sample_report(slug)
    rows = table(to_csv(report, "azure"))
    assert rows[0]["Work Item Type"] == "Epic"
    for each in rows:
        column = "Title 1" if each["Work Item Type"] == "Epic" else "Title 2"
        assert bool(each["Title 1"]) != bool(each["Title 2"])
        assert each[column]
        assert each["Priority"] in {"1", "2", "3", "4"}
        assert "groundwork" in each["Tags"].split("; ")
    assert len({each["Title 1"] for each in rows if each["Title 1"]}) == sum(
        bool(each["Title 1"]) for each in rows
    )


def test_the_efforts_in_azure_add_up_to_the_budget_of_the_page() -> None:
    report = sample_report("tallis-software")
    total = sum(float(each["Effort"] or 0) for each in table(to_csv(report, "azure")))
    assert report.page.budget is not None
    assert f"Whole programme: {numbers.quantity(total)}," in report.page.budget.note


def test_what_azure_would_read_as_html_is_text() -> None:
    report = sample_report("lumo", title="<script>alert(1)</script><b>&")
    row = table(to_csv(report, "azure"))[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;&amp;" in row["Description"]


@given(situation=situations())
@settings(max_examples=25)
def test_any_plan_becomes_a_backlog(situation: Situation) -> None:
    report = report_on(situation)
    for each in (to_csv(report, "jira"), to_csv(report, "azure")):
        assert [cell for row in parsed(each) for cell in row if is_formula(cell)] == []
