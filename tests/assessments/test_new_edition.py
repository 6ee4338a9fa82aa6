"""A release brings a new edition while assessments are open: each keeps the one it was begun under, and says the same."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from advisor import loader
from advisor.engine import advise
from advisor.engine.result import summary
from assessments import playbooks
from assessments.answering import answers_of, situation_from
from assessments.models import Assessment
from tests.assessments.conftest import Open
from tests.factories import answered_like
from tests.situations import CASES, PLAYBOOK

LATER = "2030.1"


@pytest.fixture
def later_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The next edition beside the ones there are, with gates that are harder to pass and other words."""
    for each in loader.editions():
        shutil.copytree(loader.EDITIONS / each, tmp_path / each)
    newest = shutil.copytree(loader.EDITIONS / loader.editions()[-1], tmp_path / LATER)
    for file in newest.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace(
            f"edition: {loader.editions()[-1]}", f"edition: {LATER}"
        )
        text = text.replace(f'edition: "{loader.editions()[-1]}"', f'edition: "{LATER}"')
        if file.name == "gates.yaml":
            text = re.sub(r"\b(dv_\w+): 2\b", r"\1: 4", text)
        file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader.files, "EDITIONS", tmp_path)
    monkeypatch.setattr(loader, "EDITIONS", tmp_path)
    playbooks.edition.cache_clear()
    playbooks._newest.cache_clear()
    yield
    playbooks.edition.cache_clear()
    playbooks._newest.cache_clear()


def words_of(client: Client, made: Assessment) -> str:
    """What the result says, without what is made anew for every page."""
    page = client.get(f"/a/{made.public_id}/result/").content.decode()
    return re.sub(r'value="[^"]*"|\?v=\w+', "", page)


@pytest.fixture
def before(db: None, browser_of: Open) -> tuple[Assessment, Client, str, Any]:
    made = answered_like("tallis-software", "Tallis Software")
    browser = browser_of(made)
    return made, browser, words_of(browser, made), _summary(made)


def _summary(made: Assessment) -> Any:
    playbook = playbooks.edition(made.edition)
    return summary(advise(playbook, situation_from(playbook, made, answers_of(made))))


def test_an_open_assessment_keeps_its_edition_and_says_the_same(
    before: tuple[Assessment, Client, str, Any], later_edition: None
) -> None:
    made, browser, said, found = before
    assert playbooks.current().edition == LATER
    made.refresh_from_db()
    assert made.edition != LATER
    assert _summary(made) == found
    assert words_of(browser, made) == said
    asked = browser.get(f"/a/{made.public_id}/q/dv_ci/")
    assert asked.status_code == 200
    assert browser.post(f"/a/{made.public_id}/q/dv_ci/", {"answer": "3"}).status_code == 303


def test_the_new_edition_says_something_else_and_is_what_new_ones_get(
    before: tuple[Assessment, Client, str, Any], later_edition: None
) -> None:
    made, _, _, found = before
    Client().post("/start/", {"mode": "full"})
    assert Assessment.objects.order_by("pk").last().edition == LATER  # type: ignore[union-attr]
    made.edition = LATER
    assert _summary(made) != found, "otherwise the other test would show nothing"


@pytest.mark.parametrize("name", loader.editions())
def test_every_edition_has_golden_assessments(name: str) -> None:
    """Their outcomes are in tests/data and are worked out anew by every release; whoever adds an edition adds some."""
    golden = {PLAYBOOK.edition: CASES}
    assert len(golden.get(name, ())) >= 5
