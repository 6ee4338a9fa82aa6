"""Words that would like to be more than words: they are shown as they were typed, and nothing comes of them."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from assessments.answering import record_answer
from assessments.milestones import keep
from assessments.models import Answer, Assessment
from tests.assessments.conftest import answer_everything
from tests.factories import AssessmentFactory
from tests.journeys.conftest import enter, go
from tests.journeys.person import Visit

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)> hx-get \u202egnp.exe"
GADGET = '<div hx-get="/lured/" hx-trigger="load">Harmless</div><form data-hx-post="/lured/" data-hx-trigger="load">'
PAGES = ("scope/", "q/dv_ci/", "review/", "", "keep/", "result/", "milestones/", "compare/", "recheck/", "/")


@pytest.fixture
def lures() -> list[str]:
    """What a page did because of the words on it."""
    return []


def watch(page: Page, lures: list[str]) -> None:
    page.on("dialog", lambda dialog: lures.append(dialog.message))
    page.on(
        "request",
        lambda request: lures.append(request.url) if request.url.endswith(("/x", "/lured/")) else None,
    )


def test_in_a_report(visit: Visit, transactional_db: None, lures: list[str]) -> None:
    call_command("loaddemo", verbosity=0)
    Assessment.objects.filter(sample="lumo").update(organisation=SCRIPT[:80], scope=SCRIPT, decision=SCRIPT)
    Answer.objects.filter(assessment__sample="lumo").update(note=SCRIPT)
    page = visit("/sample/lumo/")
    watch(page, lures)
    page.goto("/sample/lumo/")
    expect(page.get_by_text("<script>alert(1)</script>").first).to_be_attached()
    page.goto("/sample/")
    assert not lures


def test_on_every_page_of_asking(visit: Visit, transactional_db: None, lures: list[str]) -> None:
    """htmx acts on attributes, so they are as good as a script."""
    assessment = AssessmentFactory(organisation=GADGET[:80], scope=GADGET, decision=GADGET)
    answer_everything(assessment)
    keep(assessment=assessment, name=GADGET[:80])
    record_answer(assessment=assessment, question="dv_ci", value=1, note=GADGET)
    page = enter(visit, assessment)
    watch(page, lures)
    for path in PAGES:
        go(page, assessment, path)
        page.wait_for_load_state("networkidle")
    assert not lures
