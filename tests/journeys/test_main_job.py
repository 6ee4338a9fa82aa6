"""The main job, end to end: a real organisation's answers in, the bottleneck on the page, the roadmap in hand."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessments.models import Answer
from tests.journeys.conftest import PATIENCE
from tests.journeys.person import Person
from tests.pdfs import first_page_of, pages_in
from tests.situations import CASES

VENDOR = next(each for each in CASES if each["id"] == "gc4_saas_wrong_suspect")
GIVEN = {**VENDOR["context"], **VENDOR["answers"]}
CHANGED = {
    "c_roles": ["product_owner", "developer", "data_engineer"],
    "c_regulated": "no",
    "c_tools": ["none-of-these"],
}
"""Answers that a form words differently from the cases."""


def begin(person: Person, mode: str) -> str:
    """From the landing page to the first question; returns the private link."""
    person.choose("Changes and new features")
    person.press(mode)
    person.arrives("What are your answers about?")
    person.fill(re.compile("What are your answers about"), "The invoicing product")
    person.fill("Name of the organisation", "Tallis Software")
    person.go_on()
    person.arrives("Keep this link")
    link = person.page.get_by_label("Your private link").input_value()
    person.press("Go on", exact=True)
    person.arrives("How many people")
    return link


def answer_all(person: Person) -> list[str]:
    """Give the vendor's answers until the review; returns the questions that were asked."""
    found = []
    while "/q/" in person.page.url:
        found.append(person.page.url.rstrip("/").rpartition("/")[2])
        give(person, found[-1])
        person.go_on()
    return found


def give(person: Person, question: str) -> None:
    """Give a question the vendor's answer."""
    value = CHANGED.get(question, GIVEN[question])
    if question == "c_capacity_fte":
        person.fill(person.page.locator("#number"), str(value))
        return
    for each in value if isinstance(value, list) else [value]:
        person.choose(person.page.locator(f"main input[name=answer][value='{each}']"))


@pytest.mark.long
def test_from_a_quick_check_over_the_full_assessment_to_a_roadmap_that_names_the_bottleneck(
    person: Person,
) -> None:
    link = begin(person, "Quick check")
    quick = ["stated", *answer_all(person)]
    assert len(quick) == 12
    person.press("Show the result")
    person.press(re.compile("full assessment"))
    person.page.wait_for_url("**/q/**")
    rest = answer_all(person)
    assert not set(quick) & set(rest), "nothing is asked twice"
    person.arrives("Check your answers before you see the result")
    expect(person.page.get_by_text("still open")).to_have_count(0)
    assert Answer.objects.count() == len(quick) + len(rest) == 35, "every step and the symptom"
    person.press("Show the result")

    person.arrives("data pipelines hold you back")
    expect(
        person.page.get_by_text("Data pipelines are the bottleneck").locator("visible=true").first
    ).to_be_visible()
    expect(person.page.get_by_text("Delivery baseline").locator("visible=true").first).to_be_visible()
    # Seconds of work for a process of its own, which on a busy core waits longer than a page does.
    with person.page.expect_download(timeout=2 * PATIENCE) as download:
        person.press(re.compile("PDF"))
    assert re.fullmatch(r"tallis-software-roadmap-\d{4}-\d\d-\d\d\.pdf", download.value.suggested_filename)
    made = Path(download.value.path()).read_bytes()
    first = first_page_of(made)
    assert "Data pipelines are the bottleneck" in first
    assert "Tallis Software" in first
    assert "Delivery baseline" in first
    assert pages_in(made) <= 12

    other = person.elsewhere(link)
    other.press("Continue this assessment")
    other.arrives("Check your answers before you see the result")
