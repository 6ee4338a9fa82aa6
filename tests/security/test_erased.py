"""What was deleted is nowhere: neither in any table, nor in any file, nor in the log."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client as Browser
from django.utils import timezone
from pytest_django.fixtures import Settings

from assessments import wastebasket
from assessments.models import Assessment, Client, Invitation, PlanChange, Ruling
from reports.models import MadePdf
from tests.assessments.conftest import Open, browser_of
from tests.factories import (
    PASSWORD,
    AssessmentFactory,
    ClientFactory,
    MembershipFactory,
    UserFactory,
    WorkspaceFactory,
)
from tests.journeys.desks import furnish, pages_of
from tests.security.test_logs import written

__all__ = ["browser_of", "written"]

pytestmark = pytest.mark.django_db(transaction=True)

CLIENT, UNIT = "Zephyrine Pumps", "Quillfeather Division"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Settings) -> Path:
    """One of its own, so that every file in it can be read through."""
    settings.DATA_DIR = tmp_path
    settings.ERASURES_FILE = tmp_path / "erased.txt"
    return tmp_path


def everything(folder: Path, *words: str) -> Iterator[str]:
    """Where one of these words stands: a table, an open session, or a file."""
    wanted = [each.casefold() for each in words]
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            said = " ".join(bytes(each).decode("latin-1") if isinstance(each, bytes | memoryview) else repr(each) for each in row)  # fmt: skip
            if any(each in said.casefold() for each in wanted):
                yield model._meta.label
    for session in Session.objects.all():
        if any(each in repr(session.get_decoded()).casefold() for each in wanted):
            yield "a session"
    for file in folder.rglob("*"):
        if file.is_file() and any(each.encode() in file.read_bytes().lower() for each in wanted):
            yield file.name


def test_nothing_of_a_client_is_left(written: StringIO, data_folder: Path) -> None:
    user = furnish(workspace="Keller", client=CLIENT, unit=UNIT)
    browser = Browser()
    browser.force_login(user)
    for page in pages_of(user):
        browser.get(page)
    clients = list(Client.objects.all())
    assessment = clients[0].assessments.order_by("pk")[0]
    MadePdf.objects.create(
        assessment=assessment, paper="a4", language="en", digest="x", content=CLIENT.encode()
    )
    before = set(everything(data_folder, CLIENT, UNIT))
    assert {"assessments.Assessment", "assessments.Client", "assessments.Answer", "reports.MadePdf"} <= before
    for each in clients:
        Client.objects.filter(pk=each.pk).update(binned=timezone.now())
        wastebasket.erase_client(request=None, client=Client.objects.get(pk=each.pk))
    waiting = Assessment.objects.filter(client=None)
    left = set(everything(data_folder, CLIENT, UNIT))
    # The consultant, the workspace's own key and what is still its owner's have these names here too.
    assert left - {"accounts.User", "assessments.ApiToken"} <= (
        {"assessments.Assessment"} if waiting.filter(organisation=CLIENT).exists() else set()
    )
    assert CLIENT not in written.getvalue()
    assert UNIT not in written.getvalue()


@pytest.fixture
def address() -> str:
    """Of a consultant who is signed in, was invited elsewhere, owns moves and has judged something."""
    address = "zephyrine@example.com"
    workspace = WorkspaceFactory()
    MembershipFactory(workspace=workspace, role="owner")
    user = UserFactory(email=address, name="Zephyrine Quillfeather")
    MembershipFactory(workspace=workspace, user=user, role="owner")
    theirs = AssessmentFactory(client=ClientFactory(workspace=workspace))
    PlanChange.objects.create(assessment=theirs, code="a", slot="now", owner=user.name)
    Ruling.objects.create(
        assessment=theirs, subject="bottleneck", verdict="devops", reason="Seen", by=user, by_name=user.name
    )
    later = timezone.now() + timedelta(days=7)
    Invitation.objects.create(
        workspace=WorkspaceFactory(), email=address, role="viewer", digest="x", expires=later
    )
    browser = Browser()
    browser.post("/account/login/", {"login": address, "password": PASSWORD})
    assert browser.get(f"/desk/{workspace.public_id}/").status_code == 200
    return address


def test_nothing_of_a_person_is_left(written: StringIO, data_folder: Path, address: str) -> None:
    assert set(everything(data_folder, address, "Zephyrine")) >= {"accounts.User", "assessments.Invitation", "assessments.PlanChange"}  # fmt: skip
    call_command("erase_person", address, stdout=StringIO())
    assert set(everything(data_folder, address, "Zephyrine")) == set()
    assert address not in written.getvalue()
    assert (data_folder / "erased.txt").read_text().count("person") == 1


def test_nothing_of_ones_own_assessment_is_left(
    written: StringIO, data_folder: Path, browser_of: Open
) -> None:
    assessment = AssessmentFactory(organisation=CLIENT, scope=UNIT)
    browser = browser_of(assessment)
    browser.post(f"/a/{assessment.public_id}/q/dv_ci/", {"answer": "2", "note": CLIENT})
    browser.post(f"/a/{assessment.public_id}/q/dv_cd/", {"note": f"{CLIENT}, without an answer"})
    browser.post(f"/a/{assessment.public_id}/milestones/", {"name": UNIT})
    MadePdf.objects.create(
        assessment=assessment, paper="a4", language="en", digest="x", content=CLIENT.encode()
    )
    assert len(set(everything(data_folder, CLIENT, UNIT))) >= 4
    assert browser.post(f"/a/{assessment.public_id}/delete/").status_code == 303
    assert set(everything(data_folder, CLIENT, UNIT)) == set()
    assert CLIENT not in written.getvalue()
