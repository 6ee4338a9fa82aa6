"""Somebody keeps their answers, re-checks a gate when more is in place, and sees that it was passed."""

import re

import pytest
from playwright.sync_api import expect

from assessments.answering import record_answer
from assessments.milestones import keep, milestones_of
from assessments.models import Assessment
from assessments.playbooks import current
from tests.journeys.conftest import enter, go, holding
from tests.journeys.inspection import broken_in_any_theme, cut_off_at, flaws_in_markup
from tests.journeys.person import Person, Visit
from tests.pdfs import texts_of

PAGES = [
    "milestones/",
    "milestones/?kept=1",
    "milestones/1/rename/",
    "milestones/1/delete/",
    "compare/",
    "compare/?from=1&to=2",
    "recheck/",
]


@pytest.fixture
def later(tallis: Assessment) -> Assessment:
    """Two milestones, and more has changed since."""
    keep(assessment=tallis, name="Before the programme")
    record_answer(assessment=tallis, question="do_tst", value=3)
    record_answer(assessment=tallis, question="dv_ci", value=1)
    keep(assessment=tallis, name="x" * 80)
    for each in current().capabilities_of["dataops"]:
        record_answer(assessment=tallis, question=each.id, value=3)
    record_answer(assessment=tallis, question="ml_reg", value="unknown")
    return tallis


def test_from_a_milestone_over_the_re_check_to_a_gate_that_was_passed(
    way: type[Person], visit: Visit, tallis: Assessment
) -> None:
    somebody = way.at(visit, f"/a/{tallis.public_id}/result/", session=holding(tallis))
    page = somebody.page

    somebody.press("Compare", exact=True)
    somebody.arrives("Nothing to compare with yet")
    somebody.press("Keep today’s answers")
    somebody.arrives("Your answers as they were")
    somebody.fill("Name", "Before the programme")
    somebody.press(page.locator("main").get_by_role("button", name="Keep today’s answers"))
    expect(page.get_by_role("status")).to_contain_text("Kept as “Before the programme”")

    somebody.press("Re-check the next gate")
    somebody.arrives("Re-check the DataOps gate")
    expect(page.locator("main")).to_contain_text("6 questions, about")
    somebody.press("Begin", exact=True)
    page.wait_for_url("**/q/**")
    for number in range(1, 7):
        expect(page.locator("main legend")).to_contain_text(
            re.compile(f"question {number} of 6", re.IGNORECASE)
        )
        expect(page.locator("main input[name=answer]:checked")).to_have_count(1)
        somebody.choose(page.locator("main input[name=answer][value='3']"))
        if number == 3:  # back within the walk, and on again
            somebody.press("Back", exact=True)
            expect(page.locator("main legend")).to_contain_text(re.compile("question 2 of 6", re.IGNORECASE))
            somebody.go_on()
            somebody.choose(page.locator("main input[name=answer][value='3']"))
        if number < 6:
            somebody.go_on()
    somebody.press(page.locator("main").get_by_role("button", name="Continue"))
    page.wait_for_url("**/compare/?from=1&to=now")
    somebody.arrives("The DataOps gate is open: the bottleneck has moved up to MLOps")
    expect(page.locator("main")).to_contain_text("passed since")
    assert [each.name for each in milestones_of(tallis)] == ["Before the programme"], "kept already"

    page.goto(f"/a/{tallis.public_id}/result/")
    expect(page.locator("section[aria-labelledby=levels]")).to_contain_text(
        "Change since “Before the programme”"
    )


def test_the_two_days_are_chosen_without_scripts(visit: Visit, later: Assessment) -> None:
    page = enter(visit, later, "compare/", java_script_enabled=False)
    expect(page.get_by_label("Then")).to_have_value("2")
    page.get_by_label("Then").select_option(value="1")
    page.get_by_label("Now").select_option(value="2")
    page.get_by_role("button", name="Compare these").click()
    expect(page).to_have_url(re.compile(r"/compare/\?from=1&to=2$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("gate is no longer open")


@pytest.mark.look
@pytest.mark.long
def test_every_page_is_sound_in_any_theme_at_any_width(visit: Visit, later: Assessment) -> None:
    found = {}
    page = enter(visit, later, reduced_motion="reduce")
    for path in (*PAGES, "result/"):
        go(page, later, path)
        cut = cut_off_at(page, [(width, 800) for width in (320, 390, 768, 1280)])
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found[path] = [cut, broken_in_any_theme(page), flaws_in_markup(page)]
    assert {path: flaws for path, flaws in found.items() if any(flaws)} == {}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_comparison_is_printed_whole(visit: Visit, later: Assessment, paper: str) -> None:
    page = enter(visit, later, "compare/?from=1&to=now")
    texts = texts_of(page.pdf(format=paper))
    text = " ".join(" ".join(texts).split())
    for words in (
        "Before the programme",
        "What became of it".upper(),
        "Data quality testing",
        "Done: the levels",
    ):
        assert words in text
    for words in ("Compare these", "All milestones", "Appearance", "As a table"):
        assert words not in text
    assert len(texts) <= 4
