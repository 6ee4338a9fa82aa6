"""Signing in with address and password, and what those meet who guess."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.access import SESSION_KEY
from assessments.accounts import demo
from assessments.accounts.models import User
from assessments.models import Counter
from tests.accounts.conftest import is_signed_in, sign_in
from tests.factories import PASSWORD, UserFactory


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a password was worked on, which is what takes the time."""
    times: list[int] = []
    encode = PBKDF2PasswordHasher.encode

    def counting(self: PBKDF2PasswordHasher, password: str, salt: str, iterations: int | None = None) -> str:
        times.append(iterations or self.iterations)
        return encode(self, password, salt, iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counting)
    return times


def test_the_right_password_leads_to_the_desk(client: Client, ann: User) -> None:
    response = sign_in(client, "Ann@Example.com")
    assert response["Location"] == "/desk/"
    assert is_signed_in(client)


def test_a_page_that_asked_for_it_is_where_one_comes_out(client: Client, ann: User) -> None:
    response = client.post("/account/login/?next=/desk/new/", {"login": ann.email, "password": PASSWORD})
    assert response["Location"] == "/desk/new/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_no_address_leads_elsewhere(client: Client, ann: User, elsewhere: str) -> None:
    response = client.post("/account/login/", {"login": ann.email, "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/desk/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Client, ann: User, hashed: list[int]
) -> None:
    pages = []
    for email in ("ann@example.com", "eve@example.com"):
        page = sign_in(client, email, "not this one at all").content.decode()
        assert "Address and password do not belong together" in page
        assert "<title>Error: Sign in – Groundwork</title>" in page
        assert 'href="#login"' in page
        assert "not this one at all" not in page
        pages.append(re.sub(r'value="[^"]*"|csrf[^>]*', "", page))
    assert pages[0] == pages[1]
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]


def test_fields_say_what_they_want(client: Client, ann: User) -> None:
    page = client.post("/account/login/", {"login": "ann@", "password": ""}).content.decode()
    assert page.count("Enter one e-mail address, such as name@example.com") == 2
    assert page.count("Enter your password") == 2
    assert "This field is required" not in page


def test_the_sixth_wrong_password_has_to_wait(client: Client, ann: User) -> None:
    for _ in range(5):
        assert "do not belong together" in sign_in(client, password="wrong").content.decode()
    page = sign_in(client).content.decode()
    assert "That was wrong too often. Try again in 15 min, or choose a new password" in page
    assert not is_signed_in(client)


def test_an_unknown_address_has_to_wait_just_as_well(client: Client, db: None) -> None:
    for _ in range(5):
        sign_in(client, "eve@example.com", "wrong")
    assert "Try again in 15 min" in sign_in(client, "eve@example.com", "wrong").content.decode()


def test_an_invented_header_is_no_other_network(client: Client, ann: User) -> None:
    for number in range(5):
        sign_in(client, password="wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert "wrong too often" in sign_in(client, HTTP_X_FORWARDED_FOR="198.51.100.9").content.decode()


def test_strangers_elsewhere_do_not_lock_anybody_out(client: Client, ann: User) -> None:
    for _ in range(7):
        sign_in(client, password="wrong", REMOTE_ADDR="198.51.100.7")
    assert sign_in(client, REMOTE_ADDR="203.0.113.5").status_code == 302


def test_right_passwords_are_not_counted(ann: User) -> None:
    for _ in range(8):
        assert sign_in(Client()).status_code == 302
    assert set(Counter.objects.values_list("count", flat=True)) == {0}


def test_no_address_is_stored_with_what_is_counted(client: Client, ann: User) -> None:
    sign_in(client, password="wrong")
    assert Counter.objects.count() == 4
    assert "ann" not in str(list(Counter.objects.values()))


def test_the_cookie_is_a_new_one_and_the_old_one_opens_nothing(client: Client, ann: User) -> None:
    session = client.session
    session[SESSION_KEY] = {"abcdefghijkl": 1}
    session.save()
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    sign_in(client)
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert before != after
    assert client.session[SESSION_KEY] == {"abcdefghijkl": 1}, "what came by private links stays"
    planted = Client()
    planted.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not is_signed_in(planted)


def test_whoever_is_switched_off_stays_out(client: Client, ann: User) -> None:
    User.objects.update(is_active=False)
    response = sign_in(client)
    assert response["Location"] == "/account/inactive/"
    assert not is_signed_in(client)


def test_the_account_for_trying_out_opens_only_while_debugging(
    client: Client, db: None, settings: Settings
) -> None:
    UserFactory(email=demo.ADDRESS)
    User.objects.get(email=demo.ADDRESS)
    page = sign_in(client, demo.ADDRESS).content.decode()
    assert "do not belong together" in page
    assert demo.PASSWORD not in page
    settings.DEBUG = True
    assert demo.PASSWORD in client.get("/account/login/").content.decode()
    assert sign_in(client, demo.ADDRESS).status_code == 302
    assert is_signed_in(client)
    settings.DEBUG = False
    assert not is_signed_in(client), "nor does a session from before"


def test_only_a_form_of_ours_signs_in(ann: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
