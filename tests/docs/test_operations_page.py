"""docs/operations.md names every command that there is, and each tells with --help what it takes."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
OURS = sorted(name for name, app in get_commands().items() if app in {"assessments", "reports"})


def rows() -> str:
    """The second column of the table of commands."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("## What an operator does by command")[2].partition("\n## ")[0]
    return "\n".join(re.findall(r"^\| [^|]+ \| (.*) \|$", table, re.MULTILINE))


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_on_the_page_and_tells_of_itself(name: str) -> None:
    assert f"`{name}" in rows()
    command = load_command_class(get_commands()[name], name)
    assert len(command.help) > 40
    assert command.help.endswith(".")
    parser = command.create_parser("manage.py", name)
    own = [each for each in parser._actions if not each.dest.startswith(("help", "version"))]
    untold = [each.dest for each in own if not each.help]
    assert untold == []


def test_the_page_names_no_command_that_there_is_not() -> None:
    named = {words.split()[0] for words in re.findall(r"`([a-z_]+(?: [^`]*)?)`", rows())}
    assert named - {"on"} <= set(OURS)
