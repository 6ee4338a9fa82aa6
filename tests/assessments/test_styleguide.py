"""GET /styleguide/: every component in every state, where DEBUG is on."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.assessments.test_templates import ROOT

ASKING = (
    "Page shell", "Kicker", "Button", "Radio card", "Tick card", "Text field", "Password field", "Number field", "Note field",
    "Error summary", "Field error", "Status line", "Banner", "Details", "Progress", "Copy link", "QR", "Summary list",
    "Task list", "Confirm page",
)  # fmt: skip
TELLING = (
    "House", "Stacked form", "Level strip", "Spread of votes", "Wall of votes", "Bar of bricks", "Courses of a level", "Gate symbol", "House glyph", "Tag", "Data table", "Heat grid", "Prepared by", "Stage bars", "Budget bar", "What blocks what", "Slope", "Distribution",
)  # fmt: skip


@pytest.fixture
def debug(settings: Any) -> None:
    settings.DEBUG = True


def sheet(client: Client, name: str) -> str:
    response = client.get(f"/styleguide/{name}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("url", ["/styleguide/", "/styleguide/asking/", "/styleguide/telling/"])
def test_it_is_for_developers_only(client: Client, url: str) -> None:
    assert client.get(url).status_code == client.post(url).status_code == 404


def test_there_is_no_third_sheet(client: Client, debug: None) -> None:
    assert client.get("/styleguide/thinking/").status_code == 404


@pytest.mark.parametrize(("name", "components"), [("asking", ASKING), ("telling", TELLING)])
def test_every_component_has_its_place_and_its_rule(
    client: Client, debug: None, name: str, components: tuple[str, ...]
) -> None:
    page = sheet(client, name)
    shown = re.findall(
        r'<section class="guide-part" id="([\w-]+)">\s*<div class="guide-side">\s*<h2>([^<]+)</h2>', page
    )
    assert tuple(title for _, title in shown) == components
    for anchor, title in shown:
        assert f'<a href="#{anchor}">{title}</a>' in page
    rules = re.findall(r'</h2>\s*<p class="small quiet">([^<]+)</p>', page)
    assert len(rules) == len(components)
    assert all(rule.endswith(".") for rule in rules)


def test_every_partial_is_shown(client: Client, debug: None) -> None:
    shown = sheet(client, "asking") + sheet(client, "telling")
    partials = sorted(each.name for each in Path(ROOT / "templates/components").iterdir())
    assert [each for each in partials if f"components/{each}" not in shown] == []


def test_every_partial_is_used_by_a_page() -> None:
    pages = "".join(
        each.read_text()
        for each in (ROOT / "templates").rglob("*.html")
        if each.parent != ROOT / "templates/styleguide"
    )
    partials = sorted(each.name for each in (ROOT / "templates/components").iterdir())
    assert [each for each in partials if f'include "components/{each}"' not in pages] == []


@pytest.mark.parametrize("name", ["asking", "telling"])
def test_no_id_is_given_twice(client: Client, debug: None, name: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', sheet(client, name))
    assert sorted(ids) == sorted(set(ids))


def test_all_states_of_a_gate_and_a_strip_are_drawn(client: Client, debug: None) -> None:
    page = sheet(client, "telling")
    for word in (
        "Gate open",
        "Gate nearly open",
        "Gate closed",
        "Blocked",
        "Cannot be judged",
        "Not in play",
    ):
        assert f"<title>{word}</title>" in page
    for reading in (
        "0 of 4, needs 2",
        "4 of 4, needs 2",
        "not known, needs 2",
        "does not apply",
        "not asked",
    ):
        assert f"<title>{reading}</title>" in page


def test_a_button_that_sends_something_leads_back(client: Client, debug: None) -> None:
    response = client.post("/styleguide/asking/")
    assert (response.status_code, response["Location"]) == (303, "/styleguide/asking/")
