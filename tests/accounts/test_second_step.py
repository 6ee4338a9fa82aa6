"""Codes from an app and recovery codes, as the second step of signing in."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache.backends import locmem
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.accounts.models import User
from tests.accounts.conftest import is_signed_in, sign_in
from tests.accounts.test_reset_password import NEW, ask, choose, link_in


def code_of(secret: str, later: int = 0) -> str:
    """What an app shows that was given this key; RFC 6238, written out."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def switch_on(client: Client) -> str:
    """Set up the app; its key."""
    page = client.get("/account/second-step/app/").content.decode()
    secret = re.search(r'id="key" value="([A-Z2-7]+)"', page)
    assert secret is not None, page
    response = client.post("/account/second-step/app/", {"code": code_of(secret[1])})
    assert response.status_code == 302, response.content.decode()
    return secret[1]


@pytest.fixture
def secret(signed: Client) -> str:
    return switch_on(signed)


def test_switching_it_on_shows_the_recovery_codes(
    signed: Client, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    page = signed.get("/account/second-step/app/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'id="key" value="([A-Z2-7]+)"', page)
    assert secret is not None
    wrong = signed.post("/account/second-step/app/", {"code": "000000"}).content.decode()
    assert "This code does not fit" in wrong
    with django_capture_on_commit_callbacks(execute=True):
        done = signed.post("/account/second-step/app/", {"code": code_of(secret[1])}, follow=True)
    codes = re.findall(r"<li>(\d{8})</li>", done.content.decode())
    assert len(set(codes)) == 10
    assert "signing in to your account now asks for the code" in mailoutbox[-1].body


def test_from_then_on_a_password_is_not_enough(secret: str, ann: User) -> None:
    browser = Client()
    assert sign_in(browser)["Location"] == "/account/second-step/code/"
    assert not is_signed_in(browser)
    page = browser.post("/account/second-step/code/", {"code": "123456"}).content.decode()
    assert "This code does not fit" in page
    assert "<title>Error: The second step" in page
    assert browser.post("/account/second-step/code/", {"code": code_of(secret, 1)}).status_code == 302
    assert is_signed_in(browser)


def test_a_recovery_code_works_once(signed: Client, secret: str) -> None:
    page = signed.get("/account/second-step/recovery/").content.decode()
    code = re.findall(r"<li>(\d{8})</li>", page)[0]
    for works in (True, False):
        browser = Client()
        sign_in(browser)
        browser.post("/account/second-step/code/", {"code": code})
        assert is_signed_in(browser) is works


def test_guessing_codes_is_slowed_down(secret: str) -> None:
    browser = Client()
    sign_in(browser)
    for _ in range(5):
        browser.post("/account/second-step/code/", {"code": "000000"})
    page = browser.post("/account/second-step/code/", {"code": code_of(secret, 1)}).content.decode()
    assert "wrong too often" in page
    assert not is_signed_in(browser)


def test_a_new_password_does_not_skip_it(secret: str, mailoutbox: list[EmailMessage]) -> None:
    browser = Client()
    mailoutbox.clear()
    ask(browser)
    choose(browser, link_in(mailoutbox[0]))
    assert sign_in(browser, password=NEW)["Location"] == "/account/second-step/code/"
    assert not is_signed_in(browser)


def test_the_database_alone_gives_no_codes(secret: str) -> None:
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert base64.b32decode(secret).hex() not in stored


def test_under_another_key_of_the_server_no_code_fits(secret: str, settings: Settings) -> None:
    settings.SECRET_KEY = "another key that is long enough to be one, and then some more"
    browser = Client()
    sign_in(browser)
    page = browser.post("/account/second-step/code/", {"code": code_of(secret, 1)}).content.decode()
    assert "This code does not fit" in page


def test_it_can_be_switched_off_again(signed: Client, secret: str) -> None:
    assert "Switch the app off?" in signed.get("/account/second-step/app/off/").content.decode()
    signed.post("/account/second-step/app/off/")
    assert not Authenticator.objects.exists()
    assert sign_in(Client())["Location"] == "/desk/"


def test_recovery_codes_can_be_taken_along_and_made_anew(signed: Client, secret: str) -> None:
    first = signed.get("/account/second-step/recovery/codes.txt").content.decode().split()
    assert len(first) == 10
    signed.post("/account/second-step/recovery/new/")
    second = signed.get("/account/second-step/recovery/codes.txt").content.decode().split()
    assert not set(first) & set(second)


def test_guesses_are_counted_for_every_process_of_the_server_and_no_invented_header_starts_anew(
    secret: str,
) -> None:
    browser = Client()
    sign_in(browser)
    for number in range(5):
        browser.post(
            "/account/second-step/code/", {"code": "000000"}, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        )
        for memory in (*locmem._caches.values(), *locmem._expire_info.values()):
            memory.clear()  # another process knows nothing of what this one alone remembers
    page = browser.post("/account/second-step/code/", {"code": code_of(secret, 1)}).content.decode()
    assert "wrong too often" in page
    assert not is_signed_in(browser)


HOLLOW = '"rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"%s","authenticatorData":"AAAA","signature":"AAAA","attestationObject":"%s","userHandle":"AAAA"},"clientExtensionResults":{}'


@pytest.mark.parametrize(
    "credential",
    [
        "[" * 100_000, '{"a":' * 50_000, "1" * 9_000, "[]", '"x"', "0", '{"id":"x"}', '{"id":"AAAA","response":[]}',
        '{"id":[],' + HOLLOW % ("W1s", "AAAA") + "}", '{"id":"AAAA",' + HOLLOW % ("e30", "gYGBgYGBgYGBgYGBgYGBgYGBgYGB") + "}",
        '{"id":"AAAA",' + HOLLOW % ("\\ud800", "gYGB" * 9_000) + "}",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "address", ["/account/passkeys/login/", "/account/passkeys/add/", "/account/passkeys/again/"]
)
def test_what_is_no_passkey_is_refused_and_breaks_nothing(
    signed: Client, address: str, credential: str
) -> None:
    """Anybody may send it; the first of the three pages asks nobody who they are."""
    browser = Client() if "login" in address else signed
    browser.get(address)
    answer = browser.post(address, {"credential": credential, "name": "Mine"})
    assert answer.status_code < 500
    assert is_signed_in(browser) is ("login" not in address)
    assert not Authenticator.objects.exists()
