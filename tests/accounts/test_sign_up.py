"""Who may make an account, and with which password."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.accounts.models import User
from assessments.models import Invitation, Membership
from assessments.people import INVITATION_LASTS, digest_of
from tests.accounts.conftest import is_signed_in
from tests.factories import MembershipFactory, WorkspaceFactory

SECRET = "x" * 43
GOOD = "four words in no order"


@pytest.fixture
def invitation(db: None) -> Invitation:
    """Bea was asked in as a consultant."""
    from django.utils import timezone

    workspace = WorkspaceFactory(name="Keller Consulting")
    owner = MembershipFactory(workspace=workspace).user
    return Invitation.objects.create(
        workspace=workspace,
        email="bea@example.com",
        role="consultant",
        digest=digest_of(SECRET),
        invited_by=owner,
        expires=timezone.now() + INVITATION_LASTS,
    )


def sign_up(client: Client, email: str = "bea@example.com", password: str = GOOD) -> str:
    """Send the form; the page, or where it leads."""
    response = client.post("/account/signup/", {"email": email, "password1": password, "name": "Bea"})
    return response.headers.get("Location") or response.content.decode()


# --- Who ----------------------------------------------------------------------------------------------------------------


def test_without_an_invitation_nobody_gets_an_account(client: Client, db: None) -> None:
    assert "Accounts are by invitation" in client.get("/account/signup/").content.decode()
    assert "Accounts are by invitation" in sign_up(client)
    assert not User.objects.exists()


def test_whoever_was_invited_makes_one_with_that_address(client: Client, invitation: Invitation) -> None:
    client.post(f"/invitation/{SECRET}")
    assert 'value="bea@example.com"' in client.get("/account/signup/").content.decode()
    assert "The invitation is for bea@example.com" in sign_up(client, "eve@example.com")
    assert sign_up(client) == "/desk/"
    user = User.objects.get(email="bea@example.com")
    assert user.name == "Bea"
    address = EmailAddress.objects.get(user=user)
    assert address.verified, "whoever has the link has read the mail"
    assert is_signed_in(client)
    assert not Membership.objects.filter(user=user).exists(), "joining is a step of its own"


def test_an_invitation_that_was_taken_back_opens_nothing(client: Client, invitation: Invitation) -> None:
    client.post(f"/invitation/{SECRET}")
    invitation.delete()
    assert "Accounts are by invitation" in sign_up(client)


def test_where_it_is_off_an_invitation_is_not_enough(
    client: Client, invitation: Invitation, settings: Settings
) -> None:
    settings.SIGN_UP = "off"
    client.post(f"/invitation/{SECRET}")
    assert "No accounts are made here" in sign_up(client)
    assert "Ask whoever runs this server" in client.get("/invitation/").content.decode()


def test_where_it_is_open_anybody_makes_one(client: Client, db: None, settings: Settings) -> None:
    settings.SIGN_UP = "open"
    assert "Make an account" in client.get("/account/login/").content.decode()
    assert sign_up(client, "Eve@Example.com") == "/desk/"
    assert User.objects.get().email == "eve@example.com"


def test_an_address_that_is_taken_is_told_to_its_owner_alone(
    client: Client, ann: User, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.SIGN_UP, settings.ACCOUNT_EMAIL_VERIFICATION = "open", "mandatory"
    assert sign_up(client, "ann@example.com") == sign_up(Client(), "eve@example.com")
    told, asked = mailoutbox
    assert told.to == ["ann@example.com"]
    assert "There is one already" in told.body
    assert "/confirm-email/" in asked.body


def test_with_a_mail_server_an_address_is_confirmed_first(
    client: Client, db: None, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.SIGN_UP, settings.ACCOUNT_EMAIL_VERIFICATION = "open", "mandatory"
    assert sign_up(client) == "/account/confirm-email/"
    assert not is_signed_in(client)
    link = re.search(r"http://testserver(/account/confirm-email/\S+)", mailoutbox[0].body)
    assert link is not None
    client.get(link[1])
    assert not EmailAddress.objects.get().verified, "opening it changes nothing"
    client.post(link[1])
    assert EmailAddress.objects.get().verified
    response = client.post("/account/login/", {"login": "bea@example.com", "password": GOOD})
    assert response["Location"] == "/desk/"


# --- Passwords ------------------------------------------------------------------------------------------------------------


def test_a_password_of_two_hundred_thousand_letters_is_refused_at_once(
    client: Client, invitation: Invitation
) -> None:
    """To find what repeats in this one took a minute, in which nobody else was answered."""
    client.post(f"/invitation/{SECRET}")
    begun = time.monotonic()
    assert "128 characters or less" in sign_up(client, password="a" * 200_000 + "b")
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "Enter a new password"),
        ("elevenchars", "at least 12 characters"),
        ("1234567890123", "list of those that are tried first"),
        ("Password-2026!", "list of those that are tried first"),
        ("8372 9185 0264 7", ""),
        ("passwordpassword", "list of those that are tried first"),
        ("bea@example.com", "too much like your name or address"),
        ("x" * 129, "128 characters or less"),
        (("nobody guesses this " * 7)[:128], ""),
        ("nur kleine buchstaben", ""),
        ("Ünïcödé und 🦉 Eulen", ""),
        ("  spaces at both ends  ", ""),
    ],
)
def test_what_a_password_has_to_be(client: Client, invitation: Invitation, password: str, says: str) -> None:
    client.post(f"/invitation/{SECRET}")
    page = sign_up(client, password=password)
    assert says in page if says else page == "/desk/", page[:300]
    if says:
        assert 'id="password1-error"' in page
        assert not password or password == "bea@example.com" or f'"{password}"' not in page
    else:
        client.post("/account/logout/")
        client.post("/account/login/", {"login": "bea@example.com", "password": password})
        assert is_signed_in(client)


def test_a_password_can_be_pasted_and_kept_by_a_manager(client: Client, invitation: Invitation) -> None:
    client.post(f"/invitation/{SECRET}")
    page = client.get("/account/signup/").content.decode()
    assert 'autocomplete="new-password"' in page
    assert "maxlength" not in page
    assert "onpaste" not in page
