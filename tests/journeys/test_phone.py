"""The result on a phone: in short at first, the long lists folded, and no word broken."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from tests.factories import answered_like
from tests.journeys.conftest import enter
from tests.journeys.person import Visit

PHONE = {"width": 390, "height": 844}

BROKEN = """cells => cells.flatMap(cell => {
    const words = [];
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) for (const found of walk.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(walk.currentNode, found.index);
        range.setEnd(walk.currentNode, found.index + found[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) words.push(found[0]);
    }
    return words;
})"""


@pytest.fixture
def tallis(transactional_db: None) -> Assessment:
    return answered_like("tallis-software", "Tallis Software")


def result(visit: Visit, assessment: Assessment, **options: object) -> Page:
    return enter(visit, assessment, "result/", **options)


def test_the_house_is_followed_by_the_result_in_short(visit: Visit, tallis: Assessment) -> None:
    short = result(visit, tallis, viewport=PHONE).locator(".in-short")
    for each in (
        "The bottleneck",
        "What decides it",
        "What to do first",
        "Budget follows the gates",
        "Stop for now",
    ):
        expect(short.get_by_role("heading", name=each)).to_be_visible()


def test_long_lists_are_folded_and_no_word_in_them_breaks(visit: Visit, tallis: Assessment) -> None:
    page = result(visit, tallis, viewport=PHONE, java_script_enabled=False)
    symptoms = page.locator("section[aria-labelledby=symptoms]")
    expect(symptoms.locator("table")).to_be_hidden()
    symptoms.locator("summary").first.click()
    expect(symptoms.locator("table")).to_be_visible()
    assert symptoms.locator("td").evaluate_all(BROKEN) == []


def test_a_wide_window_shows_the_lists_at_once(visit: Visit, tallis: Assessment) -> None:
    page = result(visit, tallis)
    expect(page.locator("section[aria-labelledby=symptoms] table")).to_be_visible()
    expect(page.locator(".fold > summary").first).to_be_hidden()
    expect(page.locator(".in-short")).to_be_hidden()
