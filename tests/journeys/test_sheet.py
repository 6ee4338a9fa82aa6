"""Typing in a whole part at once: with the keyboard, without scripts, and while another window writes too."""

import pytest
from playwright.sync_api import Page, expect

from assessments.answering import record_answer
from assessments.models import Assessment
from tests.factories import AssessmentFactory
from tests.journeys.conftest import enter
from tests.journeys.inspection import broken_in_any_theme, cut_off, flaws_in_markup
from tests.journeys.person import Visit


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return AssessmentFactory()


def stored(assessment: Assessment) -> dict[str, object]:
    return {each.question: each.value for each in assessment.answers.filter(value__isnull=False)}


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_part_is_typed_in_and_the_next_one_follows(
    visit: Visit, assessment: Assessment, scripts: bool
) -> None:
    page = enter(visit, assessment, "", java_script_enabled=scripts)
    page.get_by_role("link", name="Type in the whole part at once for DevOps").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("DevOps")
    for number, question in enumerate(("dv_ci", "dv_cd", "dv_env", "dv_obs", "dv_chg", "dv_own")):
        page.locator(f"#{question}-answer-{number % 5}").check()
    page.get_by_text("Note or evidence on Shared ownership", exact=True).click()
    page.get_by_label("Note or evidence on Shared ownership (optional)").fill("As agreed in the workshop")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("DataOps")
    assert stored(assessment) == {
        "dv_ci": 0,
        "dv_cd": 1,
        "dv_env": 2,
        "dv_obs": 3,
        "dv_chg": 4,
        "dv_own": 0,
    }
    assert assessment.answers.get(question="dv_own").note == "As agreed in the workshop"
    expect(page.get_by_role("listitem").filter(has_text="DevOps").first).to_contain_text("Completed")


def test_the_keyboard_is_enough(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "sheet/symptoms/", no_pointer=True)
    page.locator("#sig_lead input[type=radio]").first.focus()
    for _ in range(6):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    expect(page.locator("fieldset:has(:checked)")).to_have_count(6)
    expect(page.get_by_role("button", name="Save and go on")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    assert len(stored(assessment)) == 6


def test_what_is_typed_is_saved_along_and_nothing_moves(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "sheet/devops/")
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("#dv_env-answer-2").check()
    expect(page.locator("#status")).to_have_text("Saved")
    expect(page.locator("#dv_env-answer-2")).to_be_focused()
    assert stored(assessment) == {"dv_env": 2}
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("#dv_cd summary").click()
        page.locator("#dv_cd-note").fill("Ask Ben")
    expect(page.locator("#status")).to_have_text("Draft saved")
    page.reload()
    expect(page.locator("#dv_env-answer-2")).to_be_checked()
    expect(page.locator("#dv_cd-note")).to_have_value("Ask Ben")


def test_a_change_in_another_window_is_shown_where_it_happened(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "sheet/devops/")
    record_answer(assessment=assessment, question="dv_ci", value=3)
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("#dv_ci-answer-1").check()
    expect(page.get_by_role("alert")).to_contain_text("changed in another window")
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("#dv_cd-answer-0").check()
    assert stored(assessment) == {"dv_ci": 3, "dv_cd": 0}, "everything else is saved"
    go_on(page)
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#dv_ci-theirs")).to_contain_text("Quick tests guard every active system")
    expect(page.locator("#dv_ci-answer-1")).to_be_checked()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("DataOps")
    assert stored(assessment) == {"dv_ci": 1, "dv_cd": 0}


def test_mistakes_and_conflicts_can_be_seen_heard_and_read(visit: Visit, assessment: Assessment) -> None:
    page = enter(
        visit, assessment, "sheet/mlops/", reduced_motion="reduce", viewport={"width": 320, "height": 700}
    )
    record_answer(assessment=assessment, question="ml_reg", value=3, note="x" * 200)
    page.locator("#ml_trn-answer-na").check()
    page.locator("#ml_reg-answer-1").check()
    go_on(page)
    expect(page.locator("#error-summary")).to_be_focused()
    assert not broken_in_any_theme(page)
    assert not flaws_in_markup(page)
    assert not cut_off(page)
    page.get_by_role("link", name="Reproducible training: Enter why").click()
    expect(page.locator("#ml_trn-na_reason")).to_be_focused()


def test_a_chosen_row_is_plain_to_see_in_high_contrast(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "sheet/devops/", forced_colors="active")
    page.locator("#dv_ci-answer-1").check()
    page.locator("#dv_cd-answer-1").focus()
    style = page.locator(".card:has(#dv_ci-answer-1)").evaluate(
        "each => [getComputedStyle(each).outlineWidth, getComputedStyle(each).outlineStyle]"
    )
    assert style == ["3px", "solid"]
