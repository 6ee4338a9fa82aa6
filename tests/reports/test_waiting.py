"""Files that workers make: the page of whoever waits, what it says, and that nobody else gets at the file."""

import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from assessments import parcels, work
from assessments.answering import delete_assessment
from assessments.erasing import erase_person
from assessments.models import Assessment, AuditEvent, CopyWish, Parcel
from assessments.samples import samples, store_sample
from assessments.workshop.joining import open_workshop
from assessments.workshop.wishes import wish_for_copy
from reports import keeping, pdf, tasks
from reports.allowance import AN_HOUR
from reports.models import MadePdf
from reports.pdf.asking import Template
from tests.assessments.sharing.test_share import come_in, report_of, share
from tests.factories import ClientFactory, MembershipFactory, answered_like
from tests.mailserver import MailServer, mail_server, use_mail_server
from tests.reports.api.test_api import program
from tests.reports.test_pdf_views import BROKEN, ECHO, processes_end
from tests.workers import use_queue, work_off

__all__ = ["processes_end"]

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def queue(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers make what is the page's own HTML under another name: that PDFs are right, others test."""
    use_queue(settings)
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))


def pdf_of(assessment: Assessment) -> str:
    return f"/a/{assessment.public_id}/result.pdf"


def attribute(page: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]+)"', page)
    assert found is not None, page
    return found[1].replace("&amp;", "&")


# --- The page ---------------------------------------------------------------------------------------------------------


def test_a_page_waits_until_a_worker_has_made_it(owner: Client, tallis: Assessment) -> None:
    answer = owner.get(pdf_of(tallis))
    page = answer.content.decode()
    assert answer.status_code == 202
    assert "no-store" in answer["Cache-Control"]
    assert "Your PDF is being made" in page
    assert "nothing on this server makes files at the moment" in page, "there is no worker yet"
    work.show_up("one")
    assert "It is next." in owner.get(pdf_of(tallis)).content.decode()
    assert DBTaskResult.objects.count() == 1, "asking again asks for nothing more"
    work_off()
    answer = owner.get(pdf_of(tallis))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith('attachment; filename="tallis-software-roadmap-')
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]


def test_without_scripts_the_page_looks_again_and_ends_in_the_download(
    owner: Client, tallis: Assessment
) -> None:
    page = owner.get(pdf_of(tallis)).content.decode()
    refresh = re.search(r'<noscript><meta http-equiv="refresh" content="3;url=([^"]+)"></noscript>', page)
    assert refresh is not None
    assert owner.get(refresh[1]).status_code == 202
    work_off()
    assert owner.get(refresh[1]).content.startswith(b"%PDF-")


def test_with_scripts_it_asks_for_what_has_changed_and_then_fetches_the_file(
    owner: Client, tallis: Assessment
) -> None:
    work.show_up("one")
    look = attribute(owner.get(pdf_of(tallis)).content.decode(), "hx-get")
    assert owner.get(look, headers=HTMX).status_code == 204, "nothing has changed"
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["one"])
    part = owner.get(look, headers=HTMX)
    assert part.status_code == 200
    assert "It is being made now" in part.content.decode()
    assert "<html" not in part.content.decode()
    work.give_back("one")
    work_off()
    part = owner.get(attribute(part.content.decode(), "hx-get"), headers=HTMX)
    assert "Your PDF is ready" in part.content.decode()
    fetch = attribute(part.content.decode(), "hx-get")
    assert 'hx-trigger="load"' in part.content.decode()
    answer = owner.get(fetch, headers=HTMX)
    assert owner.get(answer["HX-Redirect"]).content.startswith(b"%PDF-")


def test_while_it_is_made_looking_costs_little(
    owner: Client, tallis: Assessment, django_assert_num_queries: Any
) -> None:
    look = attribute(owner.get(pdf_of(tallis)).content.decode(), "hx-get")
    with django_assert_num_queries(5):  # session, assessment, and three for how far it is
        owner.get(look, headers=HTMX)


def test_how_many_come_first_is_said(owner: Client, tallis: Assessment, client: Client) -> None:
    for slug in ("lumo", "land-records"):
        store_sample(next(each for each in samples() if each.slug == slug))
        client.get(f"/sample/{slug}/roadmap.pdf")
    work.show_up("one")
    assert "It waits for its turn. Before it: 2." in owner.get(pdf_of(tallis)).content.decode()


