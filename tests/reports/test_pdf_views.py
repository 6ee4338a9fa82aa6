"""The addresses of the PDFs: who may open them, what they are called, and what happens when none can be made."""

import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from assessments.samples import samples, store_sample
from reports import pdf
from reports.models import MadePdf
from reports.pdf.asking import Template
from reports.pdf.limits import Limits
from reports.printing import file_name
from tests.reports.pages import sample_page

pytestmark = pytest.mark.django_db

BROKEN = Template((sys.executable, "-c", "raise SystemExit('out of paper')"))
ECHO = """
import sys, time
from reports.pdf.forking import serve
def write(html, attached, logo):
    if "hang" in sys.argv: time.sleep(60)
    return b"%PDF-" + attached + html.encode()
sys.exit(serve(lambda: write))
"""


@pytest.fixture(autouse=True)
def processes_end(monkeypatch) -> Iterator[None]:
    real = pdf.TEMPLATE
    yield
    if pdf.TEMPLATE is not real:
        pdf.TEMPLATE.stop()


@pytest.fixture
def lumo() -> Assessment:
    store_sample(next(each for each in samples() if each.slug == "lumo"))
    return Assessment.objects.get(sample="lumo")


@pytest.fixture
def own(client: Client) -> Assessment:
    """An assessment that this browser may open."""
    assessment = Assessment.objects.create(edition="2026.1", mode="quick", organisation="Own")
    session = client.session
    session["assessments"] = {assessment.public_id: assessment.link_number}
    session.save()
    return assessment


def test_a_sample_is_made_once_and_then_kept(client: Client, lumo: Assessment, monkeypatch):
    address = reverse("reports:sample_pdf", args=["lumo"])
    first = client.get(address)
    assert first.status_code == 200
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"].startswith('attachment; filename="lumo-roadmap-20')
    assert first.content.startswith(b"%PDF")
    monkeypatch.setattr(pdf, "TEMPLATE", BROKEN)  # from here on nothing can be made
    assert client.get(address).content == first.content


def test_a_changed_report_is_made_anew(client: Client, lumo: Assessment, monkeypatch):
    address = reverse("reports:sample_pdf", args=["lumo"])
    assert client.get(address).status_code == 200
    monkeypatch.setattr(pdf, "TEMPLATE", BROKEN)
    Assessment.objects.filter(pk=lumo.pk).update(organisation="Luma")
    assert client.get(address).status_code == 503


def test_money_is_in_the_pdf_as_on_the_page(client: Client, lumo: Assessment, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))
    address = reverse("reports:sample_pdf", args=["lumo"])
    assert '<th scope="col">Money</th>' in client.get(address, {"day_rate": "900"}).content.decode()
    assert not MadePdf.objects.exists(), "amounts are typed for looking and stored nowhere"
    assert '<th scope="col">Money</th>' not in client.get(address).content.decode()
    assert MadePdf.objects.get().paper == "a4"


def test_letter_is_another_paper_kept_beside_the_first(client: Client, lumo: Assessment, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))
    address = reverse("reports:sample_pdf", args=["lumo"])
    assert "size: Letter" in client.get(address, {"paper": "letter"}).content.decode()
    assert "size: Letter" not in client.get(address, {"paper": "a5"}).content.decode()
    assert sorted(each.paper for each in MadePdf.objects.all()) == ["a4", "letter"]
    assert f'href="{address}"' in client.get(reverse("reports:sample", args=["lumo"])).text
    assert f'href="{address}?paper=letter"' in client.get(reverse("reports:sample_take", args=["lumo"])).text


def test_what_was_made_goes_with_its_assessment_and_after_a_day(client: Client, own: Assessment, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))
    other = Assessment.objects.create(edition="2026.1", mode="quick")
    day_ago = timezone.now() - timedelta(days=1, seconds=1)
    MadePdf.objects.create(assessment=other, paper="a4", language="en", digest="x", content=b"", made=day_ago)
    client.get(reverse("reports:pdf", args=[own.public_id]))
    assert MadePdf.objects.get().assessment == own
    own.delete()
    assert not MadePdf.objects.exists()


def test_the_data_of_the_report_are_in_it(client: Client, lumo: Assessment, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))
    content = client.get(reverse("reports:sample_pdf", args=["lumo"])).content.decode()
    data, _ = json.JSONDecoder().raw_decode(content.removeprefix("%PDF-"))
    assert data["about"]["organisation"] == "Lumo"
    assert [each["name"] for each in data["advice"]["gates"]] == ["DevOps", "DataOps", "MLOps"]


def test_foreign_and_unknown_ones_are_not_found(client: Client, lumo: Assessment):
    stranger = Assessment.objects.create(edition="2026.1", mode="full")
    assert client.get(reverse("reports:pdf", args=[stranger.public_id])).status_code == 404
    assert client.get(reverse("reports:pdf", args=[lumo.public_id])).status_code == 404
    assert client.get(reverse("reports:sample_pdf", args=["nobody"])).status_code == 404


def test_ones_own_is_private(client: Client, own: Assessment):
    response = client.get(reverse("reports:pdf", args=[own.public_id]))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert 'filename="own-roadmap-' in response["Content-Disposition"]


def test_when_none_can_be_made_the_page_says_so_and_the_report_is_there(
    client: Client, own: Assessment, monkeypatch, caplog
):
    monkeypatch.setattr(pdf, "TEMPLATE", BROKEN)
    with caplog.at_level(logging.ERROR, logger="reports.pdf"):
        response = client.get(reverse("reports:pdf", args=[own.public_id]))
    result = reverse("reports:result", args=[own.public_id])
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "The PDF could not be made. The web report is complete." in response.text
    assert f'href="{result}"' in response.text
    assert "out of paper" not in response.text, "the reason is for the log"
    assert "out of paper" in caplog.text
    assert client.get(result).status_code == 200


def test_a_renderer_that_hangs_does_not_take_the_server_with_it(client: Client, own: Assessment, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO, "hang")))
    monkeypatch.setattr(pdf, "LIMITS", Limits(wall_seconds=0.3))
    assert client.get(reverse("reports:pdf", args=[own.public_id])).status_code == 503
    assert client.get(reverse("reports:result", args=[own.public_id])).status_code == 200


def test_when_too_many_are_asked_for_one_is_told_to_wait(
    client: Client, own: Assessment, monkeypatch, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(pdf, "QUEUE_SECONDS", 0.1)
    with pdf.place_in_queue(), pdf.place_in_queue():
        response = client.get(reverse("reports:pdf", args=[own.public_id]))
    assert response.status_code == 503
    assert "Your PDF has to wait a moment." in response.text
    assert response["Retry-After"] == "10"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harrow Pumps", "harrow-pumps"),
        ("Ärzte & Söhne “GmbH”", "arzte-sohne-gmbh"),
        ('a"; filename="evil.exe', "a-filenameevilexe"),
        ("a\r\nSet-Cookie: b=c", "a-set-cookie-bc"),
        ("../../etc/passwd", "etcpasswd"),
        ("😀", "groundwork"),
        ("", "groundwork"),
        ("x" * 80, "x" * 60),
    ],
)
def test_file_names_are_plain_whatever_the_name(title: str, name: str):
    page = replace(sample_page("land-records"), title=title)
    assert file_name(page) == f"{name}-roadmap-2026-11-12.pdf"
