"""What a consultancy says of itself on reports: on the page, on paper and in files, and never in the advice."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pdfua
import pikepdf
import pytest
from django.test import Client as Browser
from django.test import RequestFactory

from assessments.branding import set_brand
from assessments.defaults import set_offers
from assessments.logos import logo_from
from assessments.models import Assessment, Brand, Membership, Offer
from reports import pdf
from reports.exports.formats import FORMATS
from reports.exports.json import to_json
from reports.keeping import digest_of
from reports.printing import paper, pdf_of
from reports.telling import report_of, whole_report_of
from tests.assessments.sharing.conftest import desk, owner
from tests.assessments.sharing.conftest import tallis as of_client
from tests.assessments.workspace.logos import picture
from tests.pdfs import first_page_of, texts_of

__all__ = ["desk", "of_client", "owner"]


@pytest.fixture
def brand(owner: Membership) -> None:
    """A name, a logo and a colour."""
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    set_brand(
        request=request,
        workspace=owner.workspace,
        name="Kestrel Advisory",
        contact="Ana Keller, ana@kestrel.example",
        footer="For the board only",
        accent="#0b5d4e",
        accent_dark="",
        logo=logo_from(picture(size=(700, 220))),
        without_logo=False,
    )


@pytest.fixture
def offers(owner: Membership) -> None:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    names = {(layer, kind): f"{layer} {kind} <i>" for layer in ("devops", "dataops", "mlops") for kind in ("managed", "build")}  # fmt: skip
    set_offers(request=request, workspace=owner.workspace, names=names)  # type: ignore[arg-type]


# --- The brand ------------------------------------------------------------------------------------------------------------


def test_the_page_says_who_prepared_it(desk: Browser, of_client: Assessment, brand: None) -> None:
    page = desk.get(f"/a/{of_client.public_id}/result/").content.decode()
    assert page.count("Prepared by Kestrel Advisory") == 2
    assert "ana@kestrel.example" in page
    assert 'alt="Logo of Kestrel Advisory" width="140" height="44"' in page
    assert 'rel="stylesheet" href="/brand/' in page


def test_a_report_of_nobody_says_nothing(tallis: Assessment) -> None:
    page = report_of(tallis)
    assert page.prepared is None
    assert "Prepared by" not in paper(page)
    assert "offers this as" not in paper(page)


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_on_paper_it_stands_on_the_first_sheet_and_at_every_foot(
    of_client: Assessment, brand: None, tmp_path: Path, size: str
) -> None:
    made = pdf_of(whole_report_of(of_client), size)  # type: ignore[arg-type]
    assert "Prepared by Kestrel Advisory" in first_page_of(made)
    assert "ana@kestrel.example" in first_page_of(made)
    assert all("Prepared by Kestrel Advisory · For the board only" in each for each in texts_of(made))
    file = tmp_path / "report.pdf"
    file.write_bytes(made)
    report = pdfua.validate(file)
    assert [str(each) for each in report.findings] == []
    with pikepdf.open(BytesIO(made)) as opened:
        assert opened.docinfo["/Author"] == "Kestrel Advisory"
        images = [each for each in opened.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]  # fmt: skip
        assert len(images) == 1
        assert not images[0].Interpolate, "PDF/A forbids it"
        alts = [
            str(each.Alt)
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
        assert "Logo of Kestrel Advisory" in alts


def test_the_same_report_gives_the_same_bytes(of_client: Assessment, brand: None) -> None:
    report = whole_report_of(of_client)
    assert pdf_of(report) == pdf_of(report)


def test_a_kept_pdf_is_not_taken_for_another_brand(of_client: Assessment, brand: None) -> None:
    report = whole_report_of(of_client)
    html, data = paper(report.page), to_json(report)
    assert digest_of(html, data, report.logo) != digest_of(html, data, report.logo + b" ")
    assert report.page.prepared
    assert report.page.prepared.mark in html


@pytest.mark.parametrize(
    "address", ["report:///logos/x", "report:///etc/passwd", "file:///etc/passwd", "http://127.0.0.1/x.png"]
)
def test_nothing_but_the_logo_is_fetched(address: str, caplog: pytest.LogCaptureFixture) -> None:
    html = '<html lang="en"><head><title>x</title></head><body><img alt="x" src="{}"/></body></html>'
    made = pdf.render(html.format(address), logo=picture())
    with pikepdf.open(BytesIO(made)) as opened:
        assert not [each for each in opened.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]  # fmt: skip
    assert "not one of our fonts" in caplog.text


def test_a_logo_that_is_damaged_is_left_out_and_written_down(
    of_client: Assessment, brand: None, caplog: pytest.LogCaptureFixture
) -> None:
    Brand.objects.update(logo=b"what is left of it")
    made = pdf_of(whole_report_of(of_client))
    assert "Prepared by Kestrel Advisory" in first_page_of(made)
    with pikepdf.open(BytesIO(made)) as opened:
        assert not [each for each in opened.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]  # fmt: skip
    assert "A PDF was made, but" in caplog.text


# --- Offers ---------------------------------------------------------------------------------------------------------------


def test_a_move_better_not_made_alone_names_the_service(of_client: Assessment, offers: None) -> None:
    report = whole_report_of(of_client)
    for move in report.page.moves.moves:
        initiative = report.playbook.initiative[move.code.partition(":")[0]]
        kinds = {"managed": ["managed"], "build": ["build"], "hybrid": ["managed", "build"]}
        names = [f"{initiative.layer} {kind} <i>" for kind in kinds.get(initiative.sourcing, [])]
        wanted = f"Kestrel Advisory offers this as: {'; '.join(names)}" if names else ""
        assert move.offer == wanted
    assert any(each.offer for each in report.page.moves.moves)
    assert report.page.moves.offered == "in Kestrel Advisory’s own words"


def test_page_paper_and_files_show_it_as_text(desk: Browser, of_client: Assessment, offers: None) -> None:
    page = desk.get(f"/a/{of_client.public_id}/result/").content.decode()
    assert "Kestrel Advisory offers this as: dataops managed &lt;i&gt;" in page
    assert "in Kestrel Advisory’s own words" in page
    report = whole_report_of(of_client)
    assert "offers this as: dataops managed &lt;i&gt;" in paper(report.page)
    markdown = FORMATS["markdown"].make(report).decode()
    assert "offers this as: dataops managed \\<i\\>" in markdown
    sheet = openpyxl.load_workbook(BytesIO(FORMATS["xlsx"].make(report)))["Roadmap"]
    cells = [str(each.value) for row in sheet for each in row if each.value]
    assert "Offered, in Kestrel Advisory’s own words" in cells
    assert any(each.startswith("Kestrel Advisory offers this as:") for each in cells)


def test_the_advice_does_not_know_of_it(of_client: Assessment, offers: None) -> None:
    with_offers = whole_report_of(of_client)
    Offer.objects.all().delete()
    without = whole_report_of(of_client)
    assert with_offers.advice == without.advice
    assert to_json(with_offers) == to_json(without)
