"""No parameter of any address is a path, a name of a file or of a template."""

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import get_resolver

from tests.assessments.test_access_table import MAY, World, brief_pdfs, expected
from tests.security.test_unsafe import every_pattern

__all__ = ["brief_pdfs"]

pytestmark = pytest.mark.django_db

PAYLOADS = (
    "%2Fetc%2Fpasswd", "..", "../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd", "....//....//etc/passwd", "..%5c..%5cwindows%5cwin.ini", "..\\..\\etc\\passwd",
    "%5c%5cserver%5cshare", "C:%5cwindows%5cwin.ini", "file:%2F%2F%2Fetc%2Fpasswd", "%00", "abc%00.json", "%2Fetc%2Fpasswd%00.png",
    "%c0%ae%c0%ae%c0%afetc%c0%afpasswd", "%E2%80%A5%E2%88%95etc%E2%88%95passwd", "%EF%BC%8E%EF%BC%8E%EF%BC%8Fetc%EF%BC%8Fpasswd",
    "%ED%A0%80", "%FF%FE", "%0d%0aSet-Cookie:%20a=b", "%0A", "base.html", "assessments%2Fbase.html", "reports/print.html",
    "{{settings.SECRET_KEY}}", "%7B%25%20include%20%22base.html%22%20%25%7D", "%2Fproc%2Fself%2Fenviron", "x" * 3000,
    "99999999999999999999999", "-1",
)  # fmt: skip
QUERIES = (
    "page", "paper", "client", "unit", "return", "from", "to", "show", "step", "v", "m", "q", "slot", "who", "next", "day_rate",
    "budget", "moved", "saved", "kept", "done", "said", "sent", "gone", "archived", "taken", "revoked", "lang", "language", "format",
    "template", "file", "theme",
)  # fmt: skip
GIVEN_AWAY = (b"root:x:0:0", settings.SECRET_KEY.encode(), b"[fonts]", b"Traceback", b"{% load")


@pytest.fixture
def world() -> World:
    return World()


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 30


def harmless(browser: Browser, address: str) -> bool:
    answer = browser.get(address)
    said = answer.content if not answer.streaming else b"".join(answer.streaming_content)  # type: ignore[arg-type, attr-defined]
    return (
        answer.status_code < 500
        and not any(each in said for each in GIVEN_AWAY)
        and "a=b" not in str(answer.cookies)
    )


FIXED = {part for _, pattern in every_pattern(get_resolver()) for part in pattern.split("/")}
"""The words of addresses that are never anything else."""


def test_in_the_place_of_every_part_of_every_address(world: World) -> None:
    browsers, tried, bad = world.browsers(), 0, []
    for name in MAY:
        whole = world.address_of(name)
        browser = browsers["owner" if "in" in expected("owner", name) else "holder"]
        for part in set(whole.split("/")) - FIXED:
            for payload in PAYLOADS:
                address = whole.replace(part, payload, 1)
                tried += 1
                if not harmless(browser, address):
                    bad.append(address[:120])
    assert tried > 100 * len(PAYLOADS)
    assert bad == []


@pytest.mark.usefixtures("brief_pdfs")
def test_in_every_query(world: World) -> None:
    browser = world.browsers()["owner"]
    pages = ("reports:pdf", "reports:compare", "reports:whatif", "reports:portfolio", "reports:plan", "assessments:desk",
             "assessments:trail", "assessments:room", "assessments:question", "assessments:join")  # fmt: skip
    bad = []
    for number, payload in enumerate(PAYLOADS):
        for name in pages:
            together = "&".join(f"{each}={payload}" for each in QUERIES)
            if not harmless(browser, f"{world.address_of(name)}?{together}"):
                bad.append((name, number, payload[:60]))
    assert bad == []