def test_one_that_cannot_be_made_says_what_to_do(
    owner: Client, tallis: Assessment, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    look = attribute(owner.get(pdf_of(tallis)).content.decode(), "hx-get")
    monkeypatch.setattr(pdf, "TEMPLATE", BROKEN)
    row = DBTaskResult.objects.get()
    row.claim("one")
    work.fail(row, pdf.PdfError("out of paper"))
    part = owner.get(look, headers=HTMX)
    assert part.status_code == 200, "or htmx would not show it"
    answer = owner.get(pdf_of(tallis))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    for page in (part.content.decode(), answer.content.decode()):
        assert "The PDF could not be made. The web report is complete." in page
        assert f'href="{pdf_of(tallis)}"' in page
        assert f'href="/a/{tallis.public_id}/result/"' in page
        assert "out of paper" not in page
        assert "every 1s" not in page
    DBTaskResult.objects.update(finished_at=timezone.now() - work.FAILED_FOR)
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))
    assert owner.get(pdf_of(tallis)).status_code == 202
    work_off()
    assert owner.get(pdf_of(tallis)).status_code == 200


def test_a_result_that_changes_meanwhile_is_made_anew(owner: Client, tallis: Assessment) -> None:
    owner.get(pdf_of(tallis))
    work_off()
    Assessment.objects.filter(pk=tallis.pk).update(organisation="Tallis and Daughters")
    assert owner.get(pdf_of(tallis)).status_code == 202
    work_off()
    assert "Tallis and Daughters" in owner.get(pdf_of(tallis)).content.decode()


def test_on_each_paper_it_is_another_one(owner: Client, tallis: Assessment) -> None:
    page = owner.get(f"{pdf_of(tallis)}?paper=letter").content.decode()
    assert "paper=letter" in attribute(page, "hx-get")
    owner.get(pdf_of(tallis))
    work_off()
    assert sorted(each.paper for each in MadePdf.objects.all()) == ["a4", "letter"]
    assert "size: Letter" in owner.get(f"{pdf_of(tallis)}?paper=letter").content.decode()


@pytest.mark.parametrize("number", ["", "7", "x" * 500, "00000000-0000-0000-0000-000000000000", "%00"])
def test_a_number_that_names_no_work_changes_nothing(owner: Client, tallis: Assessment, number: str) -> None:
    assert owner.get(f"{pdf_of(tallis)}?work={number}").status_code == 202


def test_nobody_else_gets_at_it(owner: Client, tallis: Assessment) -> None:
    look = attribute(owner.get(pdf_of(tallis)).content.decode(), "hx-get")
    assert Client().get(look, headers=HTMX).status_code == 404
    assert Client().get(pdf_of(tallis)).status_code == 404


def test_readers_wait_like_everybody_else() -> None:
    made, member = answered_like("tallis-software", "Tallis Software"), MembershipFactory()
    made.client, made.unit = ClientFactory(workspace=member.workspace), "Payments"
    made.save()
    desk = Client()
    desk.force_login(member.user)
    reader = come_in(share(desk, made))
    address = f"{report_of(reader)}report.pdf"
    answer = reader.get(address)
    assert (answer.status_code, answer["X-Robots-Tag"]) == (202, "noindex, nofollow")
    work_off()
    assert reader.get(address).content.startswith(b"%PDF-")


# --- Made ahead ---------------------------------------------------------------------------------------------------------


