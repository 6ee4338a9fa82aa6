"""In a browser: a link to an answer opens what hides it, and paper shows what is closed on the screen."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.samples import samples, store_sample


@pytest.fixture
def report(page: Page, live_server: LiveServer, transactional_db: None) -> Page:
    store_sample(next(each for each in samples() if each.slug == "tallis-software"))
    page.goto(f"{live_server.url}/sample/tallis-software/")
    return page


def test_a_link_to_an_answer_opens_the_block_it_stands_in(report: Page) -> None:
    answer = report.locator("#answer-do_orc")
    expect(answer).to_be_hidden()
    report.locator(".deciding").get_by_role("link", name="Pipeline orchestration").click()
    expect(answer).to_be_in_viewport()
    expect(report.locator("#answer-dv_ci")).to_be_hidden()


def test_a_page_opened_at_an_answer_shows_it(report: Page) -> None:
    address = report.url
    report.goto("about:blank")
    report.goto(f"{address}#answer-dv_ci")
    expect(report.locator("#answer-dv_ci")).to_be_in_viewport()


def test_the_browsers_own_print_has_every_answer(report: Page) -> None:
    report.emulate_media(media="print")
    height = report.locator("#answer-dv_ci").evaluate("answer => answer.getBoundingClientRect().height")
    assert height > 0
