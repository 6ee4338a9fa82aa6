"""The documentation says what the code does."""

import re
from pathlib import Path

from advisor.engine.rules import RULES

ROOT = Path(__file__).resolve().parents[1]


def test_every_rule_is_told_in_prose() -> None:
    text = (ROOT / "docs" / "how-advice-is-made.md").read_text(encoding="utf-8")
    told = re.findall(r"R-[A-Z]+(?:-\d)?", text)
    assert set(told) == set(RULES)


def test_every_module_named_in_the_prose_exists() -> None:
    text = (ROOT / "docs" / "how-advice-is-made.md").read_text(encoding="utf-8")
    named = re.findall(r"`(\w+\.py)`", text)
    assert len(named) > 8
    for each in named:
        assert (ROOT / "advisor" / "engine" / each).exists(), each


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
