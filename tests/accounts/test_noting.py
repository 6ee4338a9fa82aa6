"""Signing in and out leaves lines in the trail, and a new browser is told of by mail."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from assessments.accounts import noting
from assessments.accounts.models import User
from assessments.models import AuditEvent
from tests.accounts.conftest import sign_in
from tests.factories import PASSWORD


def lines() -> list[tuple[str, int | None]]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", "actor"))


def test_signing_in_and_out_is_noted_with_a_coarse_network(client: Client, ann: User) -> None:
    sign_in(client, REMOTE_ADDR="198.51.100.77")
    client.post("/account/logout/")
    assert lines() == [("account.signed_in", ann.pk), ("account.signed_out", ann.pk)]
    assert AuditEvent.objects.order_by("pk").first().network == "198.51.100.0/24"  # type: ignore[union-attr]


def test_ipv6_is_kept_by_its_first_three_groups(client: Client, ann: User) -> None:
    sign_in(client, REMOTE_ADDR="2001:db8:1:2:3::4")
    assert AuditEvent.objects.get().network == "2001:db8:1::/48"


def test_a_wrong_password_is_noted_without_the_address(client: Client, ann: User) -> None:
    sign_in(client, password="wrong")
    sign_in(client, email="nobody@example.com")
    assert lines() == [("account.sign_in_failed", ann.pk), ("account.sign_in_failed", None)]
    assert "example.com" not in str(list(AuditEvent.objects.values()))


def test_nobody_fills_the_trail_with_wrong_passwords(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "MOST_FAILED", 2)
    for number in range(4):
        sign_in(client, email=f"nobody{number}@example.com")
    assert len(lines()) == 2


def test_a_new_password_is_noted(signed: Client, ann: User) -> None:
    new = "another quiet river and stars"
    signed.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert ("account.password_changed", ann.pk) in lines()


# --- New browsers ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def long_here(ann: User) -> User:
    """Somebody whose account was not made just now."""
    User.objects.filter(pk=ann.pk).update(joined=timezone.now() - timedelta(days=9))
    ann.refresh_from_db()
    return ann


def test_a_browser_that_was_never_seen_is_told_of(
    client: Client, long_here: User, mailoutbox: list[EmailMessage]
) -> None:
    sign_in(client, headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"})
    (mail,) = mailoutbox
    assert mail.to == ["ann@example.com"]
    assert mail.subject == "Somebody signed in to Groundwork from a new browser"
    assert "Firefox on Linux" in mail.body
    assert "choose a new password now" in mail.body


def test_the_same_browser_is_told_of_once(
    client: Client, long_here: User, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(2):
        sign_in(client)
        client.post("/account/logout/", {"forget": "1"})
    assert len(mailoutbox) == 1
    cookie = client.cookies[settings.BROWSER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert "ann" not in re.split(r"[^a-z]", cookie.value)


def test_a_cookie_that_somebody_made_up_is_none(
    client: Client, long_here: User, mailoutbox: list[EmailMessage]
) -> None:
    client.cookies[settings.BROWSER_COOKIE_NAME] = "WyJ4Il0:1tX:made-up"
    assert sign_in(client).status_code == 302
    assert len(mailoutbox) == 1


def test_whoever_has_just_made_the_account_is_told_nothing(
    client: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    sign_in(client)
    assert mailoutbox == []
