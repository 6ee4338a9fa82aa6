"""A workspace, and browsers in which its people are signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from assessments.models import Assessment, AuditEvent, Client, Workspace
from tests.factories import (
    AssessmentFactory,
    ClientFactory,
    MembershipFactory,
    WorkspaceFactory,
    answered_like,
)

type SignIn = Callable[..., Browser]


@pytest.fixture
def workspace(db: None) -> Workspace:
    return WorkspaceFactory(name="Keller Consulting")


@pytest.fixture
def sign_in(workspace: Workspace) -> SignIn:
    """A browser in which somebody with this role in a workspace is signed in."""

    def browser_of(role: str = "consultant", of: Workspace | None = None) -> Browser:
        browser = Browser()
        browser.force_login(MembershipFactory(workspace=of or workspace, role=role).user)
        return browser

    return browser_of


@pytest.fixture
def consultant(sign_in: SignIn) -> Browser:
    return sign_in("consultant")


@pytest.fixture
def kestrel(workspace: Workspace) -> Client:
    return ClientFactory(workspace=workspace, name="Kestrel Bank")


def finished(client: Client, unit: str = "", like: str = "tallis-software", **more: Any) -> Assessment:
    """A finished assessment of a client."""
    made = answered_like(like, client.name)
    Assessment.objects.filter(pk=made.pk).update(client=client, unit=unit, **more)
    made.refresh_from_db()
    return made


def begun(client: Client, unit: str = "", **more: Any) -> Assessment:
    """An assessment of a client without an answer."""
    return AssessmentFactory(client=client, unit=unit, organisation=client.name, **more)


def at(name: str, workspace: Workspace, *more: str) -> str:
    """The address of a page of the desk."""
    return reverse(f"assessments:{name}", args=[workspace.public_id, *more])


def trail(workspace: Workspace) -> list[str]:
    """What the trail of a workspace says happened, in order."""
    events = AuditEvent.objects.filter(workspace=workspace.pk).order_by("pk")
    return list(events.values_list("action", flat=True))
