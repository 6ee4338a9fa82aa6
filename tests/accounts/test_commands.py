"""The commands by which the operator makes accounts and helps people in again."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.accounts import demo
from assessments.accounts.models import User
from assessments.models import AuditEvent, Membership
from assessments.models import Client as Organisation
from tests.accounts.conftest import is_signed_in, sign_in
from tests.factories import UserFactory

GOOD = "four words in no order"


def create(monkeypatch: pytest.MonkeyPatch, email: str, password: str = GOOD, **options: str) -> str:
    """Run the command with the password on standard input; what it says."""
    said = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("createconsultant", email, stdout=said, **options)
    return said.getvalue()


def test_the_first_consultant_owns_a_workspace_and_signs_in(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    said = create(monkeypatch, "Ana@Example.com", name="Ana Keller", workspace="Keller Consulting")
    assert "ana@example.com owns the workspace Keller Consulting" in said
    membership = Membership.objects.get()
    assert (membership.role, membership.user.name) == ("owner", "Ana Keller")
    sign_in(client, "ana@example.com", GOOD)
    assert is_signed_in(client), "the operator vouches for the address"


@pytest.mark.parametrize(
    ("email", "password", "options", "says"),
    [
        ("ana@", GOOD, {}, "'ana@' is not an e-mail address"),
        ("ana@example.com", "short", {}, "at least 12 characters"),
        ("ana@example.com", "ana@example.com", {}, "too much like your name or address"),
        ("taken@example.com", GOOD, {}, "There is an account with taken@example.com already"),
        ("ana@example.com", GOOD, {"name": "x" * 81}, "Name must be 80 characters or less"),
        ("ana@example.com", GOOD, {"workspace": "x" * 81}, "Name must be 80 characters or less"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    *,
    email: str,
    password: str,
    options: dict[str, str],
    says: str,
) -> None:
    UserFactory(email="taken@example.com")
    with pytest.raises(CommandError, match=says):
        create(monkeypatch, email, password, **options)
    assert User.objects.count() == 1


def test_a_lost_phone_is_no_lost_account(db: None) -> None:
    user = UserFactory(email="ann@example.com")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    call_command("switchoffsecondstep", "Ann@example.com", stdout=io.StringIO())
    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.get().action == "account.second_step_off"
    with pytest.raises(CommandError, match=r"There is no account with eve@example\.com"):
        call_command("switchoffsecondstep", "eve@example.com")


def test_the_consultant_for_trying_out_is_made_only_while_debugging(db: None, settings: Settings) -> None:
    call_command("loaddemo", stdout=io.StringIO())
    assert not User.objects.exists()
    settings.DEBUG = True
    said = io.StringIO()
    call_command("loaddemo", stdout=said)
    assert f"Consultant {demo.ADDRESS}: loaded" in said.getvalue()
    assert Organisation.objects.count() == 2
    assert set(Organisation.objects.values_list("assessments__unit", flat=True)) == {
        "Business software",
        "Payments",
        "Service portal",
    }
    call_command("loaddemo", if_empty=True, stdout=said)
    assert f"Consultant {demo.ADDRESS}: unchanged" in said.getvalue()
    assert User.objects.count() == 1
