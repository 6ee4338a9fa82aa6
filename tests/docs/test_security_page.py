"""docs/security.md says what the program does: every threat has its row, every test exists, every right is the one that holds."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.assessments.test_access_table import ACCOUNT, EVERYBODY, MAY

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
THREATS = [f"T-{number:02}" for number in range(1, 29)]
WHO = ("everybody", "phone", "reader", "holder", "viewer", "consultant", "owner")
IN_WORDS = {
    "assessments:invitation": frozenset[str](),
    "assessments:desk_entry": ACCOUNT,
    "assessments:new_workspace": frozenset({"owner", "foreign owner"}),
}
"""Addresses whose rights fit in no column, and are told below the table."""


def cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip().strip("|").split("|")]


ROWS = {cells(each)[0]: cells(each) for each in TEXT.splitlines() if re.match(r"\| T-\d\d ", each)}


@cache
def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {
        each.name
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }


def test_every_threat_has_a_row() -> None:
    assert list(ROWS) == THREATS


@pytest.mark.parametrize("threat", THREATS)
def test_every_test_that_is_named_exists(threat: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", ROWS[threat][4])
    assert named, "a defence without a test is a hope"
    for file, name in named:
        assert (ROOT / file).exists(), file
        assert name in names_in(file), f"{file} has no {name}"


@pytest.mark.parametrize("threat", THREATS)
def test_every_part_of_the_program_that_is_named_exists(threat: str) -> None:
    for each in re.findall(r"`([^`]+)`", ROWS[threat][3]):
        path = ROOT / (each if "/" in each or each.endswith(".lock") else each.replace(".", "/"))
        assert path.exists() or path.with_suffix(".py").exists(), each


def test_who_may_do_what_is_what_the_program_lets_them_do() -> None:
    told: dict[str, frozenset[str]] = {}
    for line in TEXT.splitlines():
        found = cells(line)
        if len(found) == 2 + len(WHO) and found[1].startswith("`"):
            assert set(found[2:]) <= {"yes", "–"}, line
            rights = frozenset(who for who, may in zip(WHO, found[2:], strict=True) if may == "yes")
            for name in re.findall(r"`([\w:]+)`", found[1]):
                assert name not in told, f"{name} stands there twice"
                told[name] = rights
    true = {name: frozenset(WHO) if may == EVERYBODY else may for name, may in MAY.items()}
    assert {name: true[name] for name in IN_WORDS} == IN_WORDS
    assert all(f"`{each}`" in TEXT for each in IN_WORDS)
    assert told == {name: may for name, may in true.items() if name not in IN_WORDS}


def test_commands_and_settings_that_are_named_exist() -> None:
    commands = {each.stem for each in (ROOT / "assessments/management/commands").glob("*.py")}
    assert set(re.findall(r"`manage\.py (\w+)", TEXT)) - {"check"} <= commands
    settings = (ROOT / ".env.example").read_text()
    assert all(each in settings for each in re.findall(r"GROUNDWORK_\w+", TEXT))
    targets = (ROOT / "Makefile").read_text()
    for each in re.findall(r"`make (\w+)", TEXT + (ROOT / "SECURITY.md").read_text()):
        assert f"\n{each}:" in targets
