"""The commands by which the operator makes accounts and helps people in again."""

import io
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.accounts import demo
from assessments.accounts.models import User
from assessments.models import AuditEvent, Membership, Workspace
from assessments.models import Client as Organisation
from tests.accounts.conftest import is_signed_in, sign_in
from tests.accounts.test_reset_password import choose
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

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


def run(command: str, *words: str) -> str:
    """What it says, to whoever asked and beside it."""
    said = io.StringIO()
    call_command(command, *words, stdout=said, stderr=said)
    return said.getvalue()


def test_all_accounts_are_listed_with_what_they_may_do_where(ann: User) -> None:
    keller = MembershipFactory(user=ann, workspace__name="Keller Consulting", role="owner").workspace
    MembershipFactory(user=ann, workspace__name="Berg", role="viewer")
    UserFactory(email="ben@example.com", name="", is_active=False)
    Authenticator.objects.create(user=ann, type="totp", data={"secret": "x"})
    User.objects.filter(pk=ann.pk).update(last_login=datetime(2026, 11, 3, tzinfo=UTC))
    berg = Workspace.objects.get(name="Berg")
    assert run("listaccounts").splitlines() == [
        "ann@example.com (Ann Berg), signed in last on 2026-11-03, second step",
        f"    viewer of Berg ({berg.public_id})",
        f"    owner of Keller Consulting ({keller.public_id})",
        "ben@example.com, switched off, never signed in, no second step",
        "Accounts: 2.",
        f"Nobody owns the workspace Berg ({berg.public_id}).",
    ]
    for words, found in (("keller", 1), ("ANN@", 1), ("example", 2), ("nobody", 0)):
        assert f"Accounts: {found}." in run("listaccounts", words)


def test_somebody_chooses_a_new_password_by_a_link_that_the_operator_prints(
    client: Client, ann: User, settings: Settings
) -> None:
    assert "GROUNDWORK_PUBLIC_URL" in run("resetpassword", "ann@example.com")
    settings.PUBLIC_URL = "https://groundwork.example.com"
    said = run("resetpassword", "Ann@example.com").strip()
    assert said.startswith("https://groundwork.example.com/account/password/reset/key/")
    link = said.removeprefix(settings.PUBLIC_URL)
    assert "Your password is new" in choose(Client(), link, GOOD)
    assert not is_signed_in(client), "and where it was used, somebody has to sign in anew"
    assert sign_in(client, password=GOOD).status_code == 302
    assert "This link leads nowhere any more" in Client().get(link).content.decode()
    assert AuditEvent.objects.filter(action="account.password_link").count() == 2


def test_an_account_that_is_switched_off_is_signed_out_and_stays_out(client: Client, ann: User) -> None:
    membership = MembershipFactory(user=ann, role="owner")
    MembershipFactory(workspace=membership.workspace, role="viewer")
    sign_in(client)
    said = run("switchaccount", "ann@example.com", "off")
    assert "signed out everywhere" in said
    assert f"setrole ADDRESS {membership.workspace.public_id} owner" in said, (
        "others are left without an owner"
    )
    assert not is_signed_in(client)
    assert sign_in(client).status_code == 302
    assert not is_signed_in(client)
    with pytest.raises(CommandError, match=r"switchaccount ann@example\.com on"):
        run("resetpassword", "ann@example.com")
    assert "was off already" in run("switchaccount", "ann@example.com", "off")
    assert "is on now" in run("switchaccount", "ann@example.com", "on")
    sign_in(client)
    assert is_signed_in(client)
    told = AuditEvent.objects.filter(action__startswith="account.switched").order_by("pk")
    assert [each.action for each in told] == ["account.switched_off", "account.switched_on"]


def test_a_workspace_without_an_owner_gets_one(ann: User) -> None:
    workspace = WorkspaceFactory(name="Keller Consulting")
    assert "They were not in it before" in run("setrole", "ann@example.com", workspace.public_id, "viewer")
    assert "Before: viewer" in run("setrole", "Ann@example.com", workspace.public_id, "owner")
    assert workspace.memberships.get().role == "owner"
    told = AuditEvent.objects.filter(workspace=workspace.pk).order_by("pk")
    assert [(each.action, each.actor_kind) for each in told] == [
        ("member.let_in", "system"),
        ("member.role", "system"),
    ]
    with pytest.raises(CommandError, match="only owner of Keller Consulting"):
        run("setrole", "ann@example.com", workspace.public_id, "viewer")
    with pytest.raises(CommandError, match="no workspace with the id nowhere"):
        run("setrole", "ann@example.com", "nowhere", "owner")


@pytest.mark.parametrize(
    "words",
    [("resetpassword",), ("switchaccount", "off"), ("setrole", "x", "owner"), ("switchoffsecondstep",)],
)
def test_an_address_without_an_account_is_named(db: None, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"There is no account with eve@example\.com"):
        run(words[0], "eve@example.com", *words[1:])


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
