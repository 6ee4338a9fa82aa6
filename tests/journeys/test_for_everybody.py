"""Every page, for eyes, ears, hands and screens of all kinds."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from assessments.answering import record_answer
from assessments.models import Assessment
from assessments.scenarios import keep_scenario
from tests.assessments.conftest import answer_everything
from tests.factories import AssessmentFactory
from tests.journeys.conftest import enter, go
from tests.journeys.inspection import broken_in_any_theme, cut_off_at, flaws_of
from tests.journeys.person import Visit

PAGES = [
    "/", "/method/", "/privacy/", "/accessibility/", "/licence/", "/deleted/", "/left/", "/nowhere/", "link",
    "scope/", "keep/", "share/", "q/stated/", "q/c_roles/", "q/c_tools/", "q/c_capacity_fte/", "q/dv_ci/", "q/do_tst/", "q/ml_trn/",
    "q/sig_check/", "review/", "", "delete/", "room/", "/join/",
    "milestones/", "compare/", "recheck/",
    "plan/", "plan/dv_i_baseline/?slot=dropped", "plan/reset/", "figures/", "take/",
    "what-if/", "what-if/?do_tst=4&dv_cd=0&dv_ci=3&nonsense=1", "what-if/1/", "what-if/1/delete/",
    "sheet/organisation/", "sheet/devops/", "sheet/dataops/", "sheet/mlops/", "sheet/symptoms/",
]  # fmt: skip

SAMPLES = ("harrow-pumps", "nordhaven-parcel", "tallis-software", "land-records", "lumo")


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    assessment = AssessmentFactory(
        organisation="Verkehrsinfrastrukturfinanzierungsgesellschaft", scope="x" * 200
    )
    answer_everything(assessment, c_models="1")
    record_answer(
        assessment=assessment, question="dv_ci", value="unknown", note="https://" + "x" * 300 + "\nAsk Ana"
    )
    assessment.answers.filter(question__in=["sig_lead", "dv_cd"]).delete()
    keep_scenario(assessment=assessment, name="W" * 80, levels={"dv_env": 3, "do_own": 2})
    return assessment


def every_page(visit: Visit, assessment: Assessment, **options: object) -> Iterator[tuple[str, Page]]:
    """Each page in turn, in one browser."""
    page = enter(visit, assessment, **options)
    for path in PAGES:
        go(page, assessment, path)
        yield path, page


TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary")]
    .filter(each => !each.closest("p, dd, .skip-link, .prose li, .ruled"))
    .map(each => [each.outerHTML.slice(0, 120), (each.closest(".card, li") || each).getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
    .map(([html, box]) => [html, box.width, box.height])"""

HEIGHTS_OF_CARDS = (
    "[...document.querySelectorAll('.cards .card')].map(each => each.getBoundingClientRect().height)"
)


def too_small_at(page: Page, width: int) -> list[object]:
    """Whatever can be pressed and is not large enough in a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    return [*page.evaluate(TOO_SMALL), *(each for each in page.evaluate(HEIGHTS_OF_CARDS) if each < 48)]


@pytest.mark.look
@pytest.mark.long
def test_every_page_is_sound_in_any_theme_and_on_a_narrow_screen(
    visit: Visit, assessment: Assessment
) -> None:
    found = {}
    for path, page in every_page(visit, assessment, reduced_motion="reduce"):
        small = {width: each for width in (390, 1280) if (each := too_small_at(page, width))}
        found[path] = [flaws_of(page), small]
    assert {path: flaws for path, flaws in found.items() if any(flaws)} == {}


def test_a_chosen_card_is_plain_to_see_in_high_contrast(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "q/dv_env/", forced_colors="active")
    assert page.locator("#answer-0").evaluate("each => getComputedStyle(each).appearance") == "auto"
    chosen = page.locator(".card:has(:checked)").evaluate("each => getComputedStyle(each).borderTopWidth")
    assert chosen == "3px"


def test_nothing_moves_for_those_who_wish_so(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "q/dv_env/", reduced_motion="reduce")
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0


def test_the_focus_ring_is_drawn_around_the_card(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "q/dv_env/")
    page.locator("#answer-0").focus()
    page.keyboard.press("ArrowDown")
    style = page.locator(".card:has(#answer-1)").evaluate(
        "e => [getComputedStyle(e).outlineWidth, getComputedStyle(e).outlineStyle]"
    )
    assert style == ["3px", "solid"]


def test_the_appearance_changes_at_once_and_stays(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "q/dv_cd/")
    page.get_by_label("Note or evidence").fill("Half a sentence")
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_label("Note or evidence")).to_have_value("Half a sentence")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_the_symptoms_point_at_their_floors(visit: Visit) -> None:
    """The lines belong to the drawing, the cards to the page: they have to meet."""
    page = visit("/")
    drawing = page.locator(".house-landing").bounding_box()
    assert drawing is not None
    for layer, share in (("mlops", 0.243), ("dataops", 0.567), ("devops", 0.849)):
        card = page.locator(f".floor-{layer}").bounding_box()
        assert card is not None
        assert card["y"] + card["height"] / 2 == pytest.approx(
            drawing["y"] + share * drawing["height"], abs=3
        )
        assert card["x"] + card["width"] == pytest.approx(drawing["x"], abs=1.5)


def test_the_review_prints_every_answer(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "review/")
    page.emulate_media(media="print")
    expect(page.locator(".header nav, .footer").first).to_be_hidden()
    shown = page.locator("main").inner_text()
    assert "https://xxx" in shown
    for change in page.locator(".change").all():
        expect(change).to_be_hidden()
    assert len(re.findall(r"\n", shown)) > 40


@pytest.mark.look
@pytest.mark.long
def test_no_report_breaks_a_rule_of_axe_or_is_cut_off(visit: Visit, transactional_db: None) -> None:
    call_command("loaddemo", verbosity=0)
    sizes = [(width, 800) for width in (320, 390, 768, 1280)]
    page = visit("/sample/", reduced_motion="reduce")
    found = {}
    for path in ("", *(f"{slug}/" for slug in SAMPLES)):
        page.goto(f"/sample/{path}")
        cut = cut_off_at(page, sizes)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found[path] = [cut, broken_in_any_theme(page)]
    assert {path: flaws for path, flaws in found.items() if any(flaws)} == {}
