"""Every form of every page, filled with what nobody should send: it is refused or stored, and nothing breaks."""

from itertools import cycle
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client as Browser
from lxml import html

from assessments.workshop import fresh_rooms
from tests.assessments.test_access_table import MAY, World, brief_pdfs, expected

__all__ = ["brief_pdfs"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("brief_pdfs")]

NASTY = (
    "\0", "a\0b", "\ud800", "\uffff", "\u202eabc", "x" * 5000, "-1", "0", "99999999999999999999999999", "1e999", "nan", "inf", "١٢",
    "１２", "0001-01-01", "9999-99-99", "true", "null", "[]", "{}", "' OR 1=1 --", "%00", "../../etc/passwd", "\r\nBcc: a@example.com",
    "a@example.com\nb@example.com", "<script>", "{{ 7*7 }}", "on", "", " ", "https://user:pw@127.0.0.1:1/", "http://[::1", "#12345", "é" * 2000,
)  # fmt: skip


def forms_on(page: bytes) -> list[tuple[str, list[str]]]:
    """Where each form of a page goes, and the names of its fields."""
    found = html.document_fromstring(page).iter("form")
    return [
        (each.get("action") or "", sorted({str(field.get("name")) for field in each.iter("input", "select", "textarea", "button") if field.get("name")}))
        for each in found
        if (each.get("method") or "").lower() == "post"
    ]  # fmt: skip


def test_no_form_breaks_over_what_is_sent() -> None:
    world, seen, broken = World(), set(), []
    browsers, words = world.browsers(), cycle(NASTY)
    for name in MAY:
        who = next((each for each in ("owner", "holder", "phone", "reader", "stranger") if "in" in expected(each, name)), None)  # fmt: skip
        if who is None:
            continue
        browser, address = browsers[who], world.address_of(name)
        answer = browser.get(address)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        for action, fields in forms_on(answer.content):
            target = urlsplit(action).path or address
            if (target, tuple(fields)) in seen or "theme" in target:
                continue
            seen.add((target, tuple(fields)))
            for number in range(0, len(NASTY), 6):
                same = dict.fromkeys(fields, NASTY[number])
                mixed = {field: next(words) for field in fields}
                broken += [
                    (name, target, sent) for sent in (same, mixed) if not stands(browser, target, sent)
                ]
    assert len(seen) > 40
    assert broken == []


def stands(browser: Browser, address: str, sent: dict[str, str]) -> bool:
    """Whether the server answers, and with no error of its own. Nothing that it does stays."""
    cookies = {name: each.value for name, each in browser.cookies.items()}
    body = {name: value.encode("utf-8", "surrogatepass").decode("latin-1") if "\ud800" in value else value for name, value in sent.items()}  # fmt: skip
    browser.raise_request_exception = False
    with transaction.atomic():
        answer = browser.post(address, body)
        transaction.set_rollback(True)
    for close in answer._resource_closers:  # of files; closing the answer itself would end the connection
        close()
    fresh_rooms._kept.clear()
    browser.cookies.load(cookies)
    return answer.status_code < 500
