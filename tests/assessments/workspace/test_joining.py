"""Coming into a workspace by the link of an invitation."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessments.accounts.models import User
from assessments.links import digest_of
from assessments.models import AuditEvent, Invitation, Membership
from assessments.people import INVITATION_LASTS
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

SECRET = "s" * 43
LINK = f"/invitation/{SECRET}"


@pytest.fixture
def invitation(db: None) -> Invitation:
    """Bea was asked in as a viewer, by Ann."""
    workspace = WorkspaceFactory(name="Keller Consulting")
    ann = MembershipFactory(workspace=workspace, user__name="Ann Berg").user
    return Invitation.objects.create(
        workspace=workspace,
        email="bea@example.com",
        role="viewer",
        digest=digest_of(SECRET),
        invited_by=ann,
        expires=timezone.now() + INVITATION_LASTS,
    )


@pytest.fixture
def bea(invitation: Invitation) -> User:
    return UserFactory(email="bea@example.com")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_opening_the_link_changes_nothing(client: Client, invitation: Invitation) -> None:
    for _ in range(3):
        response = client.get(LINK)
    page = response.content.decode()
    assert "Join the workspace <bdi>Keller Consulting</bdi>" in page
    assert "Ann Berg" in page
    assert "Viewer: Reads everything" in page
    assert "bea@example.com" not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert "invitation" not in client.session
    assert Invitation.objects.exists()


def test_whoever_is_signed_in_joins_with_one_press(bea: User, invitation: Invitation) -> None:
    client = signed_in(bea)
    response = client.post(LINK)
    assert response["Location"] == f"/desk/{invitation.workspace.public_id}/"
    assert client.get(response["Location"]).status_code == 200
    assert Membership.objects.get(user=bea).role == "viewer"
    assert not Invitation.objects.exists()
    assert AuditEvent.objects.get(action="member.joined").actor == bea.pk


def test_the_secret_stays_behind(client: Client, invitation: Invitation) -> None:
    response = client.post(LINK)
    assert response["Location"] == "/invitation/"
    page = client.get("/invitation/").content.decode()
    assert SECRET not in page
    assert "/account/signup/?next=/invitation/" in page


def test_whoever_has_an_account_signs_in_and_comes_back(client: Client, bea: User) -> None:
    client.post(LINK)
    page = client.get("/invitation/").content.decode()
    assert "There is an account with <bdi>bea@example.com</bdi>" in page
    assert "/account/login/?next=/invitation/" in page
    client.force_login(bea)
    assert ">Join<" in client.get("/invitation/").content.decode()
    assert client.post("/invitation/").status_code == 303
    assert Membership.objects.filter(user=bea).exists()
    assert "invitation" not in client.session


def test_a_new_account_joins_on_the_way(client: Client, invitation: Invitation) -> None:
    client.post(LINK)
    form = {"email": "bea@example.com", "password1": "four words in no order", "next": "/invitation/"}
    assert client.post("/account/signup/", form)["Location"] == "/invitation/"
    client.post("/invitation/")
    assert Membership.objects.get(user__email="bea@example.com").role == "viewer"


def test_the_wrong_account_is_told_so_and_joins_nothing(invitation: Invitation) -> None:
    eve = UserFactory(email="eve@example.com")
    client = signed_in(eve)
    page = client.get(LINK).content.decode()
    assert "The invitation is for <bdi>bea@example.com</bdi>" in page
    assert "signed in as <bdi>eve@example.com</bdi>" in page
    client.post(LINK)
    client.post("/invitation/")
    assert not Membership.objects.filter(user=eve).exists()
    assert Invitation.objects.exists()


def test_the_link_works_once(bea: User, invitation: Invitation) -> None:
    client = signed_in(bea)
    client.post(LINK)
    page = client.get(LINK)
    assert page.status_code == 404
    assert "This invitation has ended" in page.content.decode()


def test_after_seven_days_it_has_ended(bea: User, invitation: Invitation) -> None:
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    client = signed_in(bea)
    assert client.get(LINK).status_code == client.post(LINK).status_code == 404
    assert not Membership.objects.filter(user=bea).exists()


@pytest.mark.parametrize("token", ["x" * 43, "short", "x" * 200])
def test_other_links_lead_nowhere(client: Client, invitation: Invitation, token: str) -> None:
    response = client.get(f"/invitation/{token}")
    assert response.status_code == 404
    assert "This invitation has ended" in response.content.decode()


def test_a_role_one_has_already_stays(bea: User, invitation: Invitation) -> None:
    MembershipFactory(user=bea, workspace=invitation.workspace, role="consultant")
    signed_in(bea).post(LINK)
    assert Membership.objects.get(user=bea).role == "consultant"


def test_the_desk_reminds_of_an_invitation(bea: User, invitation: Invitation, client: Client) -> None:
    client.post(LINK)
    client.force_login(bea)
    assert "You are invited to <bdi>Keller Consulting</bdi>" in client.get("/desk/").content.decode()


def test_only_a_form_of_ours_joins(bea: User, invitation: Invitation) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bea)
    assert strict.post(LINK).status_code == 403
    assert Invitation.objects.exists()