def test_whoever_reads_has_it_made_once_there_is_nothing_else_to_do(
    owner: Client, tallis: Assessment, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PDF_MADE_AHEAD = True
    monkeypatch.setattr("reports.views.result.AHEAD", keeping.Ahead())
    result = f"/a/{tallis.public_id}/result/"
    owner.get(result)
    owner.get(result)
    assert DBTaskResult.objects.get().priority == work.ASIDE
    owner.get(pdf_of(tallis))
    assert DBTaskResult.objects.get().priority == work.SOON, "now somebody waits for it"
    work_off()
    assert owner.get(pdf_of(tallis)).status_code == 200


def test_a_web_server_with_workers_needs_no_renderer(
    owner: Client, tallis: Assessment, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PDF_MADE_AHEAD = True
    monkeypatch.setattr(pdf, "TEMPLATE", Template(("/nowhere/python",)))
    assert owner.get(f"/a/{tallis.public_id}/result/").status_code == 200
    assert owner.get(pdf_of(tallis)).status_code == 202


# --- Amounts that were typed --------------------------------------------------------------------------------------------


def test_amounts_are_on_paper_for_whoever_typed_them_and_then_nowhere(
    owner: Client, tallis: Assessment
) -> None:
    typed = f"{pdf_of(tallis)}?day_rate=97731.25&budget=250000"
    look = attribute(owner.get(typed).content.decode(), "hx-get")
    assert "day_rate=97731.25&budget=250000" in look
    assert "97731.25" not in str(list(DBTaskResult.objects.values()))
    work_off()
    assert not MadePdf.objects.exists()
    assert owner.head(typed).status_code == 200
    made = owner.get(typed)
    assert '<th scope="col">Money</th>' in made.content.decode()
    assert not Parcel.objects.exists()
    assert owner.get(typed).status_code == 202, "it is made once more for whoever asks once more"
    assert '<th scope="col">Money</th>' not in owner.get(pdf_of(tallis)).content.decode()


def test_nobody_fills_the_queue_with_amounts(
    owner: Client, tallis: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MOST_TYPED", 2)
    answers = [owner.get(f"{pdf_of(tallis)}?day_rate={rate}") for rate in (901, 902, 903)]
    assert [each.status_code for each in answers] == [202, 202, 503]
    assert "Your PDF has to wait a moment." in answers[2].content.decode()
    assert answers[2]["Retry-After"] == "10"
    assert owner.get(pdf_of(tallis)).status_code == 202, "one without amounts is before them"
    assert work_off(most=1) == 1
    assert MadePdf.objects.count() == 1


# --- Slides, archives ---------------------------------------------------------------------------------------------------


def test_slides_are_made_by_a_worker_too(owner: Client, tallis: Assessment) -> None:
    slides = f"/a/{tallis.public_id}/take/pptx"
    page = owner.get(slides).content.decode()
    assert "Your file is being made" in page
    work_off()
    answer = owner.get(slides)
    assert answer["Content-Type"].endswith("presentationml.presentation")
    assert ZipFile(BytesIO(answer.content)).testzip() is None
    assert owner.get(f"/a/{tallis.public_id}/take/json").status_code == 200, "quick ones are made at once"


def test_a_link_that_may_lead_to_a_page_does_not_save_that_page(
    owner: Client, tallis: Assessment, settings: Settings
) -> None:
    take = f"/a/{tallis.public_id}/take/"
    link = f'href="{take}pptx"'
    assert f"{link}>" in owner.get(take).content.decode()
    settings.QUEUED = False
    assert f"{link} download>" in owner.get(take).content.decode()


@pytest.fixture
def desk(tallis: Assessment) -> tuple[Client, str]:
    """The owner of a workspace with this client, and the address of its archive."""
    member = MembershipFactory(role="owner")
    tallis.client, tallis.unit = ClientFactory(workspace=member.workspace, name="Tallis"), "Payments"
    tallis.save()
    browser = Client()
    browser.force_login(member.user)
    return browser, f"/desk/{member.workspace.public_id}/clients/{tallis.client.public_id}/data/"


def test_an_archive_is_made_by_a_worker_and_fetched_once(
    desk: tuple[Client, str], tallis: Assessment
) -> None:
    browser, address = desk
    sent = browser.post(address)
    assert sent.status_code == 303
    assert AuditEvent.objects.filter(action="client.exported").count() == 1
    page = browser.get(sent["Location"])
    assert page.status_code == 202
    assert "The archive is being made" in page.content.decode()
    work_off()
    answer = browser.get(sent["Location"])
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="tallis-all-data.zip"'
    names = ZipFile(BytesIO(content)).namelist()
    assert "001-payments/data.json" in names
    assert "001-payments/report.pdf" in names
    assert not Parcel.objects.exists()
    gone = browser.get(sent["Location"])
    assert (gone.status_code, gone["Location"]) == (303, address)
    assert Client().get(sent["Location"]).status_code in {302, 404}


@pytest.mark.parametrize("erasing", ["assessment", "person", "time"])
def test_an_archive_that_nobody_fetched_is_not_kept(
    desk: tuple[Client, str], tallis: Assessment, erasing: str
) -> None:
    browser, address = desk
    browser.post(address)
    work_off()
    assert Parcel.objects.count() == 1
    if erasing == "assessment":
        delete_assessment(assessment=tallis)
    elif erasing == "person":
        erase_person("somebody@example.com")
    else:
        assert parcels.delete_old(timezone.now() + timedelta(minutes=59)) == 0
        parcels.delete_old(timezone.now() + timedelta(minutes=61))
    assert not Parcel.objects.exists()


# --- After a workshop, and programs ---------------------------------------------------------------------------------------


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as running:
        use_mail_server(settings, running.port)
        yield running


def test_reports_go_out_by_a_worker_until_everybody_has_theirs(
    owner: Client, tallis: Assessment, server: MailServer
) -> None:
    workshop = open_workshop(assessment=tallis, by=None)
    for name in ("ada", "bea", "cem"):
        wish_for_copy(workshop=workshop, email=f"{name}@example.com")
    copies = f"/a/{tallis.public_id}/room/copies/"
    assert owner.post(copies)["Location"] == copies
    page = owner.get(copies).content.decode()
    assert "It is on its way" in page
    assert 'hx-trigger="every 3s"' in page
    assert "Send the report" not in page
    server.says = ["250 fine", "451 ask again later"]
    work_off()
    assert server.addresses == ["ada@example.com"]
    page = owner.get(copies).content.decode()
    assert "2 people have asked for it by mail" in page
    assert "It is asked again at" in page
    assert "Send the report" in page, "who does not want to wait sends again"
    owner.post(copies)
    work_off()
    assert sorted(server.addresses) == ["ada@example.com", "bea@example.com", "cem@example.com"]
    assert not CopyWish.objects.exists()
    assert "Nobody waits for it" in owner.get(copies).content.decode()
    pdfs = [next(each.iter_attachments()) for each in server.taken]
    assert all(each.get_content_type() == "application/pdf" for each in pdfs)


def test_an_address_that_is_refused_for_good_is_forgotten(
    owner: Client, tallis: Assessment, server: MailServer
) -> None:
    workshop = open_workshop(assessment=tallis, by=None)
    wish_for_copy(workshop=workshop, email="nobody@example.com")
    server.says = ["550 nobody of that name"]
    owner.post(f"/a/{tallis.public_id}/room/copies/")
    work_off()
    assert not CopyWish.objects.exists()
    assert work.counts()["READY"] == 0


def test_where_nobody_waits_nothing_is_sent(
    owner: Client, tallis: Assessment, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    owner.post(f"/a/{tallis.public_id}/room/copies/")
    assert work_off() == 0
    assert not mailoutbox


def test_programs_are_told_when_to_come_back(tallis: Assessment) -> None:
    member = MembershipFactory()
    tallis.client = ClientFactory(workspace=member.workspace)
    tallis.save()
    tool = program(member.workspace)
    address = f"/assessments/{tallis.public_id}/report.pdf"
    status, said = tool.ask("GET", address)
    assert status == 503
    assert "The PDF is being made. Come back in 5 seconds." in str(said)
    work_off()
    status, content = tool.ask("GET", address)
    assert (status, content[:5]) == (200, b"%PDF-")


# --- How many there may be --------------------------------------------------------------------------------------------


def test_ten_an_hour_are_ordered_and_asking_again_for_one_under_way_costs_nothing(
    owner: Client, tallis: Assessment
) -> None:
    for rate in range(1, AN_HOUR + 1):
        assert [owner.get(pdf_of(tallis), {"day_rate": rate}).status_code for _ in range(2)] == [202, 202]
    refused = owner.get(pdf_of(tallis))
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert DBTaskResult.objects.count() == AN_HOUR, "what was refused is no work for anybody"
    work_off()
    assert owner.get(pdf_of(tallis), {"day_rate": 1}).content.startswith(b"%PDF-"), (
        "what was ordered is there"
    )
    assert owner.get(pdf_of(tallis), {"day_rate": 1}).status_code == 429, "and is made for one who fetches it"


def test_a_program_has_ten_an_hour_too(tallis: Assessment) -> None:
    member = MembershipFactory()
    tallis.client = ClientFactory(workspace=member.workspace)
    tallis.save()
    tool = program(member.workspace)
    address = f"/assessments/{tallis.public_id}/report.pdf"
    for _ in range(AN_HOUR):
        assert tool.ask("GET", address)[0] == 503
        DBTaskResult.objects.all().delete()  # so that the next one is another
    assert tool.ask("GET", address)[0] == 429
