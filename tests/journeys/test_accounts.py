"""Signing in, one's account and the people of a workspace, as people of all kinds go about it."""

import re
from collections.abc import Iterator
from pprint import pformat
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from playwright.sync_api import CDPSession, Page, expect

from assessments.accounts.models import User
from assessments.models import Membership, Workspace
from tests.accounts.test_second_step import code_of
from tests.factories import PASSWORD, MembershipFactory, UserFactory, WorkspaceFactory
from tests.journeys.conftest import sign_in as sign_in_past_the_form
from tests.journeys.conftest import signed_in
from tests.journeys.inspection import flaws_of
from tests.journeys.person import Person, Visit
from tests.journeys.test_pseudo_locales import faults_at, literals
from tests.pseudo import LONG, MIRRORED, speaking

NEW = "four words in no order"


@pytest.fixture
def workspace(transactional_db: None) -> Workspace:
    cache.clear()
    return WorkspaceFactory(name="Keller Consulting")


@pytest.fixture
def ann(workspace: Workspace) -> User:
    """The owner of the workspace."""
    user = UserFactory(email="ann@example.com", name="Ann Berg")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    MembershipFactory(workspace=workspace, user=user)
    MembershipFactory(workspace=workspace, role="viewer", user__name="Vera Lund")
    return user


def sign_in(somebody: Person, email: str = "ann@example.com", password: str = PASSWORD) -> None:
    somebody.fill("E-mail address", email)
    somebody.fill(somebody.page.locator("#password"), password)
    with somebody.page.expect_navigation():
        somebody.press("Sign in", exact=True)


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/(?:invitation|account)/\S+)", mail.body)
    assert found is not None, mail.body
    return found[1]


# --- Journeys -----------------------------------------------------------------------------------------------------------


def test_signing_in_wrong_and_right_and_out_again(person: Person, ann: User) -> None:
    person.press(person.page.get_by_role("navigation", name="Main").get_by_role("link", name="Sign in"))
    person.arrives("Sign in to your desk")
    sign_in(person, password="not this one")
    summary = person.page.locator("#error-summary")
    expect(summary).to_contain_text("Address and password do not belong together")
    expect(person.page.get_by_label("E-mail address")).to_have_value("ann@example.com")
    expect(person.page.locator("#password")).to_have_value("")
    sign_in(person)
    person.page.wait_for_url(re.compile("/desk/"))
    person.press(person.page.locator(".person summary"))
    person.press("Sign out")
    person.arrives("Sign out?")
    person.press("Sign out", exact=True)
    person.arrives("Sign in to your desk")
    expect(person.page.get_by_role("status")).to_contain_text("You are signed out.")
    person.page.go_back()
    person.arrives("Sign in to your desk")


