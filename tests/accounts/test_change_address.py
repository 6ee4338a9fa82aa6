"""Changing the address of an account, and the name that goes with it."""

import re

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client

from assessments.accounts.models import User
from tests.accounts.conftest import sign_in
from tests.factories import UserFactory


def ask(client: Client, email: str) -> str:
    """Ask for another address; the page that follows."""
    form = {"email": email, "action_add": ""}
    return client.post("/account/email/", form, follow=True).content.decode()


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver(/account/confirm-email/\S+)", mail.body)
    assert found is not None, mail.body
    return found[1]


def test_the_old_address_holds_until_the_new_one_is_confirmed(
    signed: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    page = ask(signed, "Ann.Berg@Example.com")
    assert "Waiting to be confirmed" in page
    assert User.objects.get().email == "ann@example.com"
    (mail,) = mailoutbox
    assert mail.to == ["ann.berg@example.com"]
    assert "Is this your address?" in signed.get(link_in(mail)).content.decode()
    signed.post(link_in(mail))
    assert User.objects.get().email == "ann.berg@example.com"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("ann.berg@example.com", True)]
    assert sign_in(Client(), "ann.berg@example.com").status_code == 302
    assert mailoutbox[-1].to == ["ann@example.com"], "the old address is told"


def test_one_can_change_ones_mind(signed: Client, ann: User, mailoutbox: list[EmailMessage]) -> None:
    ask(signed, "other@example.com")
    signed.post("/account/email/", {"email": "other@example.com", "action_remove": ""})
    assert "Waiting to be confirmed" not in signed.get("/account/email/").content.decode()
    assert "leads nowhere" in signed.get(link_in(mailoutbox[0])).content.decode()


def test_an_address_of_somebody_else_is_not_taken_over(
    signed: Client, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    ask(signed, "ben@example.com")
    link = link_in(mailoutbox[0])
    UserFactory(email="ben@example.com")
    page = signed.post(link, follow=True).content.decode()
    assert "This address was confirmed for another account in the meantime." in page
    assert sorted(User.objects.values_list("email", flat=True)) == ["ann@example.com", "ben@example.com"]


def test_ones_own_address_is_no_new_one(signed: Client, ann: User) -> None:
    assert "This is the address of your account already" in ask(signed, "ann@example.com")


def test_a_name_is_changed_and_cleaned(signed: Client, ann: User) -> None:
    page = signed.post("/account/name/", {"name": "  Ann\u202e  Lund "}, follow=True).content.decode()
    assert "Your name is saved." in page
    assert User.objects.get().name == "Ann Lund"
    too_long = signed.post("/account/name/", {"name": "x" * 81})
    assert too_long.status_code == 422
    assert "Name must be 80 characters or less" in too_long.content.decode()
