"""Signing in by OpenID Connect, with a small server for identities that runs here."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

import advisor.urls  # noqa: F401  before a test pretends that there is a server for identities
from assessments.accounts.models import User
from assessments.links import digest_of
from assessments.models import AuditEvent, Invitation
from assessments.people import INVITATION_LASTS
from tests.accounts.conftest import is_signed_in
from tests.accounts.identities import CLIENT, SECRET, Identities
from tests.factories import UserFactory, WorkspaceFactory

BEA = {"sub": "bea-1", "email": "Bea@Example.com", "email_verified": True, "name": "Bea Moor"}


@pytest.fixture
def identities(settings: Settings, db: None) -> Iterator[Identities]:
    with Identities(claims=dict(BEA)) as running:
        settings.ROOT_URLCONF = "tests.accounts.urls_with_provider"
        settings.SIGN_UP = "open"
        settings.OIDC = {
            "name": "Keller ID",
            "server": running.address,
            "client_id": CLIENT,
            "secret": SECRET,
        }
        app = {
            "provider_id": "sso",
            "name": "Keller ID",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": running.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running


def go_there(client: Client, identities: Identities, query: str = "") -> str:
    """Press the button and agree there; where somebody is sent back to."""
    response = client.post(f"/account/oidc/sso/login/{query}")
    assert response["Location"].startswith(f"{identities.address}/authorize?"), response["Location"]
    code, state = identities.consent(response["Location"])
    return f"/account/oidc/sso/login/callback/?code={code}&state={state}"


def sign_in(client: Client, identities: Identities) -> str:
    """Go there and come back; the last page."""
    return client.get(go_there(client, identities), follow=True).content.decode()


def test_the_sign_in_page_has_its_button(client: Client, identities: Identities) -> None:
    assert "Sign in with Keller ID" in client.get("/account/login/").content.decode()
    assert "You go to Keller ID" in client.get("/account/oidc/sso/login/").content.decode()


def test_without_a_server_there_are_no_such_pages(client: Client, db: None) -> None:
    assert client.get("/account/oidc/sso/login/").status_code == 404
    assert client.get("/account/connected/").status_code == 404


def test_whoever_comes_back_is_signed_in(client: Client, identities: Identities) -> None:
    assert "You are in no workspace yet" in sign_in(client, identities)
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("bea@example.com", "Bea Moor", False)
    assert EmailAddress.objects.get().verified
    again = Client()
    sign_in(again, identities)
    assert is_signed_in(again)
    assert User.objects.count() == 1


def test_a_confirmed_address_leads_to_the_account_that_is_there(
    client: Client, identities: Identities
) -> None:
    bea = UserFactory(email="bea@example.com")
    EmailAddress.objects.create(user=bea, email=bea.email, primary=True, verified=True)
    sign_in(client, identities)
    assert is_signed_in(client)
    assert SocialAccount.objects.get().user == bea


@pytest.mark.parametrize("verified", [False, None, "no"])
def test_an_address_that_is_not_confirmed_opens_nobody_elses_account(
    client: Client, identities: Identities, verified: object
) -> None:
    bea = UserFactory(email="bea@example.com")
    EmailAddress.objects.create(user=bea, email=bea.email, primary=True, verified=True)
    identities.claims["email_verified"] = verified
    sign_in(client, identities)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [False, True])
def test_whoever_made_the_account_beforehand_is_not_in_it_any_more(
    client: Client, identities: Identities, *, verified: bool
) -> None:
    """Without a mail server anybody can make an account with an address of others, and a second step of their own."""
    bea = UserFactory(email="bea@example.com")
    EmailAddress.objects.create(user=bea, email=bea.email, primary=True, verified=verified)
    mallory = Client()
    mallory.force_login(bea)
    Authenticator.objects.create(user=bea, type=Authenticator.Type.TOTP, data={"secret": "theirs"})
    SocialAccount.objects.create(user=bea, provider="sso", uid="mallory")
    sign_in(client, identities)
    assert is_signed_in(client) is not verified, "a confirmed account goes on asking for its second step"
    assert Authenticator.objects.exists() is verified
    assert SocialAccount.objects.filter(uid="mallory").exists() is verified
    if not verified:
        assert AuditEvent.objects.filter(action="account.second_step_removed", actor=bea.pk).exists()
        bea.refresh_from_db()
        assert not bea.has_usable_password()


def test_by_invitation_strangers_stay_out(client: Client, identities: Identities, settings: Settings) -> None:
    settings.SIGN_UP = "invitation"
    assert "Accounts are by invitation" in sign_in(client, identities)
    assert not User.objects.exists()


@pytest.mark.parametrize(("invited", "comes_in"), [("bea@example.com", True), ("eve@example.com", False)])
def test_by_invitation_the_invited_comes_in(
    client: Client, identities: Identities, settings: Settings, invited: str, comes_in: bool
) -> None:
    settings.SIGN_UP = "invitation"
    Invitation.objects.create(
        workspace=WorkspaceFactory(),
        email=invited,
        role="viewer",
        digest=digest_of("s" * 43),
        expires=timezone.now() + INVITATION_LASTS,
    )
    client.post(f"/invitation/{'s' * 43}")
    sign_in(client, identities)
    assert is_signed_in(client) is comes_in


def test_an_answer_for_somebody_else_is_not_believed(client: Client, identities: Identities) -> None:
    identities.audience = "another application"
    assert "Signing in did not work" in sign_in(client, identities)
    assert not is_signed_in(client)


def test_an_answer_to_another_browser_is_not_believed(client: Client, identities: Identities) -> None:
    back = go_there(client, identities)
    stranger = Client()
    assert "Signing in did not work" in stranger.get(back, follow=True).content.decode()
    assert not is_signed_in(stranger)


def test_a_code_works_once(client: Client, identities: Identities) -> None:
    back = go_there(client, identities)
    client.get(back)
    client.post("/account/logout/")
    assert "Signing in did not work" in client.get(back, follow=True).content.decode()


def test_whoever_turns_back_is_told_what_happened(client: Client, identities: Identities) -> None:
    back = go_there(client, identities)
    state = back.partition("&state=")[2]
    page = client.get(f"/account/oidc/sso/login/callback/?error=access_denied&state={state}", follow=True)
    assert "Keller ID was left before you had signed in there" in page.content.decode()


def test_a_server_that_does_not_answer_is_no_error_page(
    client: Client, identities: Identities, settings: Settings
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    assert "Signing in did not work" in client.post("/account/oidc/sso/login/").content.decode()


def test_an_account_is_connected_and_the_connection_ended(client: Client, identities: Identities) -> None:
    bea = UserFactory(email="other@example.com")
    client.force_login(bea)
    assert "Connect your account with Keller ID" in client.get("/account/connected/").content.decode()
    client.get(go_there(client, identities, "?process=connect"), follow=True)
    assert SocialAccount.objects.get().user == bea
    assert "You can sign in with Keller ID" in client.get("/account/connected/").content.decode()
    client.post("/account/connected/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_the_only_way_in_is_not_taken_away(client: Client, identities: Identities) -> None:
    sign_in(client, identities)
    page = client.post("/account/connected/", {"account": SocialAccount.objects.get().pk}).content.decode()
    assert "This is your only way to sign in" in page
    assert SocialAccount.objects.exists()
