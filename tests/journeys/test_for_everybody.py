"""Every page of asking, for eyes, ears, hands and screens of all kinds."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from assessments.access import SESSION_KEY
from assessments.answering import record_answer
from assessments.links import link_of
from assessments.models import Assessment
from tests.assessments.conftest import answer_everything
from tests.factories import AssessmentFactory
from tests.journeys.conftest import Visit, broken_rules

PAGES = [
    "/", "/method/", "/privacy/", "/accessibility/", "/deleted/", "/nowhere/", "link",
    "scope/", "keep/", "q/stated/", "q/c_roles/", "q/c_tools/", "q/c_capacity_fte/", "q/dv_ci/", "q/do_tst/", "q/ml_trn/",
    "q/sig_check/", "review/", "", "delete/",
]  # fmt: skip


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
    return assessment


def enter(visit: Visit, assessment: Assessment, path: str = "/privacy/", **options: object) -> Page:
    """A page in a browser that may work on the assessment."""
    session = SessionStore()
    session[SESSION_KEY] = {assessment.public_id: assessment.link_number}
    session.save()
    page = visit("/privacy/", **options)
    home = page.url.removesuffix("privacy/")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": home}]
    )
    go(page, assessment, path)
    return page


def go(page: Page, assessment: Assessment, path: str) -> None:
    if path == "link":
        path = link_of(assessment)
    answer = page.goto(path if path.startswith("/") else f"/a/{assessment.public_id}/{path}")
    assert answer is not None
    assert answer.status == (404 if path == "/nowhere/" else 200)


def every_page(visit: Visit, assessment: Assessment, **options: object) -> Iterator[tuple[str, Page]]:
    """Each page in turn, in one browser."""
    page = enter(visit, assessment, **options)
    for path in PAGES:
        go(page, assessment, path)
        yield path, page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_axe_is_broken(visit: Visit, assessment: Assessment, scheme: str) -> None:
    pages = every_page(visit, assessment, color_scheme=scheme, reduced_motion="reduce")
    broken = {path: found for path, page in pages if (found := broken_rules(page))}
    assert not broken


def test_no_rule_of_axe_is_broken_by_mistakes(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "q/dv_cd/", reduced_motion="reduce")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert not broken_rules(page)


def test_nothing_is_cut_off_on_a_narrow_screen(visit: Visit, assessment: Assessment) -> None:
    """320 pixels wide is a phone, and 1280 pixels enlarged four times; letters and lines spread as WCAG 1.4.12 has it."""
    spread = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    found = {}
    for path, page in every_page(visit, assessment, viewport={"width": 320, "height": 256}, bypass_csp=True):
        found[path] = page.evaluate(too_wide)
        page.add_style_tag(content=spread)
        found[f"{path} spread"] = page.evaluate(too_wide)
    assert {path: by for path, by in found.items() if by > 0} == {}


TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary")]
    .filter(each => !each.closest("p, dd, .skip-link, .prose li, .ruled"))
    .map(each => [each.outerHTML.slice(0, 120), (each.closest(".card, li") || each).getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
    .map(([html, box]) => [html, box.width, box.height])"""


@pytest.mark.parametrize("width", [390, 1280])
def test_whatever_can_be_pressed_is_large_enough(visit: Visit, assessment: Assessment, width: int) -> None:
    heights = (
        "[...document.querySelectorAll('.cards .card')].map(each => each.getBoundingClientRect().height)"
    )
    small = {}
    for path, page in every_page(visit, assessment, viewport={"width": width, "height": 800}):
        small[path] = page.evaluate(TOO_SMALL) + [each for each in page.evaluate(heights) if each < 48]
    assert {path: found for path, found in small.items() if found} == {}


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
