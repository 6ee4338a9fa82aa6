"""The people of a workspace: inviting, roles, going, and the owner who has to stay."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from assessments.accounts.models import User
from assessments.links import digest_of
from assessments.models import AuditEvent, Invitation, Membership, Workspace
from assessments.people import LastOwnerError, change_role, remove
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory


@pytest.fixture
def workspace(db: None) -> Workspace:
    return WorkspaceFactory(name="Keller Consulting")


@pytest.fixture
def ann(workspace: Workspace) -> Membership:
    """The only owner."""
    return MembershipFactory(workspace=workspace, user__name="Ann Berg", user__email="ann@example.com")


@pytest.fixture
def ben(workspace: Workspace) -> Membership:
    return MembershipFactory(workspace=workspace, role="consultant", user__name="Ben Ode")


@pytest.fixture
def vera(workspace: Workspace) -> Membership:
    return MembershipFactory(workspace=workspace, role="viewer", user__name="Vera Lund")


def browser_of(somebody: Membership | User) -> Client:
    client = Client()
    client.force_login(somebody if isinstance(somebody, User) else somebody.user)
    return client


def page(client: Client, workspace: Workspace) -> str:
    return client.get(f"/desk/{workspace.public_id}/people/").content.decode()


def send(client: Client, workspace: Workspace, path: str, **fields: str) -> tuple[int, str]:
    """Post to one of the addresses; the status, and the page that somebody sees at last."""
    response = client.post(f"/desk/{workspace.public_id}/{path}", fields)
    if response.status_code == 303:
        return 303, client.get(response["Location"]).content.decode()
    return response.status_code, response.content.decode()


def invite(
    client: Client, workspace: Workspace, email: str = "bea@example.com", role: str = "consultant"
) -> tuple[int, str]:
    return send(client, workspace, "people/invite/", email=email, role=role)


def secret_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver/invitation/([\w-]{43})\n", mail.body)
    assert found is not None, mail.body
    return found[1]


def trail(workspace: Workspace) -> list[str]:
    return list(
        AuditEvent.objects.filter(workspace=workspace.pk).order_by("pk").values_list("action", flat=True)
    )


# --- Who is there -------------------------------------------------------------------------------------------------------


def test_everybody_sees_who_works_here(ann: Membership, vera: Membership, workspace: Workspace) -> None:
    shown = page(browser_of(vera), workspace)
    assert "2 people work here" in shown
    assert shown.index("Ann Berg") < shown.rindex("Vera Lund")
    assert "Invite somebody" not in shown
    assert "<select" not in shown


def test_nobody_else_does(ann: Membership, workspace: Workspace) -> None:
    stranger = browser_of(MembershipFactory().user)
    for path in ("people/", "people/invite/", f"people/{ann.pk}/role/", f"people/{ann.pk}/remove/", "leave/"):
        assert stranger.get(f"/desk/{workspace.public_id}/{path}").status_code == 404
        assert stranger.post(f"/desk/{workspace.public_id}/{path}").status_code in {404, 405}


@pytest.mark.parametrize("path", ["people/invite/", "people/{0}/role/", "people/{0}/remove/", "rename/"])
def test_only_owners_change_anything(
    ann: Membership, ben: Membership, vera: Membership, workspace: Workspace, path: str
) -> None:
    for somebody in (ben, vera):
        client = browser_of(somebody)
        answer = client.post(f"/desk/{workspace.public_id}/{path.format(ann.pk)}", {"role": "viewer"})
        assert answer.status_code == 403
    assert set(trail(workspace)) == {"access.refused"}


def test_a_person_of_another_workspace_cannot_be_reached(ann: Membership, workspace: Workspace) -> None:
    foreign = MembershipFactory(role="viewer")
    client = browser_of(ann)
    for path in (f"people/{foreign.pk}/role/", f"people/{foreign.pk}/remove/"):
        assert send(client, workspace, path, role="viewer")[0] == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


# --- Inviting -------------------------------------------------------------------------------------------------------------


def test_the_mail_holds_a_link_of_which_only_the_fingerprint_is_stored(
    ann: Membership, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    status, shown = invite(browser_of(ann), workspace, "Bea@Example.com")
    assert status == 303
    assert "bea@example.com is invited, for seven days." in shown
    (mail,) = mailoutbox
    assert mail.to == ["bea@example.com"]
    assert "ann@example.com invites you to work in the Groundwork workspace “Keller Consulting”" in mail.body
    secret = secret_in(mail)
    invitation = Invitation.objects.get()
    assert invitation.digest == digest_of(secret)
    assert secret not in str(Invitation.objects.values())
    assert abs((invitation.expires - timezone.now()).total_seconds() - 7 * 24 * 3600) < 60
    assert trail(workspace) == ["member.invited"]


def test_a_name_with_special_characters_reaches_the_mail_as_it_is(
    ann: Membership, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    Workspace.objects.update(name="Keller & Söhne <GmbH>")
    workspace.refresh_from_db()
    invite(browser_of(ann), workspace)
    assert "“Keller & Söhne <GmbH>”" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("email", "role", "says"),
    [
        ("", "viewer", "Enter the e-mail address of the person you want to invite"),
        ("bea@", "viewer", "Enter one e-mail address"),
        ("bea@example.com\r\nBcc: eve@example.com", "viewer", "Enter one e-mail address"),
        ("bea@example.com", "", "Choose what the person may do"),
        ("bea@example.com", "king", "Choose one of the lines"),
    ],
)
def test_a_mistake_is_said_where_it_is(
    ann: Membership, workspace: Workspace, mailoutbox: list[EmailMessage], *, email: str, role: str, says: str
) -> None:
    status, shown = invite(browser_of(ann), workspace, email, role)
    assert status == 422
    assert shown.count(says) == 2
    assert "<title>Error: People" in shown
    assert not mailoutbox
    assert not Invitation.objects.exists()


def test_whoever_is_in_already_is_not_invited(
    ann: Membership, ben: Membership, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    status, shown = invite(browser_of(ann), workspace, ben.user.email)
    assert status == 422
    assert "is in this workspace already" in shown
    assert not mailoutbox


def test_one_address_has_one_invitation_and_the_last_link_counts(
    ann: Membership, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    client = browser_of(ann)
    invite(client, workspace)
    invite(client, workspace, role="viewer")
    number = Invitation.objects.get().pk
    send(client, workspace, f"people/invited/{number}/resend/")
    assert Invitation.objects.get().role == "viewer"
    first, second, third = map(secret_in, mailoutbox)
    assert [Client().get(f"/invitation/{each}").status_code for each in (first, second, third)] == [
        404,
        404,
        200,
    ]


def test_an_invitation_can_be_taken_back(
    ann: Membership, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    client = browser_of(ann)
    invite(client, workspace)
    shown = send(client, workspace, f"people/invited/{Invitation.objects.get().pk}/take-back/")[1]
    assert "The invitation of bea@example.com is taken back." in shown
    assert Client().get(f"/invitation/{secret_in(mailoutbox[0])}").status_code == 404
    assert trail(workspace) == ["member.invited", "member.uninvited"]


def test_nobody_invites_without_end(
    ann: Membership, workspace: Workspace, mailoutbox: list[EmailMessage]
) -> None:
    client = browser_of(ann)
    statuses = [invite(client, workspace, f"a{number}@example.com")[0] for number in range(21)]
    assert statuses == [303] * 20 + [429]
    assert len(mailoutbox) == 20


def test_a_mail_server_that_does_not_answer_is_said(
    ann: Membership, workspace: Workspace, settings: Settings
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
        }
    }
    status, shown = invite(browser_of(ann), workspace)
    assert status == 303
    assert "bea@example.com knows nothing yet" in shown
    assert "Resend" in shown


# --- Roles, and going -------------------------------------------------------------------------------------------------------


def test_a_role_works_at_once(ann: Membership, ben: Membership, workspace: Workspace) -> None:
    theirs = browser_of(ben)
    assert "Invite somebody" not in page(theirs, workspace)
    shown = send(browser_of(ann), workspace, f"people/{ben.pk}/role/", role="owner")[1]
    assert "Ben Ode: Owner from now on." in shown
    assert "Invite somebody" in page(theirs, workspace)
    event = AuditEvent.objects.get(action="member.role")
    assert event.details == {"user": ben.user_id, "before": "consultant", "now": "owner"}
    assert event.actor == ann.user_id


def test_a_role_that_there_is_not_is_refused(ann: Membership, ben: Membership, workspace: Workspace) -> None:
    status, shown = send(browser_of(ann), workspace, f"people/{ben.pk}/role/", role="king")
    assert status == 422
    assert "Choose one of the lines" in shown


def test_nobody_comes_back_by_an_invitation_of_their_own(
    workspace: Workspace, ann: Membership, mailoutbox: list[EmailMessage]
) -> None:
    """Neither who was removed nor who owns the workspace no more; what others have sent still works."""
    mallory = MembershipFactory(workspace=workspace, user__email="mallory@example.com")
    eve = MembershipFactory(workspace=workspace, user__email="eve@example.com")
    for each, address in ((mallory, "m2@example.com"), (eve, "e2@example.com"), (ann, "bea@example.com")):
        invite(browser_of(each), workspace, address, "owner")
    owner = browser_of(ann)
    assert (
        "Open invitations that they have sent end too"
        in owner.get(f"/desk/{workspace.public_id}/people/{mallory.pk}/remove/").content.decode()
    )
    assert send(owner, workspace, f"people/{mallory.pk}/remove/")[0] == 303
    assert send(owner, workspace, f"people/{eve.pk}/role/", role="viewer")[0] == 303
    statuses = [Client().get(f"/invitation/{secret_in(each)}").status_code for each in mailoutbox]
    assert statuses == [404, 404, 200]
    assert trail(workspace).count("member.uninvited") == 2


def test_whoever_is_removed_sees_nothing_any_more(
    ann: Membership, ben: Membership, workspace: Workspace
) -> None:
    client, theirs = browser_of(ann), browser_of(ben)
    asked = client.get(f"/desk/{workspace.public_id}/people/{ben.pk}/remove/").content.decode()
    assert "Ben Ode" in asked
    assert theirs.get(f"/desk/{workspace.public_id}/").status_code == 200
    assert "is no longer in this workspace" in send(client, workspace, f"people/{ben.pk}/remove/")[1]
    assert theirs.get(f"/desk/{workspace.public_id}/").status_code == 404
    assert trail(workspace) == ["member.removed"]


def test_one_can_leave(ann: Membership, vera: Membership, workspace: Workspace) -> None:
    client = browser_of(vera)
    assert (
        "Only an owner can invite you back"
        in client.get(f"/desk/{workspace.public_id}/leave/").content.decode()
    )
    assert "You have left Keller Consulting." in send(client, workspace, "leave/")[1]
    assert trail(workspace) == ["member.left"]


def test_the_last_owner_stays_one(ann: Membership, ben: Membership, workspace: Workspace) -> None:
    client = browser_of(ann)
    for path in (f"people/{ann.pk}/role/", f"people/{ann.pk}/remove/", "leave/"):
        status, shown = send(client, workspace, path, role="viewer")
        assert status == 409
        assert "A workspace needs an owner" in shown
    assert Membership.objects.get(pk=ann.pk).role == "owner"
    assert not trail(workspace)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["remove", "change_role"])
def test_two_owners_cannot_go_at_the_same_moment(rf: RequestFactory, act: str) -> None:
    workspace = WorkspaceFactory()
    owners = [MembershipFactory(workspace=workspace) for _ in range(2)]
    start = Barrier(2)

    def go(membership: Membership) -> str:
        request = rf.post("/")
        request.user, request.session = membership.user, {"_auth_user_id": "1"}  # type: ignore[assignment]
        start.wait()
        try:
            if act == "remove":
                remove(request=request, membership=membership)
            else:
                change_role(request=request, membership=membership, role="viewer")
        except LastOwnerError:
            return "stays"
        finally:
            connection.close()
        return "gone"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(go, owners)) == ["gone", "stays"]
    assert workspace.memberships.filter(role="owner").count() == 1


# --- Workspaces ---------------------------------------------------------------------------------------------------------------


def test_an_owner_starts_another_workspace(ann: Membership, workspace: Workspace) -> None:
    client = browser_of(ann)
    assert client.get("/desk/new/").status_code == 200
    response = client.post("/desk/new/", {"name": "  Berg  &\nCo "})
    made = Workspace.objects.exclude(pk=workspace.pk).get()
    assert made.name == "Berg & Co"
    assert response["Location"] == f"/desk/{made.public_id}/"
    assert made.memberships.get().role == "owner"
    assert trail(made) == ["workspace.started"]


def test_others_do_so_only_where_anybody_may(ben: Membership, settings: Settings) -> None:
    client = browser_of(ben)
    assert client.post("/desk/new/", {"name": "Mine"}).status_code == 403
    settings.SIGN_UP = "open"
    assert client.post("/desk/new/", {"name": "Mine"}).status_code == 303


def test_a_workspace_is_renamed(ann: Membership, workspace: Workspace) -> None:
    client = browser_of(ann)
    assert 'value="Keller Consulting"' in client.get(f"/desk/{workspace.public_id}/rename/").content.decode()
    assert "Enter a name for the workspace" in send(client, workspace, "rename/", name=" ")[1]
    assert "must be 80 characters or less" in send(client, workspace, "rename/", name="x" * 81)[1]
    assert "The workspace has its new name." in send(client, workspace, "rename/", name="Berg")[1]
    assert trail(workspace) == ["workspace.renamed"]


def test_somebody_without_a_workspace_is_told_what_to_do(db: None, settings: Settings) -> None:
    client = browser_of(UserFactory(email="new@example.com"))
    shown = client.get("/desk/").content.decode()
    assert "You are in no workspace yet" in shown
    assert "new@example.com" in shown
    assert "Start a workspace" not in shown
    settings.SIGN_UP = "open"
    assert "Start a workspace" in client.get("/desk/").content.decode()
