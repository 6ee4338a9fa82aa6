"""Nobody writes lines of their own into the log, and nothing of an assessment stands in it."""

import logging
import time
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from advisor.logs import masked
from assessments.models import Assessment
from tests.assessments.conftest import Open, browser_of
from tests.factories import AssessmentFactory

__all__ = ["browser_of"]

pytestmark = pytest.mark.django_db

FORGED = "2026-01-01 00:00:00 ERROR root: forged"
WORDS = "Zephyrine Quillfeather keeps the passwords"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the handler of the settings writes."""
    handler = logging.getHandlerByName("console")
    assert isinstance(handler, logging.StreamHandler)
    text = StringIO()
    before = handler.setStream(text)
    yield text
    handler.setStream(before)


@pytest.mark.parametrize(
    "path",
    [f"/nowhere/%0A{FORGED}", f"/nowhere/%0D%0A{FORGED}", f"/a/%0A{FORGED}/", f"/nowhere/%E2%80%A8{FORGED}", f"/nowhere/%C2%85{FORGED}", f"/nowhere/%1B[2J%00{FORGED}"],
)  # fmt: skip
def test_an_address_is_one_line(client: Client, written: StringIO, path: str) -> None:
    assert client.get(path).status_code == 404
    text = written.getvalue()
    assert len(text.splitlines()) == 1, "str.splitlines knows every kind of line break"
    assert "\x1b" not in text
    assert "\0" not in text


def test_what_is_refused_is_one_line(written: StringIO) -> None:
    browser = Client(enforce_csrf_checks=True)
    for headers in (
        {"Origin": f"https://e.example\n{FORGED}"},
        {"Referer": f"https://e.example/\r\n{FORGED}"},
    ):
        browser.post("/start/", {"mode": "quick"}, headers=headers, secure=True)
    browser.get("/", headers={"Host": f"e.example\n{FORGED}"})
    assert not [each for each in written.getvalue().splitlines() if each.startswith(FORGED[:10])]


def test_nothing_that_was_typed_stands_in_the_log(written: StringIO, browser_of: Open) -> None:
    """Whatever went right or wrong with it."""
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        assessment: Assessment = AssessmentFactory(organisation=WORDS[:80], scope=WORDS)
        browser = browser_of(assessment)
        for form in (
            {"answer": "2", "note": WORDS},
            {"answer": "9", "note": WORDS},
            {"note": WORDS},
            {"answer": "2", "note": WORDS * 99},
        ):
            browser.post(f"/a/{assessment.public_id}/q/dv_ci/", form)
        browser.post(f"/a/{assessment.public_id}/scope/", {"organisation": WORDS, "scope": WORDS * 9})
        for page in ("", "result/", "review/", "plan/", "nowhere/"):
            browser.get(f"/a/{assessment.public_id}/{page}", {"q": "1"})
        Client(enforce_csrf_checks=True).post(f"/a/{assessment.public_id}/q/dv_ci/", {"note": WORDS})
    finally:
        logging.getLogger().setLevel(logging.WARNING)
    assert written.getvalue(), "something was written"
    assert "Zephyrine" not in written.getvalue()


@pytest.mark.parametrize("middle", ["@", "!@", "@b.", "@@", ".@-"])
def test_an_address_of_sixty_thousand_letters_is_masked_in_no_time(middle: str) -> None:
    """Anybody may ask for one, and nobody else is answered while it is looked through: once that took minutes."""
    begun = time.perf_counter()
    masked(f"/{'a' * 30_000}{middle}{'b' * 30_000}")
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize("path", ["/nowhere/" + "a/" * 25_000, "/a/" + "x" * 50_000 + "/"])
def test_a_long_address_makes_no_long_line(client: Client, written: StringIO, path: str) -> None:
    assert client.get(path).status_code == 404
    assert 100 < len(written.getvalue()) < 3_000


def test_addresses_of_people_are_masked_wherever_they_stand() -> None:
    said = masked("ann@example.com, <bob.b+x@mail.example.org>; a@b.c@d.e x@y /q/ann@example.com/")
    assert said == "...@..., <...@...>; ...@...@d.e x@y /q/...@.../"
