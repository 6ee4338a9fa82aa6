"""The main job, end to end: a real organisation's answers in, the bottleneck on the page, the roadmap in hand."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from assessments.models import Answer, Assessment
from tests.journeys.conftest import Visit, broken_rules, press_continue
from tests.situations import CASES

VENDOR = next(each for each in CASES if each["id"] == "gc4_saas_wrong_suspect")
GIVEN = {**VENDOR["context"], **VENDOR["answers"]}
CHANGED = {
    "c_roles": ["product_owner", "developer", "data_engineer"],
    "c_regulated": "no",
    "c_tools": ["none-of-these"],
}
"""Answers that a form words differently from the cases."""

SAMPLES = ("harrow-pumps", "nordhaven-parcel", "tallis-software", "land-records", "lumo")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> hx-get \u202egnp.exe"


def give(page: Page, question: str) -> None:
    """Give a question the vendor's answer."""
    value = CHANGED.get(question, GIVEN[question])
    if question == "c_capacity_fte":
        page.fill("#number", str(value))
    else:
        for each in value if isinstance(value, list) else [value]:
            page.locator(f"main input[name=answer][value='{each}']").check()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_landing_page_to_a_roadmap_that_names_the_bottleneck(visit: Visit, scripts: bool) -> None:
    page = visit("/", java_script_enabled=scripts)
    page.get_by_label("Changes and new features").check()
    page.get_by_role("button", name="Start the full assessment").click()
    page.get_by_label(re.compile("What are your answers about")).fill("The invoicing product")
    page.get_by_label(re.compile("name", re.IGNORECASE)).fill("Tallis Software")
    page.get_by_role("button", name="Continue").click()
    link = page.locator("#private-link").input_value()
    page.get_by_role("link", name="Go on").click()
    page.wait_for_url("**/q/**")
    while "/q/" in page.url:
        give(page, page.url.rstrip("/").rpartition("/")[2])
        press_continue(page)
    page.get_by_role("link", name="Show the result").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("data pipelines hold you back")
    expect(page.get_by_text("Data pipelines are the bottleneck").first).to_be_visible()
    expect(page.get_by_text("Delivery baseline").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.click()
    assert re.fullmatch(r"tallis-software-roadmap-\d{4}-\d\d-\d\d\.pdf", download.value.suggested_filename)
    text = text_of(Path(download.value.path()))
    assert "Data pipelines are the bottleneck" in text[0]
    assert "Tallis Software" in text[0]
    assert "Delivery baseline" in text[0]
    assert len(text) <= 12

    other = visit(link, java_script_enabled=scripts)
    other.get_by_role("button", name="Continue this assessment").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Check your answers before you see the result")


def text_of(file: Path) -> list[str]:
    """The text of each page of a PDF, its white space folded."""
    reader = PdfReader(BytesIO(file.read_bytes()))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_a_quick_check_goes_on_to_the_full_assessment_and_asks_nothing_twice(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("button", name="Quick check").click()
    page.get_by_label(re.compile("What are your answers about")).fill("The invoicing product")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Go on").click()
    page.wait_for_url("**/q/**")
    quick = answer_all(page)
    assert len(quick) == 12
    page.get_by_role("link", name="Show the result").click()
    page.get_by_role("button", name=re.compile("full assessment")).first.click()
    page.wait_for_url("**/q/**")
    rest = answer_all(page)
    assert not set(quick) & set(rest)
    assert len(quick) + len(rest) == Answer.objects.count() == 35


def answer_all(page: Page) -> list[str]:
    """Answer until the review; the questions that were asked."""
    found = []
    while "/q/" in page.url:
        found.append(page.url.rstrip("/").rpartition("/")[2])
        give(page, found[-1])
        press_continue(page)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_report_breaks_a_rule_of_axe(visit: Visit, transactional_db: None, scheme: str) -> None:
    call_command("loaddemo", verbosity=0)
    page = visit("/sample/", color_scheme=scheme, reduced_motion="reduce")
    broken = {"/sample/": broken_rules(page)}
    for slug in SAMPLES:
        page.goto(f"/sample/{slug}/")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        broken[slug] = broken_rules(page)
    assert not {path: found for path, found in broken.items() if found}


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_report_is_wider_than_the_screen(visit: Visit, transactional_db: None, width: int) -> None:
    call_command("loaddemo", verbosity=0)
    page = visit("/sample/", viewport={"width": width, "height": 800})
    for slug in SAMPLES:
        page.goto(f"/sample/{slug}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, slug


def test_hostile_words_stay_words_on_every_page(visit: Visit, transactional_db: None) -> None:
    call_command("loaddemo", verbosity=0)
    Assessment.objects.filter(sample="lumo").update(
        organisation=HOSTILE[:80], scope=HOSTILE, decision=HOSTILE
    )
    Answer.objects.filter(assessment__sample="lumo").update(note=HOSTILE)
    page = visit("/sample/lumo/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/x") else None)
    page.goto("/sample/lumo/")
    expect(page.get_by_text("<script>alert(1)</script>").first).to_be_attached()
    page.goto("/sample/")
    assert not asked
