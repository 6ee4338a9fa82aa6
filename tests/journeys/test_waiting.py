"""A PDF that a worker makes: what somebody sees who waits for it, with scripts and without."""

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from assessments import work
from assessments.models import Assessment
from reports import pdf
from reports.models import MadePdf
from reports.pdf.asking import Template
from tests.journeys.conftest import enter, holding
from tests.journeys.inspection import flaws_of
from tests.journeys.person import Visit
from tests.reports.conftest import no_failures
from tests.reports.test_pdf_views import BROKEN, ECHO, processes_end
from tests.workers import use_queue, work_off

__all__ = ["no_failures", "processes_end"]

NAME = re.compile(r"tallis-software-roadmap-[\d-]+\.pdf")


@pytest.fixture(autouse=True)
def queue(settings: Settings, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker shows that it is there; what it does is done when the journey says so.

    It makes what is the page's own HTML under another name: that PDFs are right, others test.
    """
    use_queue(settings)
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))
    work.show_up("the one of this journey")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_with_scripts_the_page_says_how_far_it_is_and_ends_in_the_download(
    visit: Visit, tallis: Assessment
) -> None:
    page = enter(visit, tallis, reduced_motion="reduce")
    page.goto(f"/a/{tallis.public_id}/result.pdf")
    heading(page, "Your PDF is being made")
    expect(page.get_by_role("status")).to_contain_text("It is next.")
    assert flaws_of(page) == {}
    with page.expect_download() as download:
        assert work_off() == 1
    assert NAME.fullmatch(download.value.suggested_filename)
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    heading(page, "Your PDF is ready")
    assert flaws_of(page) == {}
    with page.expect_download() as again:
        page.get_by_role("link", name="Download it").click()
    assert NAME.fullmatch(again.value.suggested_filename)
    page.get_by_role("link", name="Back to the web report").click()
    expect(page).to_have_url(re.compile(r"/result/$"))


def test_without_scripts_it_looks_again_by_itself(visit: Visit, tallis: Assessment) -> None:
    page = visit(None, session=holding(tallis), java_script_enabled=False)
    page.goto(f"/a/{tallis.public_id}/result.pdf")
    heading(page, "Your PDF is being made")
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    with page.expect_download() as download:
        assert work_off() == 1
    assert NAME.fullmatch(download.value.suggested_filename)


def test_from_the_report_it_is_downloaded_without_leaving_it(visit: Visit, tallis: Assessment) -> None:
    page = enter(visit, tallis, "result/")
    page.get_by_role("link", name="PDF", exact=True).first.click()
    expect(page.locator("[data-making]")).to_have_text("Your PDF is being made. This takes a few seconds.")
    with page.expect_download() as download:
        assert work_off() == 1
    assert NAME.fullmatch(download.value.suggested_filename)
    expect(page).to_have_url(re.compile(r"/result/$"))


def test_one_that_cannot_be_made_says_that_the_report_is_complete(
    visit: Visit, tallis: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = enter(visit, tallis, staged=True, reduced_motion="reduce")
    page.goto(f"/a/{tallis.public_id}/result.pdf")
    heading(page, "Your PDF is being made")
    monkeypatch.setattr(pdf, "TEMPLATE", BROKEN)
    assert work_off() == 1
    heading(page, "The PDF could not be made. The web report is complete.")
    assert not MadePdf.objects.exists()
    assert flaws_of(page) == {}
    page.get_by_role("link", name="Back to the web report").click()
    expect(page).to_have_url(re.compile(r"/result/$"))
