"""What is sensitive asks again who it is, after half an hour."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from assessments.access import SIGNED_IN_AT
from assessments.accounts.models import User
from tests.accounts.conftest import is_signed_in
from tests.assessments.conftest import Open, browser_of
from tests.factories import PASSWORD, AssessmentFactory, ClientFactory, MembershipFactory

__all__ = ["browser_of"]

SENSITIVE = [
    "/account/email/",
    "/account/second-step/app/",
    "/account/second-step/recovery/new/",
    "/account/passkeys/add/",
    "/account/data.json",
    "/account/delete/",
]


@pytest.fixture
def later(signed: Client) -> Client:
    """Half an hour after Ann has signed in."""
    session = signed.session
    session[SIGNED_IN_AT] -= 30 * 60
    session.save()
    return signed


@pytest.mark.parametrize("page", SENSITIVE)
def test_right_after_signing_in_nothing_is_asked(signed: Client, page: str) -> None:
    assert "/reauthenticate/" not in signed.get(page).headers.get("Location", "")


@pytest.mark.parametrize("page", SENSITIVE)
def test_later_the_password_is_asked_for_and_leads_back(later: Client, page: str) -> None:
    asked = later.get(page)
    assert asked.status_code == 302
    assert asked["Location"] == f"/account/reauthenticate/?next={page.replace('/', '%2F')}"
    wrong = later.post(asked["Location"], {"password": "not it"}).content.decode()
    assert "This is not your password" in wrong
    right = later.post(asked["Location"], {"password": PASSWORD})
    assert right["Location"] == page
    assert "/reauthenticate/" not in later.get(page).headers.get("Location", "")


def test_what_was_sent_is_not_kept(later: Client) -> None:
    response = later.post(
        "/account/second-step/app/", {"code": "123456"}, headers={"referer": "http://testserver/account/"}
    )
    assert response["Location"] == "/account/reauthenticate/?next=%2Faccount%2F"
    kept = Session.objects.get(pk=later.session.session_key).get_decoded()
    assert "123456" not in str(kept)


def test_another_site_is_nothing_to_come_back_to(later: Client) -> None:
    response = later.post("/account/email/", headers={"referer": "https://evil.example/account/"})
    assert response["Location"].endswith("?next=%2F")


def test_whoever_has_no_password_signs_in_once_more(later: Client, ann: User) -> None:
    key = later.session.session_key
    User.objects.get().set_unusable_password()
    ann.set_unusable_password()
    ann.save()
    from django.contrib.auth import HASH_SESSION_KEY

    session = later.session
    session[HASH_SESSION_KEY] = ann.get_session_auth_hash()
    session.save()
    asked = later.get("/account/email/")
    assert asked["Location"] == "/account/again/?next=%2Faccount%2Femail%2F"
    assert "Is it still you?" in later.get(asked["Location"]).content.decode()
    response = later.post("/account/again/", {"next": "/account/email/"})
    assert response["Location"] == "/account/login/?next=/account/email/"
    assert not is_signed_in(later)
    assert later.session.session_key != key


@pytest.mark.parametrize("page", ["keys/", "clients/{client}/data/", "bin/client/{gone}/delete/"])
def test_the_desk_asks_before_what_is_sensitive(later: Client, ann: User, page: str) -> None:
    mine = MembershipFactory(user=ann, role="owner").workspace
    client, gone = ClientFactory(workspace=mine), ClientFactory(workspace=mine, binned=timezone.now())
    address = f"/desk/{mine.public_id}/{page.format(client=client.public_id, gone=gone.public_id)}"
    for answer in (later.get(address), later.post(address)):
        assert answer["Location"].startswith("/account/reauthenticate/?next=")
    later.post("/account/reauthenticate/", {"password": PASSWORD})
    assert later.get(address).status_code == 200


def test_links_to_read_are_made_by_whoever_has_proven_who_they_are(
    later: Client, ann: User, browser_of: Open
) -> None:
    shared = AssessmentFactory(client=ClientFactory(workspace=MembershipFactory(user=ann).workspace))
    page = f"/a/{shared.public_id}/links/"
    assert later.get(page)["Location"].startswith("/account/reauthenticate/?next=%2Fa%2F")
    assert later.post(page, {"label": "Board", "days": "30"})["Location"].startswith("/account/reauth")
    assert browser_of(shared).get(page).status_code == 200, "a private link has nothing to prove it with"


def test_the_desk_asks_too(later: Client, ann: User) -> None:
    mine = MembershipFactory(user=ann)
    other = MembershipFactory(workspace=mine.workspace, role="viewer")
    page = f"/desk/{mine.workspace.public_id}/people/{other.pk}/remove/"
    assert later.get(page)["Location"].startswith("/account/reauthenticate/?next=%2Fdesk%2F")
    later.post("/account/reauthenticate/", {"password": PASSWORD})
    assert later.get(page).status_code == 200
