"""PDFs that are made while somebody reads: once for each reading, beside the page and not in its way."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from assessments.access import sample_called
from assessments.models import Assessment
from assessments.samples import samples, store_sample
from reports import keeping, pdf
from reports.keeping import Ahead, pdf_for
from reports.models import MadePdf
from reports.pdf.asking import Template
from reports.telling import whole_report_of
from reports.views import result

pytestmark = pytest.mark.django_db(transaction=True)  # another thread has to see the rows

COUNTING = """
import sys, time
from pathlib import Path
from reports.pdf.forking import serve
def write(html, attached, logo):
    with Path(sys.argv[1]).open("a") as made: made.write(html.split("<title>")[1].split("</title>")[0] + "\\n")
    if "slow" in sys.argv: time.sleep(1)
    return b"%PDF " + html.encode()
sys.exit(serve(lambda: write))
"""


class Workshop:
    """Where PDFs are made in these tests: every one is counted."""

    def __init__(self, folder, *words: str) -> None:
        self.list = folder / "made"
        self.template = Template((sys.executable, "-c", COUNTING, str(self.list), *words))

    @property
    def made(self) -> list[str]:
        return self.list.read_text().splitlines() if self.list.exists() else []


@pytest.fixture
def workshop(request, tmp_path, monkeypatch, settings) -> Iterator[Workshop]:
    settings.PDF_MADE_AHEAD = True
    settings.DATA_DIR = tmp_path
    workshop = Workshop(tmp_path, getattr(request, "param", ""))
    monkeypatch.setattr(pdf, "TEMPLATE", workshop.template)
    yield workshop
    workshop.template.stop()


@pytest.fixture
def ahead(monkeypatch) -> Ahead:
    fresh = Ahead()
    monkeypatch.setattr(result, "AHEAD", fresh)
    return fresh


@pytest.fixture
def lumo() -> Assessment:
    store_sample(next(each for each in samples() if each.slug == "lumo"))
    return sample_called("lumo")


PAGE = "/sample/lumo/"
PDF = "/sample/lumo/roadmap.pdf"


def test_the_click_finds_what_was_made_while_somebody_read(
    client: Client, workshop, ahead, lumo, django_assert_num_queries
):
    assert client.get(PAGE).status_code == 200
    ahead.wait()
    assert len(workshop.made) == 1
    started = time.monotonic()
    with django_assert_num_queries(4):
        assert client.get(PDF).content.startswith(b"%PDF ")
    assert time.monotonic() - started < 1
    assert len(workshop.made) == 1


def test_a_page_that_is_opened_again_has_nothing_made_and_takes_no_query_more(
    client: Client, workshop, ahead, lumo, django_assert_num_queries
):
    for _ in range(3):
        with django_assert_num_queries(2):
            client.get(PAGE)
        ahead.wait()
    assert len(workshop.made) == 1
    another = Ahead()
    another.want(lumo, whole_report_of(lumo))
    another.wait()
    assert len(workshop.made) == 1, "another server process finds it in the database"


def test_a_report_that_changed_is_made_anew_in_place_of_the_old_one(client: Client, workshop, ahead, lumo):
    client.get(PAGE)
    ahead.wait()
    Assessment.objects.filter(pk=lumo.pk).update(organisation="Luma")
    client.get(PAGE)
    ahead.wait()
    assert workshop.made == ["Roadmap for Lumo", "Roadmap for Luma"]
    assert b"Luma" in bytes(MadePdf.objects.get().content)


def test_nothing_is_made_for_amounts_that_were_typed_for_looking(client: Client, workshop, ahead, lumo):
    client.get(PAGE, {"day_rate": "900"})
    ahead.wait()
    assert workshop.made == []


def test_nothing_is_made_where_it_is_switched_off(client: Client, workshop, ahead, lumo, settings):
    settings.PDF_MADE_AHEAD = False
    client.get(PAGE)
    ahead.wait()
    assert workshop.made == []


def test_looking_changes_nothing_of_the_assessment(client: Client, workshop, ahead, lumo):
    before = Assessment.objects.filter(pk=lumo.pk).values().get()
    client.get(PAGE)
    ahead.wait()
    assert Assessment.objects.filter(pk=lumo.pk).values().get() == before


@pytest.mark.parametrize("workshop", ["slow"], indirect=True)
def test_whoever_clicks_while_it_is_made_waits_for_that_one(client: Client, workshop, ahead, lumo):
    client.get(PAGE)
    while not workshop.made:
        time.sleep(0.01)
    assert client.get(PDF).content.startswith(b"%PDF ")
    assert len(workshop.made) == 1


@pytest.mark.parametrize("workshop", ["slow"], indirect=True)
def test_two_that_click_at_once_have_one_made(workshop, lumo):
    page = whole_report_of(lumo)

    def click(_: int) -> bytes:
        try:
            return pdf_for(lumo, page)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))
    assert first == second
    assert len(workshop.made) == 1


@pytest.mark.parametrize("workshop", ["slow"], indirect=True)
def test_nobody_waits_for_ever_for_one_that_is_being_made(client: Client, workshop, ahead, lumo, monkeypatch):
    monkeypatch.setattr(pdf, "QUEUE_SECONDS", 0.2)
    client.get(PAGE)
    while not workshop.made:
        time.sleep(0.01)
    answer = client.get(PDF)
    assert answer.status_code == 503
    assert "Your PDF has to wait a moment." in answer.text
    ahead.wait()
    assert client.get(PDF).content.startswith(b"%PDF ")
    assert len(workshop.made) == 1


def test_one_that_could_not_be_made_is_not_tried_at_every_click(client: Client, workshop, lumo, monkeypatch):
    broken = Template((sys.executable, "-c", "raise SystemExit('out of paper')"))
    monkeypatch.setattr(pdf, "TEMPLATE", broken)
    assert client.get(PDF).status_code == 503
    monkeypatch.setattr(pdf, "TEMPLATE", workshop.template)
    assert client.get(PDF).status_code == 503
    assert workshop.made == []
    monkeypatch.setattr(keeping, "FAILURES", keeping.Failures())  # as a minute later
    assert client.get(PDF).content.startswith(b"%PDF ")


def test_amounts_that_anybody_types_take_one_place_only(client: Client, workshop, lumo, monkeypatch):
    monkeypatch.setattr(pdf, "QUEUE_SECONDS", 0.1)
    with pdf.place_in_queue(places=1):
        assert client.get(PDF, {"day_rate": "900"}).status_code == 503
        assert client.get(PDF).status_code == 200
    assert client.get(PDF, {"day_rate": "900"}).status_code == 200


def test_one_that_was_deleted_meanwhile_leaves_nothing(workshop, lumo):
    page = whole_report_of(lumo)
    Assessment.objects.filter(pk=lumo.pk).delete()
    assert pdf_for(lumo, page).startswith(b"%PDF ")
    assert not MadePdf.objects.exists()


def test_a_failure_is_written_down_and_the_next_one_is_made(  # noqa: PLR0917  (fixtures)
    client: Client, workshop, ahead, lumo, monkeypatch, caplog
):
    broken = Template((sys.executable, "-c", "raise SystemExit('out of paper')"))
    monkeypatch.setattr(pdf, "TEMPLATE", broken)
    client.get(PAGE)
    ahead.wait()
    assert "out of paper" in caplog.text
    monkeypatch.setattr(pdf, "TEMPLATE", workshop.template)
    Assessment.objects.filter(pk=lumo.pk).update(organisation="Luma")
    client.get(PAGE)
    ahead.wait()
    assert workshop.made == ["Roadmap for Luma"]


def test_only_so_many_wait(workshop, lumo, monkeypatch):
    monkeypatch.setattr(Ahead, "MOST", 2)
    monkeypatch.setattr(Ahead, "_work", lambda _: None)
    crowded = Ahead()
    page = whole_report_of(lumo)
    for number in range(5):
        crowded.want(Assessment(pk=number), page)
    assert list(crowded._wanted) == [3, 4]


def test_what_makes_pdfs_is_part_of_their_name(lumo, monkeypatch):
    before = keeping.digest_of("<p>x</p>", b"{}")
    assert keeping.digest_of("<p>x</p>", b"{}") == before
    assert keeping.digest_of("<p>x</p>", b"{ }") != before
    monkeypatch.setattr(keeping, "_maker", lambda: b"WeasyPrint of tomorrow")
    assert keeping.digest_of("<p>x</p>", b"{}") != before


def test_the_address_of_the_pdf_is_the_one_that_is_tested():
    assert (reverse("reports:sample", args=["lumo"]), reverse("reports:sample_pdf", args=["lumo"])) == (
        PAGE,
        PDF,
    )
