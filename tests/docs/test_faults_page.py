"""docs/faults.md names every fault, and each of them is injected: here or by tests that there are."""

import re
from pathlib import Path

from tests.faults.__main__ import FAMILIES, load_all
from tests.faults.fault import Seen
from tests.faults.proved import PROVED

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = [f"F-{number:02}" for number in range(1, 26)]


def rows() -> dict[str, str]:
    """The line of each fault on the page."""
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return {found[1]: found[0] for found in re.finditer(r"^\| (F-\d\d) [^|]+\|.*\|$", page, re.MULTILINE)}


def test_every_fault_has_a_line_and_is_injected() -> None:
    assert list(rows()) == NUMBERS
    assert sorted({each.id for each in load_all()}) == NUMBERS


def test_every_line_says_what_is_promised_and_how_it_is_injected() -> None:
    for line in rows().values():
        assert all(len(cell.strip()) > 10 for cell in line.strip("| ").split(" | ")), line


def test_a_line_names_the_files_that_inject_it_and_no_others() -> None:
    modules = {each.id: set[str]() for each in load_all()}
    for each in load_all():
        module = each.inject.__module__
        if module.rpartition(".")[2] in FAMILIES:
            modules[each.id].add(module.replace(".", "/") + ".py")
    for (number, _), nodes in PROVED.items():
        modules[number] |= {node.partition("::")[0] for node in nodes}
    for number, line in rows().items():
        named = set(re.findall(r"`(tests/[\w/]+\.py)`", line))
        assert named == modules[number], number


def test_every_test_that_proves_a_fault_exists() -> None:
    for node in {node for nodes in PROVED.values() for node in nodes}:
        file, _, name = node.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, node


def test_one_of_them_alone_can_be_chosen() -> None:
    assert {each.id for each in load_all(["F-09"])} == {"F-09"}


def test_what_is_lost_or_broken_is_not_kept() -> None:
    seen = Seen(injected="x")
    assert seen.kept
    seen.expect(True, "nothing")
    assert seen.kept
    assert not Seen(injected="x", lost=["one"]).kept
    seen.expect(False, "something")
    assert not seen.kept
