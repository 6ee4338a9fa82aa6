"""The command line as its users call it: a process of its own, files and pipes, exit codes."""

import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from advisor.__main__ import main
from tests.situations import CASES, KINDS

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(  # noqa: PLW1510  # the exit code is what is tested
        [sys.executable, "-m", "advisor", *arguments], cwd=ROOT, input=text, capture_output=True, text=True
    )


def run_here(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """The same within this process, for the many that differ in their input only."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
        code = main(arguments)
    said, complained = (each.buffer.getvalue().decode() for each in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(arguments, code, said, complained)


def _case(prefix: str) -> dict[str, Any]:
    return next(each for each in CASES if each["id"].startswith(prefix))


def test_text_for_people_names_bottleneck_first_moves_and_pitfalls(tmp_path: Path) -> None:
    file = tmp_path / "situation.json"
    file.write_text(json.dumps(_case("gc4")), encoding="utf-8")
    result = run("advise", str(file))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Data pipelines are the bottleneck\n")
    for expected in ("First moves", "Next Monday", "CRITICAL", "Stage 2, MLOps", "Confidence: high"):
        assert expected in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["id"])
def test_text_has_no_gaps_in_any_kind_of_result(case: dict[str, Any]) -> None:
    result = run_here("advise", "-", text=json.dumps(case))
    assert result.returncode == 0, result.stderr
    assert not re.search(r"None|\bnan\b|\{|%\(|%s|  - ", result.stdout)


def test_json_holds_every_field_of_the_cases() -> None:
    case = _case("gc8")
    result = run("advise", "-", "--format", "json", text=json.dumps(case))
    found = json.loads(result.stdout)
    assert result.returncode == 0
    for field in case["expected"]:
        assert field in found
    assert found["prep_lane"] == ["do_i_orchestrate"]


def test_lines_keep_their_order_and_id_and_a_bad_one_does_not_stop_the_rest() -> None:
    good, other = _case("gc1"), _case("gc2")
    bad = {"id": "bad", "answers": {"dv_ci": 7}}
    lines = [json.dumps(good), json.dumps(bad), "", "{not json", json.dumps(other)]
    result = run("advise", "-", "--jsonl", text="\n".join(lines) + "\n")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [each["id"] for each in found] == [good["id"], "bad", None, other["id"]]
    assert found[1] == {
        "id": "bad",
        "error": "line 2: answers.dv_ci: 7 is not a level; allowed: 0 to 4, null for don't know",
    }
    assert "line 4: this is not JSON" in found[2]["error"]
    assert found[0]["bottleneck"] == "devops"
    assert found[3]["bottleneck"] == "dataops"


def test_lines_without_a_mistake_end_with_success(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in CASES), encoding="utf-8")
    result = run("advise", "--jsonl", str(file))
    assert result.returncode == 0, result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["id"] for each in found] == [each["id"] for each in CASES]
    assert [each["coverage"] for each in found[:5]] == [each["expected"]["coverage"] for each in CASES[:5]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"answers": {\n"dv_ci": 7}}',
            "line 2: answers.dv_ci: 7 is not a level; allowed: 0 to 4, null for don't know",
        ),
        (
            '{"answers": {"ml_trn": "maybe"}}',
            'line 1: answers.ml_trn: "maybe" is not a level; allowed: 0 to 4, null',
        ),
        ('{"answers": {"dv_ci": "na"}}', 'answers.dv_ci: "na" is not a level'),
        ('{"answers": {"dv_ci": true}}', "answers.dv_ci: true is not a level"),
        (
            '{"answers": {"dv_xx": 2}}',
            "answers.dv_xx: is not a capability of this edition; allowed: dv_ci, dv_cd",
        ),
        (
            '{"context": {"c_size": "huge"}}',
            'context.c_size: "huge" is not an answer; allowed: xs, s, m, l, null',
        ),
        (
            '{"context": {"c_capacity_fte": -1}}',
            "context.c_capacity_fte: -1 is out of range; allowed: a number from",
        ),
        (
            '{"context": {"day_rate": "much"}}',
            'context.day_rate: "much" is not a number; allowed: a number from 0',
        ),
        ('{"context": {"c_capacity_fte": NaN}}', "line 1: this is not JSON: NaN is not a number"),
        ('{"mode": "fast"}', 'mode: "fast" is not a mode; allowed: "full" or "quick"'),
        ("[]", "input: [] is not an object"),
        ("{", "line 1: this is not JSON"),
        ("", "line 1: this is not JSON"),
    ],
)
def test_bad_input_says_where_and_what_is_allowed(text: str, expected: str) -> None:
    result = run_here("advise", "-", text=text)
    assert result.returncode == 2
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


HUGE = "9" * 5000
HOSTILE = [
    f'{{"context": {{"c_capacity_fte": {"9" * 400}}}}}',
    f'{{"context": {{"day_rate": {HUGE}}}}}',
    '{"context": {"day_rate": 1e308}}',
    '{"context": {"budget": 1e999}}',
    '{"context": {"c_roles": ["\\ud800"]}}',
    '{"context": {"c_roles": ["' + "x" * 100_000 + '"]}}',
    '{"answers": {"\\ud800": 1}}',
    '{"mode": "\\ud800"}',
    '{"answers": {"' + "k" * 100_000 + '": 1}}',
    "[" * 100_000,
    '{"answers": {"dv_ci": 1e999}}',
]


@pytest.mark.parametrize("form", [["--format", "json"], ["--format", "text"]])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_refused_in_few_words(text: str, form: list[str]) -> None:
    result = run_here("advise", "-", *form, text=text)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert 0 < len(result.stderr) < 1000
    assert result.stdout == ""


def test_a_hostile_line_does_not_stop_the_others() -> None:
    good = json.dumps(_case("gc1")).encode()
    bad = [each.encode() for each in HOSTILE] + [b'{"id": "\xff"}', b'{"id": 1e999}', b'{"id": "\\ud800"}']
    lines = [good, *bad, good]
    result = subprocess.run(
        [sys.executable, "-m", "advisor", "advise", "--jsonl", "-"],
        cwd=ROOT,
        input=b"\n".join(lines),
        capture_output=True,
        check=False,
    )
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert ["error" in each for each in found] == [False, *[True] * len(bad), False]
    assert b"Traceback" not in result.stderr


def test_a_reader_who_has_seen_enough_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(CASES[0]) + "\n" for _ in range(2000)), encoding="utf-8")
    command = f'"{sys.executable}" -m advisor advise --jsonl "{file}" | head -n 1'
    result = subprocess.run(  # noqa: S602  # a pipe is what is tested
        command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_thousands_of_mistakes_are_not_all_told() -> None:
    many = {"answers": {f"unknown_{number}": 1 for number in range(20_000)}}
    result = run("advise", "-", text=json.dumps(many))
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 100


def test_all_mistakes_are_told_at_once() -> None:
    result = run(
        "advise", "-", text='{"mode": "x", "context": {"c_size": 1}, "answers": {"a": 1, "dv_ci": 9}}'
    )
    assert len(result.stderr.splitlines()) == 4


def test_a_missing_file_and_an_unknown_edition_are_told_plainly(tmp_path: Path) -> None:
    missing = run("advise", str(tmp_path / "nowhere.json"))
    assert missing.returncode == 2
    assert "nowhere.json" in missing.stderr
    unknown = run("advise", "-", "--edition", "1999.1", text="{}")
    assert unknown.returncode == 2
    assert "1999.1" in unknown.stderr
    assert "2026.1" in unknown.stderr


def test_a_file_that_is_not_utf8_is_told_plainly(tmp_path: Path) -> None:
    file = tmp_path / "latin.json"
    file.write_bytes(b'{"mode": "f\xfcll"}')
    result = run("advise", str(file))
    assert result.returncode == 2
    assert "line 1: this is not JSON: it is not UTF-8 text" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_shipped_playbook_passes_its_check() -> None:
    result = run("check")
    assert result.returncode == 0
    assert "18 capabilities" in result.stdout
