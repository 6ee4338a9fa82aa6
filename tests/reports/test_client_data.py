"""All data of a client as one archive."""

import io
import json
from zipfile import ZipFile

import pytest
from django.test import Client as Browser

from assessments.links import token_of
from assessments.models import Assessment, AuditEvent, Client, Membership
from tests.factories import AssessmentFactory, ClientFactory, MembershipFactory, answered_like
from tests.pdfs import first_page_of


@pytest.fixture
def owner(db: None) -> Membership:
    return MembershipFactory(role="owner")


@pytest.fixture
def desk(owner: Membership) -> Browser:
    browser = Browser()
    browser.force_login(owner.user)
    return browser


@pytest.fixture
def pumps(owner: Membership) -> Client:
    made = ClientFactory(workspace=owner.workspace, name="Harrow Pumps")
    answered = answered_like("lumo", "Harrow Pumps")
    Assessment.objects.filter(pk=answered.pk).update(client=made, unit="Payments")
    AssessmentFactory(client=made, kept_by_client=True, organisation="SECRET")
    return made


def address(pumps: Client) -> str:
    return f"/desk/{pumps.workspace.public_id}/clients/{pumps.public_id}/data/"


def test_the_page_says_what_is_in_it(desk: Browser, pumps: Client) -> None:
    page = desk.get(address(pumps)).content.decode()
    assert "One archive with 1 assessment." in page
    assert "1 assessment that the client answers alone" in page
    assert not AuditEvent.objects.filter(action="client.exported").exists()


def test_the_archive_holds_data_result_and_report(desk: Browser, pumps: Client) -> None:
    answer = desk.post(address(pumps))
    assert answer["Content-Disposition"] == 'attachment; filename="harrow-pumps-all-data.zip"'
    archive = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert archive.namelist() == [
        "001-payments/data.json",
        "001-payments/result.json",
        "001-payments/report.pdf",
        "README.txt",
    ]
    data = json.loads(archive.read("001-payments/data.json"))
    assert data["about"]["organisation"] == "Harrow Pumps"
    assert json.loads(archive.read("001-payments/result.json"))
    assert "Harrow Pumps" in first_page_of(archive.read("001-payments/report.pdf"))
    read_me = archive.read("README.txt").decode()
    assert "1 assessment is not here" in read_me
    everything = b"".join(archive.read(each) for each in archive.namelist())
    assert b"SECRET" not in everything
    assert token_of(pumps.assessments.order_by("pk")[0]).encode() not in everything
    assert AuditEvent.objects.get(action="client.exported").subject == pumps.public_id


def test_of_many_the_newest_have_their_pdf(
    desk: Browser, pumps: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.client_data.PDFS", 0)
    answer = desk.post(address(pumps))
    archive = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert not [each for each in archive.namelist() if each.endswith(".pdf")]


def test_one_whose_edition_is_gone_is_in_it_with_its_data(desk: Browser, pumps: Client) -> None:
    pumps.assessments.update(edition="2020.1")
    archive = ZipFile(io.BytesIO(b"".join(desk.post(address(pumps)).streaming_content)))  # type: ignore[attr-defined]
    assert archive.namelist() == ["001-payments/data.json", "README.txt"]
