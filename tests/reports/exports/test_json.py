"""The result as JSON: it keeps to its published schema, says what the page says, and is read back by the command line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from advisor.engine.result import as_json
from advisor.engine.situation import Situation, read_situation
from reports.exports.json import result, to_json
from reports.presenter import numbers
from tests.reports.exports.reports import SLUGS, everything, report_on, sample_report
from tests.situations import KINDS, PLAYBOOK, situations

ROOT = Path(__file__).resolve().parents[3]
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def mistakes(data: Any) -> list[str]:
    return [f"{each.json_path}: {each.message}" for each in VALIDATOR.iter_errors(data)]


# --- The schema ---------------------------------------------------------------------------------------------------------


def test_the_schema_is_one_and_belongs_to_no_host() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "result.schema.json"


def test_everything_in_the_schema_is_described() -> None:
    def undescribed(part: Any, where: str) -> list[str]:
        if not isinstance(part, dict):
            return []
        found = [
            f"{where}.{name}"
            for name, each in part.get("properties", {}).items()
            if "description" not in each and "$ref" not in each
        ]
        for name, each in part.items():
            found += undescribed(each, f"{where}.{name}")
        return found

    assert undescribed(SCHEMA, "") == []
    assert all(each.get("description") for each in SCHEMA["$defs"].values())


@pytest.mark.parametrize("slug", SLUGS)
def test_every_sample_keeps_to_it(slug: str) -> None:
    assert mistakes(json.loads(to_json(sample_report(slug, day_rate=900, budget=100_000)))) == []


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["id"])
def test_every_kind_of_result_keeps_to_it(case: dict[str, Any]) -> None:
    assert mistakes(json.loads(to_json(report_on(read_situation(PLAYBOOK, case))))) == []


@given(situation=situations())
@settings(max_examples=40)
def test_whatever_somebody_answers_keeps_to_it_and_is_read_back(situation: Situation) -> None:
    written = json.loads(to_json(report_on(situation)))
    assert mistakes(written) == []
    assert read_situation(PLAYBOOK, written["situation"]) == situation


def test_a_field_that_is_missing_or_of_the_wrong_kind_is_noticed() -> None:
    data = result(sample_report("lumo"))
    assert mistakes(data | {"edition": 1})
    assert mistakes({key: each for key, each in data.items() if key != "advice"})
    assert mistakes(data | {"situation": data["situation"] | {"answers": {"dv_ci": 7}}})


# --- The page -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_it_says_what_the_page_says(slug: str) -> None:
    report = sample_report(slug, day_rate=900)
    data, page = result(report), report.page
    assert data["words"]["headline"] == page.headline
    assert [each["title"] for each in data["advice"]["pitfalls"]] == [
        each.title for each in page.pitfalls.rows
    ]
    assert [each["title"] for each in data["advice"]["gates"]] == [
        each.title for each in reversed(page.gates.rows)
    ]
    rows = {row.capability: row for floor in page.levels.floors for row in floor.rows}
    for each in data["advice"]["levels"]:
        if row := rows.get(each["capability"]):
            assert row.below == each["below"]
            assert row.figure == {"unknown": "?", "na": "–", None: ""}.get(
                each["answer"], str(each["answer"])
            )
    assert [move["code"] for move in data["advice"]["first_moves"]] == [
        each.code for each in page.moves.moves
    ]
    if page.budget and page.budget.released:
        released = data["advice"]["budget"]["released"]
        assert numbers.quantity(released["middle"]) in page.budget.released.figure
        assert (
            str(numbers.sum_of_money(data["advice"]["budget"]["released_money"]["middle"]))
            in page.budget.released.money
        )


def test_every_rule_and_source_that_is_named_stands_in_the_file() -> None:
    data = result(sample_report("tallis-software"))
    named: dict[str, set[str]] = {"rules": set(), "sources": set()}

    def collect(part: Any) -> None:
        for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            if isinstance(each, dict) and "rule" in each:
                named["rules"].add(each["rule"])
                named["sources"] |= set(each["sources"])
            collect(each)

    collect(data["advice"])
    assert named["rules"]
    assert named["rules"] <= set(data["rules"])
    assert named["sources"] <= set(data["sources"])


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_json(sample_report("lumo")) == to_json(sample_report("lumo"))


def test_words_are_kept_as_typed() -> None:
    typed = 'Grüße "=1+1" <b>\t\n漢字'
    data = json.loads(to_json(sample_report("lumo", **everything(typed))))
    assert data["about"] == {"organisation": typed, "scope": typed, "decision": typed}
    assert {each["note"] for each in data["words"]["answers"]} == {typed}


# --- The command line -----------------------------------------------------------------------------------------------------


def advise(text: str | bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    raw = text.encode() if isinstance(text, str) else text
    command = [sys.executable, "-m", "advisor", "advise", "-", *options]
    return subprocess.run(command, cwd=ROOT, input=raw, capture_output=True, check=False)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_command_line_reads_the_file_and_gives_the_same_advice(slug: str) -> None:
    report = sample_report(slug, day_rate=900, budget=100_000)
    ran = advise(to_json(report), "--format", "json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == json.loads(json.dumps(as_json(report.advice)))


def test_the_command_line_takes_many_files_as_lines() -> None:
    lines = [json.dumps(result(sample_report(slug))) for slug in SLUGS]
    ran = advise("\n".join(lines), "--jsonl")
    assert ran.returncode == 0, ran.stderr
    found = [json.loads(each)["bottleneck"] for each in ran.stdout.splitlines()]
    assert found == [sample_report(slug).advice.bottleneck.layer for slug in SLUGS]


def test_a_mistake_in_an_exported_file_is_told_with_the_line_in_its_situation() -> None:
    lines = to_json(sample_report("lumo")).decode().splitlines()
    line = next(number for number, each in enumerate(lines) if each.strip().startswith('"dv_ci": '))
    lines[line] = '"dv_ci": 9,'
    ran = advise("\n".join(lines))
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith(
        f"line {line + 1}: answers.dv_ci: 9 is not a level; allowed: 0 to 4"
    )


def test_an_exported_file_without_a_situation_or_with_an_unknown_edition_is_told_plainly() -> None:
    empty = advise('{"situation": null}')
    assert empty.returncode == 2
    assert "null is not an object" in empty.stderr.decode()
    foreign = advise('{"edition": "1999.1", "situation": {}}')
    assert foreign.returncode == 2
    assert 'There is no edition "1999.1"' in foreign.stderr.decode()
    assert advise('{"edition": "1999.1", "situation": {}}', "--edition", PLAYBOOK.edition).returncode == 0
