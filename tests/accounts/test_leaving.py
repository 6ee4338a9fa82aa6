"""All data of an account, and the end of it."""

import io

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from assessments.accounts.models import User
from assessments.models import Assessment, AuditEvent, Invitation, Membership, Ruling, Workspace
from tests.accounts.conftest import is_signed_in, sign_in
from tests.factories import ClientFactory, MembershipFactory, WorkspaceFactory, answered_like

DELETE = "/account/delete/"


@pytest.fixture
def alone(ann: User) -> Membership:
    """A workspace that nobody else is in, with a client and an assessment."""
    made = MembershipFactory(user=ann, role="owner", workspace__name="Ann alone")
    assessment = answered_like("lumo", "Lumo")
    assessment.client = ClientFactory(workspace=made.workspace)
    assessment.save()
    return made


def rows_with(word: str) -> dict[str, int]:
    """In which tables a word stands, and in how many rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  the tables of this test
            count = sum(word in str(row).casefold() for row in cursor.fetchall())
            if count:
                found[table] = count
    return found


def test_everything_can_be_taken_along(signed: Client, ann: User, alone: Membership) -> None:
    answer = signed.get("/account/data.json")
    assert answer["Content-Disposition"] == 'attachment; filename="groundwork-account.json"'
    data = answer.json()
    assert data["about"]["email"] == "ann@example.com"
    assert [(each["name"], each["role"]) for each in data["workspaces"]] == [("Ann alone", "owner")]
    assert data["signed_in"][0]["network"]
    assert ("account.signed_in", True) in [(each["what"], each["by_you"]) for each in data["trail"]]
    assert "password" not in str(data).replace("account.password", "")


def test_nothing_says_who_it_was_afterwards(signed: Client, ann: User, alone: Membership) -> None:
    others = MembershipFactory(user=ann, role="consultant", workspace__name="With others")
    MembershipFactory(workspace=others.workspace, role="owner")
    judged = answered_like("lumo", "Lumo")
    judged.client = ClientFactory(workspace=others.workspace)
    judged.save()
    Ruling.objects.create(
        assessment=judged, subject="bottleneck", verdict="mlops", reason="So", by=ann, by_name="Ann Berg"
    )
    Invitation.objects.create(
        workspace=WorkspaceFactory(), email=ann.email, role="viewer", digest="x" * 64, expires=ann.joined
    )
    page = signed.get(DELETE).content.decode()
    assert "Ann alone" in page
    assert "With others" in page
    answer = signed.post(DELETE, {"email": " Ann@Example.com "})
    assert answer["Location"] == "/account/deleted/"
    assert "Your account is deleted" in signed.get("/account/deleted/").content.decode()
    assert not is_signed_in(signed)
    assert rows_with("ann@example.com") == rows_with("ann berg") == {}
    assert not Workspace.objects.filter(name="Ann alone").exists()
    assert Workspace.objects.filter(name="With others").exists()
    assert list(Assessment.objects.all()) == [judged]
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[-3:] == [
        "workspace.erased",
        "account.deleted",
        "account.signed_out",
    ]


def test_a_judgement_stays_without_the_name(signed: Client, ann: User) -> None:
    mine = MembershipFactory(user=ann, role="consultant")
    owner = MembershipFactory(workspace=mine.workspace, role="owner").user
    judged = answered_like("lumo", "Lumo")
    judged.client = ClientFactory(workspace=mine.workspace)
    judged.save()
    Ruling.objects.create(
        assessment=judged, subject="bottleneck", verdict="mlops", reason="So", by=ann, by_name="Ann Berg"
    )
    signed.post(DELETE, {"email": ann.email})
    other = Client()
    other.force_login(owner)
    page = other.get(f"/a/{judged.public_id}/result/").content.decode()
    assert "somebody who has left" in page
    assert "Ann Berg" not in page


def test_the_only_owner_of_others_has_to_make_another_one_first(signed: Client, ann: User) -> None:
    held = MembershipFactory(user=ann, role="owner", workspace__name="Held")
    MembershipFactory(workspace=held.workspace, role="consultant")
    page = signed.get(DELETE).content.decode()
    assert "First make somebody else an owner" in page
    assert f"/desk/{held.workspace.public_id}/people/" in page
    assert signed.post(DELETE, {"email": ann.email}).status_code == 422
    assert User.objects.filter(pk=ann.pk).exists()


def test_the_address_has_to_be_typed(signed: Client, ann: User) -> None:
    for typed in ("", "ben@example.com"):
        answer = signed.post(DELETE, {"email": typed})
        assert answer.status_code == 422
        assert "Type the address of your account" in answer.content.decode()
    assert User.objects.filter(pk=ann.pk).exists()


def test_every_browser_is_signed_out(signed: Client, ann: User) -> None:
    other = Client()
    sign_in(other)
    assert UserSession.objects.filter(user=ann).count() == 2
    signed.post(DELETE, {"email": ann.email})
    assert not is_signed_in(other)
    assert not UserSession.objects.exists()
    assert not EmailAddress.objects.exists()


def test_strangers_are_sent_to_sign_in(client: Client, db: None) -> None:
    for page in (DELETE, "/account/data.json"):
        assert client.get(page)["Location"].startswith("/account/login/?next=")


def test_the_operator_ends_accounts_too(ann: User, alone: Membership) -> None:
    said = io.StringIO()
    call_command("erase_person", "Ann@example.com", dry_run=True, stdout=said)
    assert "Would delete the account ann@example.com" in said.getvalue()
    assert "Ann alone" in said.getvalue()
    assert User.objects.exists()
    call_command("erase_person", "Ann@example.com", stdout=io.StringIO())
    assert rows_with("ann@example.com") == {}


def test_the_operator_is_told_what_stands_in_the_way(ann: User) -> None:
    held = MembershipFactory(user=ann, role="owner", workspace__name="Held")
    MembershipFactory(workspace=held.workspace, role="viewer")
    with pytest.raises(CommandError, match="only owner of Held"):
        call_command("erase_person", ann.email)
    with pytest.raises(CommandError, match=r"no account with nobody@example\.com"):
        call_command("erase_person", "nobody@example.com")
