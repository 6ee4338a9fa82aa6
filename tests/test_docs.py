"""The documentation says what the code does."""

import re
from pathlib import Path

from advisor.engine import advise
from advisor.engine.rules import RULES
from advisor.engine.situation import read_situation
from advisor.reading import read_json
from tests.situations import PLAYBOOK

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


def test_the_example_shows_every_question_and_is_right() -> None:
    data = read_json((ROOT / "docs" / "situation.json").read_bytes())
    assert set(data["context"]) == {*PLAYBOOK.question, *PLAYBOOK.signal}
    assert set(data["answers"]) == set(PLAYBOOK.capability)
    assert advise(PLAYBOOK, read_situation(PLAYBOOK, data)).bottleneck.layer == "dataops"