def test_being_invited_and_joining_with_a_new_account(
    way: type[Person], visit: Visit, ann: User, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    owner = way.at(visit, f"/desk/{workspace.public_id}/people/", session=signed_in(ann))
    owner.press("Send the invitation")
    expect(owner.page.locator("#error-summary")).to_contain_text("Enter the e-mail address of the person")
    owner.fill("E-mail address", "bea@example.com")
    owner.choose(owner.page.get_by_role("radio", name="Viewer"))
    owner.press(owner.page.locator(".invite .button"))
    expect(owner.page.get_by_role("status")).to_contain_text("bea@example.com is invited")
    owner.look()

    person = owner.elsewhere(link_in(mailoutbox[0]))
    person.arrives("Join the workspace Keller Consulting")
    person.press("Go on")
    person.page.wait_for_url("**/invitation/")
    person.press("Make an account")
    person.arrives("Make an account")
    expect(person.page.get_by_label("E-mail address")).to_have_value("bea@example.com")
    person.fill("Your name", "Bea Moor")
    person.fill(person.page.locator("#password1"), NEW)
    person.press("Make the account")
    person.page.wait_for_url("**/invitation/")
    person.press("Join", exact=True)
    person.page.wait_for_url(re.compile("/desk/"))
    assert Membership.objects.get(user__name="Bea Moor").role == "viewer"


def test_a_forgotten_password(
    way: type[Person], visit: Visit, ann: User, mailoutbox: list[EmailMessage]
) -> None:
    person = way.at(visit, "/account/login/")
    person.press("Forgotten your password?")
    person.arrives("Choose a new password")
    person.fill("E-mail address", "ann@example.com")
    person.press("Send the link")
    person.arrives("Look into your mail")
    person.page.goto(link_in(mailoutbox[0]))
    person.arrives("Your new password")
    person.fill(person.page.locator("#password1"), "short")
    person.press("Save the password")
    expect(person.page.locator("#error-summary")).to_contain_text("at least 12 characters")
    person.fill(person.page.locator("#password1"), NEW)
    person.press("Save the password")
    person.arrives("Your password is new")
    person.press("Sign in", exact=True)
    sign_in(person, password=NEW)
    person.page.wait_for_url(re.compile("/desk/"))


def test_a_second_step_is_switched_on_and_asked_for(way: type[Person], visit: Visit, ann: User) -> None:
    person = way.at(visit, "/account/login/?next=/account/second-step/")
    sign_in(person)
    person.press("Set up the app")
    person.arrives("Set up the app on your phone")
    secret = person.page.get_by_label("Or type this key into the app").input_value()
    person.fill("Code", code_of(secret))
    person.press("Switch the second step on")
    person.arrives("Keep these codes")
    recovery = person.page.locator(".codes li").first.inner_text()
    elsewhere = person.elsewhere("/account/login/")
    sign_in(elsewhere)
    elsewhere.arrives("The second step")
    elsewhere.fill("Code", "000000")
    elsewhere.press("Sign in", exact=True)
    expect(elsewhere.page.locator("#error-summary")).to_contain_text("This code does not fit")
    elsewhere.fill("Code", recovery)
    elsewhere.press("Sign in", exact=True)
    elsewhere.page.wait_for_url(re.compile("/desk/"))


def test_a_role_is_changed_and_somebody_removed(
    way: type[Person], visit: Visit, ann: User, workspace: Workspace
) -> None:
    person = way.at(visit, f"/desk/{workspace.public_id}/people/", session=signed_in(ann))
    person.arrives("2 people work here")
    row = person.page.locator("li", has_text="Vera Lund")
    row.get_by_role("combobox").select_option("consultant")
    person.press(row.get_by_role("button", name="Save"))
    expect(person.page.get_by_role("status")).to_contain_text("Vera Lund: Consultant from now on.")
    person.press(person.page.locator("li", has_text="Vera Lund").get_by_role("link", name="Remove"))
    person.arrives("Remove Vera Lund?")
    person.press("Remove them")
    person.arrives("One person works here")


# --- Passkeys -------------------------------------------------------------------------------------------------------------


def key_for(page: Page) -> tuple[CDPSession, str]:
    """A passkey in the device, which says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made: dict[str, Any] = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def test_a_passkey_is_made_and_signs_in(visit: Visit, ann: User) -> None:
    somebody = Person.at(visit, "/account/login/?next=/account/passkeys/add/")
    key_for(somebody.page)
    sign_in(somebody)
    somebody.arrives("Add a passkey")
    somebody.fill("What you call it", "This laptop")
    somebody.press("Add the passkey")
    somebody.arrives("Keep these codes")
    somebody.page.goto("/account/passkeys/")
    expect(somebody.page.locator("main")).to_contain_text("This laptop")
    expect(somebody.page.locator("main")).to_contain_text("Signs you in without a password.")
    somebody.page.goto("/account/logout/")
    somebody.press("Sign out", exact=True)
    somebody.arrives("Sign in to your desk")
    somebody.press("Sign in with a passkey")
    somebody.page.wait_for_url(re.compile("/desk/"))


def test_a_passkey_that_is_refused_says_so(visit: Visit, ann: User) -> None:
    somebody = Person.at(visit, "/account/login/")
    session, key = key_for(somebody.page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    somebody.press("Sign in with a passkey")
    expect(somebody.page.get_by_role("alert")).to_contain_text("The passkey was not used", timeout=70_000)


def test_a_password_can_be_looked_at(visit: Visit, ann: User) -> None:
    somebody = Person.at(visit, "/account/login/")
    somebody.fill(somebody.page.locator("#password"), PASSWORD)
    somebody.press("Show the password")
    expect(somebody.page.locator("#password")).to_have_attribute("type", "text")
    somebody.press("Hide the password")
    expect(somebody.page.locator("#password")).to_have_attribute("type", "password")


# --- Every page -----------------------------------------------------------------------------------------------------------


def pages(visit: Visit, workspace: Workspace, mailoutbox: list[EmailMessage]) -> Iterator[tuple[str, Page]]:
    """Every page of these journeys, in turn."""
    Workspace.objects.update(name="Verkehrsinfrastrukturfinanzierungsgesellschaft")
    somebody = Person.at(visit, "/account/login/")
    yield "sign in", somebody.page
    somebody.press("Sign in", exact=True)
    expect(somebody.page.locator("#error-summary")).to_be_visible()
    yield "nothing entered", somebody.page
    for path in (
        "signup/", "inactive/", "confirm-email/", "confirm-email/abc/", "password/reset/", "password/reset/done/",
        "password/reset/key/1/abc/", "password/reset/key/done/",
    ):  # fmt: skip
        somebody.page.goto(f"/account/{path}")
        yield path, somebody.page
    somebody.page.goto("/account/login/")
    sign_in(somebody)
    somebody.page.goto("/account/")
    somebody.press(somebody.page.locator(".person summary"))
    yield "account, with the menu open", somebody.page
    for path in (
        "name/", "email/", "password/change/", "second-step/", "second-step/app/", "passkeys/", "passkeys/add/",
        "sessions/", "logout/", "again/", "reauthenticate/",
    ):  # fmt: skip
        somebody.page.goto(f"/account/{path}")
        yield path, somebody.page
    somebody.page.goto("/account/second-step/app/")
    secret = somebody.page.get_by_label("Or type this key into the app").input_value()
    somebody.fill("Code", code_of(secret))
    somebody.press("Switch the second step on")
    somebody.arrives("Keep these codes")
    yield "recovery codes", somebody.page
    for path in ("second-step/", "second-step/app/off/", "second-step/recovery/new/", "second-step/again/"):
        somebody.page.goto(f"/account/{path}")
        yield path, somebody.page
    member = Membership.objects.get(role="viewer")
    desk = f"/desk/{workspace.public_id}/"
    somebody.page.goto(f"{desk}people/")
    yield "people", somebody.page
    somebody.press("Send the invitation")
    expect(somebody.page.locator("#error-summary")).to_be_visible()
    yield "nobody invited", somebody.page
    somebody.fill("E-mail address", "a.very.long.address.of.somebody@verkehrsinfrastruktur.example.com")
    somebody.press(somebody.page.locator(".invite .button"))
    expect(somebody.page.get_by_role("status")).to_contain_text("is invited")
    yield "somebody invited", somebody.page
    for path in (
        f"{desk}people/{member.pk}/remove/",
        f"{desk}leave/",
        f"{desk}rename/",
        "/desk/new/",
        link_in(mailoutbox[-1]),
    ):
        somebody.page.goto(path)
        yield path, somebody.page
    Membership.objects.all().delete()
    somebody.page.goto("/desk/")
    yield "no workspace", somebody.page
    stranger = somebody.elsewhere(link_in(mailoutbox[-1]))
    yield "invited", stranger.page
    stranger.press("Go on")
    stranger.page.wait_for_url("**/invitation/")
    yield "on the way in", stranger.page
    stranger.press("Make an account")
    stranger.arrives("Make an account")
    yield "making an account", stranger.page
    stranger.page.goto(f"/invitation/{'x' * 43}")
    yield "an invitation that has ended", stranger.page


@pytest.mark.look
@pytest.mark.long
def test_every_page_is_sound_in_any_theme_and_on_a_narrow_screen(
    visit: Visit, ann: User, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    found = {}
    for name, page in pages(visit, workspace, mailoutbox):
        page.wait_for_load_state()
        found[name] = flaws_of(page)
    assert {name: each for name, each in found.items() if each} == {}


# --- Other languages --------------------------------------------------------------------------------------------------------

ACCOUNT = [
    "", "name/", "email/", "password/change/", "second-step/", "second-step/app/", "passkeys/", "passkeys/add/", "sessions/",
    "logout/", "again/", "reauthenticate/",
]  # fmt: skip
ENTRANCE = [
    "login/", "signup/", "inactive/", "confirm-email/", "confirm-email/abc/", "password/reset/", "password/reset/done/",
    "password/reset/key/1/abc/", "password/reset/key/done/",
]  # fmt: skip

GIVEN = re.compile(
    r"Keller Consulting|Ann Berg|Vera Lund|\S+@example\.com|Passkey of \d+ \w+ \d+|[A-Z2-7]{32}|Chrome|Linux"
    r"|^(old)?password1?$|^(login|get|create)$"
)
"""What people and browsers are called, keys, and what scripts go by."""


def in_words_of(visit: Visit, language: str, ann: User, workspace: Workspace) -> Iterator[tuple[str, Page]]:
    """Every page that can be opened straight away, in a browser that asks for this language."""
    member = Membership.objects.get(role="viewer")
    people = f"/desk/{workspace.public_id}/people/"
    with speaking(language) as headers:
        page = visit("/account/login/", extra_http_headers=headers, reduced_motion="reduce")
        for path in ENTRANCE:
            page.goto(f"/account/{path}")
            yield path, page
        page.goto(f"/invitation/{'x' * 43}")
        yield "join", page
        sign_in_past_the_form(page, ann)
        for path in (
            *(f"/account/{each}" for each in ACCOUNT),
            *(people, f"{people}{member.pk}/remove/", f"/desk/{workspace.public_id}/leave/"),
            *(f"/desk/{workspace.public_id}/rename/", "/desk/new/"),
        ):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200
            assert page.url.endswith(path), "and no way to sign in"
            yield path, page
        Membership.objects.all().delete()
        page.goto("/desk/")
        yield "/desk/", page


@pytest.mark.look
@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_no_page_breaks_in_another_language_and_every_word_is_translated(
    visit: Visit, ann: User, workspace: Workspace, language: str
) -> None:
    found = {}
    for path, page in in_words_of(visit, language, ann, workspace):
        found[path] = [faults_at(page), literals(page, GIVEN) if language == LONG else []]
    found = {path: faults for path, faults in found.items() if any(faults)}
    assert not found, pformat(found, width=160)
