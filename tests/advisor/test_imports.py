"""The engine and the drawing import the standard library and each other's package, and nothing else at all."""

import ast
import sys
from pathlib import Path

import pytest

ADVISOR = Path(__file__).resolve().parents[2] / "advisor"
IMPURE = {"datetime", "logging", "os", "pathlib", "random", "secrets", "socket", "subprocess", "time"}


def imported(package: str) -> set[str]:
    """The first part of every module name imported anywhere in the package, function bodies included."""
    names: set[str] = set()
    for file in (ADVISOR / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("package", ["engine", "drawing"])
def test_pure_packages_import_the_standard_library_only(package):
    assert imported(package) - sys.stdlib_module_names <= {"advisor"}


@pytest.mark.parametrize("package", ["engine", "drawing"])
def test_pure_packages_read_no_clock_file_or_setting(package):
    assert not imported(package) & IMPURE
