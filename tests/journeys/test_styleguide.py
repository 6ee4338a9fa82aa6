"""The sheets of components in a browser: light and dark, wide and narrow, with scripts and without."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.inspection import broken_in_any_theme, cut_off
from tests.journeys.person import Visit

SHEETS = pytest.mark.parametrize("name", ["asking", "telling"])


@pytest.fixture(autouse=True)
def debug(settings: Any, transactional_db: None) -> None:
    settings.DEBUG = True


@pytest.mark.look
@SHEETS
def test_no_component_breaks_a_rule_of_axe_or_is_cut_off_at_any_width(visit: Visit, name: str) -> None:
    page = visit(f"/styleguide/{name}/", reduced_motion="reduce")
    assert not broken_in_any_theme(page)
    for width in (320, 390, 768, 1080, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not cut_off(page), width


def test_without_scripts_every_component_says_what_it_has_to_say(visit: Visit) -> None:
    page = visit("/styleguide/", java_script_enabled=False)
    expect(page.get_by_label("Your private link")).to_have_value(
        "https://groundwork.example.com/r/HLv16v3eabcdefghijklmnopqrstuvwxyz0123456"
    )
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.locator("#status-line")).to_contain_text("Saved")
    page.locator("#radio-card label").first.click()
    expect(page.locator("#radio-card input").first).to_be_checked()


def test_scripts_add_counting_and_copying(visit: Visit) -> None:
    page = visit("/styleguide/")
    expect(page.locator("#note-nearly-count")).to_have_text("You have 110 characters left")
    expect(page.locator("#note-long-count")).to_contain_text("characters too many")
    expect(page.get_by_role("button", name="Copy")).to_be_visible()


def test_looking_at_the_sheet_takes_the_focus_from_nobody(visit: Visit) -> None:
    page = visit("/styleguide/")
    assert page.evaluate("document.activeElement === document.body")
    assert page.evaluate("window.scrollY") == 0
