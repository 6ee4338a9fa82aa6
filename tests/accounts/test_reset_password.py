"""Choosing a new password by mail."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.accounts.models import User
from tests.accounts.conftest import is_signed_in, sign_in

NEW = "an even quieter river"


def ask(client: Client, email: str = "ann@example.com", **extra: str) -> str:
    """Ask for the link; the page that follows."""
    page = client.post("/account/password/reset/", {"email": email}, follow=True, **extra).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.body)
    assert found is not None, mail.body
    return found[1]


def choose(client: Client, link: str, password: str = NEW) -> str:
    """Open the link and send a new password; the last page."""
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(address, {"password1": password}, follow=True).content.decode()


def test_the_link_lets_one_choose_a_new_password(
    client: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    assert "Look into your mail" in ask(client)
    assert "Your password is new" in choose(client, link_in(mailoutbox[0]))
    assert not is_signed_in(client), "signing in is a step of its own, and may have a second one"
    assert sign_in(client, password=NEW).status_code == 302
    assert "This happened on" in mailoutbox[1].body


def test_the_link_works_once_and_leaves_no_secret_in_the_address(
    client: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    ask(client)
    link = link_in(mailoutbox[0])
    secret = link.rstrip("/").rsplit("/", 1)[1]
    form = client.get(link, follow=True)
    assert secret not in form.redirect_chain[-1][0]
    assert secret not in form.content.decode()
    choose(client, link)
    assert "This link leads nowhere any more" in Client().get(link).content.decode()


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_so(
    client: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    assert ask(client) == ask(client, "eve@example.com")
    known, unknown = mailoutbox
    assert unknown.to == ["eve@example.com"]
    assert "There is none with it" in unknown.body
    assert "/password/reset/key/" in known.body


def test_a_mailbox_is_not_flooded(client: Client, ann: User, mailoutbox: list[EmailMessage]) -> None:
    pages = {ask(client, REMOTE_ADDR=f"198.51.100.{number}") for number in range(5)}
    assert len(mailoutbox) == 3
    assert len(pages) == 1, "the page does not tell"


def test_one_network_does_not_write_to_everybody(
    client: Client, db: None, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(14):
        ask(client, f"a{number}@example.com")
    assert len(mailoutbox) == 10


def test_a_new_password_ends_the_waiting_for_wrong_ones(
    client: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(6):
        sign_in(client, password="wrong")
    ask(client)
    choose(client, link_in(mailoutbox[0]))
    assert sign_in(client, password=NEW).status_code == 302


def test_it_signs_out_whoever_is_signed_in(signed: Client, ann: User, mailoutbox: list[EmailMessage]) -> None:
    other = Client()
    ask(other)
    choose(other, link_in(mailoutbox[0]))
    assert not is_signed_in(signed)


def test_a_bad_password_is_refused_there_too(
    client: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    ask(client)
    page = choose(client, link_in(mailoutbox[0]), "short")
    assert "at least 12 characters" in page
    assert "<title>Error: Your new password – Groundwork</title>" in page


def test_links_begin_with_the_public_address(
    client: Client, ann: User, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://groundwork.example.com"
    ask(client)
    assert "\nhttps://groundwork.example.com/account/password/reset/key/" in mailoutbox[0].body


def test_a_mail_server_that_does_not_answer_is_no_error_page(
    client: Client, ann: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
        }
    }
    known, unknown = ask(client), ask(Client(), "eve@example.com")
    assert "no mail was sent" in known
    assert known == unknown
    assert "ann@example.com" not in caplog.text
