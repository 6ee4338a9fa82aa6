"""A browser that is used again knows nothing of the journey before."""

import pytest
from playwright.sync_api import Page

from tests.journeys.browsers import Browsers

STORED = (
    "() => [document.cookie, localStorage.length, sessionStorage.length, navigator.onLine, history.length]"
)


@pytest.mark.usefixtures("transactional_db")
def test_nothing_of_the_journey_before_is_left(browsers: Browsers) -> None:
    heard: list[str] = []
    options = {"viewport": {"width": 333, "height": 222}}  # as no other journey

    def page_of_another() -> Page:
        context = browsers.take({"console": lambda each: heard.append(each.text)}, **options)
        return context.new_page()

    page = page_of_another()
    page.goto("/privacy/")
    new = page.evaluate(STORED)
    page.evaluate(
        "() => { document.cookie = 'a=b'; localStorage.a = sessionStorage.a = 1; console.log('heard'); }"
    )
    page.context.route("**/privacy/", lambda route: route.abort())
    page.context.set_offline(True)
    assert page.evaluate(STORED) == ["a=b", new[1] + 1, new[2] + 1, False, new[4]]
    assert heard == ["heard"]
    browsers.give_back(page.context, again=True)

    again = page_of_another()
    assert again.context is page.context
    assert again.context.cookies() == []
    again.goto("/privacy/")
    assert again.evaluate(STORED) == new
    again.evaluate("() => console.log('once')")
    assert heard == ["heard", "once"]
    browsers.give_back(again.context, again=False)

    other = page_of_another()
    assert other.context is not page.context, "what was done to that one cannot be undone"
    browsers.give_back(other.context, again=False)
