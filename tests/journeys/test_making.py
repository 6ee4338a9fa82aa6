"""While a PDF is being made, the page says so; then it is there, or the page that says why not."""

import re

from playwright.sync_api import Route, expect

from assessments.models import Assessment
from tests.journeys.conftest import enter
from tests.journeys.person import Visit


def test_a_pdf_that_takes_a_moment_is_said_to_be_made(visit: Visit, tallis: Assessment) -> None:
    page = enter(visit, tallis, "result/")
    said, held = page.locator("[data-making]"), list[Route]()
    page.route("**/result.pdf", lambda route: held.append(route))  # noqa: PLW0108  a bound method is refused
    with page.expect_request("**/result.pdf"):
        page.get_by_role("link", name="PDF", exact=True).first.click()
    expect(said).to_have_text("Your PDF is being made. This takes a few seconds.")
    page.get_by_role("link", name="PDF", exact=True).first.click()
    assert len(held) == 1, "an impatient second click asks for nothing more"
    with page.expect_download() as download:
        held[0].continue_()
    assert re.fullmatch(r"tallis-software-roadmap-[\d-]+\.pdf", download.value.suggested_filename)
    expect(said).to_have_text("Your PDF is ready.")


def test_a_pdf_that_cannot_be_made_leads_to_the_page_that_says_why(visit: Visit, tallis: Assessment) -> None:
    page = enter(visit, tallis, "result/", staged=True)
    page.route(
        "**/result.pdf",
        lambda route: route.fulfill(status=503, body="<h1>Not now</h1>", content_type="text/html"),
    )
    page.get_by_role("link", name="PDF", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not now")
