"""/a/<id>/room/copies/: the report of a workshop, into every inbox that asked for it."""

import smtplib
import sys

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.models import Assessment, AuditEvent, CopyWish, Workshop
from assessments.workshop.joining import end_workshop, join_link, open_workshop, stage_link
from assessments.workshop.wishes import fulfil, wish_for_copy
from reports import pdf
from reports.pdf.asking import Template
from reports.tasks import send_copy
from reports.telling import whole_report_of
from tests.reports.test_pdf_views import BROKEN, ECHO, processes_end

__all__ = ["processes_end"]

ADDRESSES = ("ada@example.com", "bea@example.com", "cem@example.com")


@pytest.fixture
def workshop(tallis: Assessment) -> Workshop:
    """Three people want the report, one of them twice."""
    workshop = open_workshop(assessment=tallis, by=None)
    for email in (*ADDRESSES, " ADA@example.com"):
        wish_for_copy(workshop=workshop, email=email)
    return workshop


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is mailed is the page's own HTML under another name: that PDFs are right, others test."""
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))


def page_of(workshop: Workshop) -> str:
    return f"/a/{workshop.assessment.public_id}/room/copies/"


def test_everybody_who_asked_gets_it_once_and_is_forgotten(
    owner: Client, workshop: Workshop, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    before = owner.get(page_of(workshop)).content.decode()
    assert "3 people have asked for it by mail." in before
    assert not [each for each in ADDRESSES if each in before], "nobody sees who"
    answer = owner.post(page_of(workshop))
    assert (answer.status_code, answer["Location"]) == (303, f"{page_of(workshop)}?sent=3")
    assert [mail.to for mail in mailoutbox] == [[each] for each in ADDRESSES]
    for mail in mailoutbox:
        ((name, content, kind),) = mail.attachments
        assert (kind, content[:5]) == ("application/pdf", b"%PDF-")
        assert name.endswith(".pdf")
        assert "asked for its report" in mail.body
        assert "asked for its report" in str(mail.alternatives[0].content)
    assert not CopyWish.objects.exists()
    assert "went to 3 people" in owner.get(answer["Location"]).content.decode()
    owner.post(page_of(workshop))
    assert len(mailoutbox) == 3


def test_what_the_mail_server_does_not_take_is_kept_for_another_try(
    owner: Client, workshop: Workshop, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = EmailMultiAlternatives.send

    def send(mail: EmailMultiAlternatives, **how: str) -> int:
        if mail.to == ["bea@example.com"]:
            raise smtplib.SMTPRecipientsRefused({"bea@example.com": (550, b"unknown")})
        return int(real(mail, **how))

    monkeypatch.setattr(EmailMultiAlternatives, "send", send)
    answer = owner.post(page_of(workshop))
    assert answer.status_code == 502
    assert "1 went out, 2 still wait" in answer.content.decode()
    assert set(CopyWish.objects.values_list("email", flat=True)) == {"bea@example.com", "cem@example.com"}
    assert len(mailoutbox) == 1, "a server that refuses is not asked again and again"


def test_nothing_is_sent_where_there_is_no_pdf(
    owner: Client, workshop: Workshop, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "TEMPLATE", BROKEN)
    answer = owner.post(page_of(workshop))
    assert answer.status_code == 503
    assert "nothing was sent" in answer.content.decode()
    assert CopyWish.objects.count() == 3
    assert not mailoutbox


def test_an_assessment_without_a_workshop_has_nobody_to_send_to(owner: Client, tallis: Assessment) -> None:
    page = owner.get(f"/a/{tallis.public_id}/room/copies/").content.decode()
    assert "Nobody waits for it." in page


# --- A server that only prints its mail ------------------------------------------------------------------------------------


@pytest.fixture
def no_mail(settings: Settings, workshop: Workshop) -> None:
    """From here on mail is only printed; whoever asked before has asked."""
    settings.MAILERS = {"default": {"BACKEND": "advisor.mailing.PrintedMail"}}


@pytest.mark.usefixtures("no_mail")
def test_what_would_only_be_printed_is_not_sent_and_keeps_its_addresses(
    owner: Client, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    before = owner.get(page_of(workshop)).content.decode()
    assert "This server sends no mail." in before
    assert "Send the report" not in before
    answer = owner.post(page_of(workshop))
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Nothing was sent." in said
    assert "The report went to" not in said
    assert CopyWish.objects.count() == 3
    assert not capsys.readouterr().out
    assert not AuditEvent.objects.filter(action="workshop.report_sent").exists()


@pytest.mark.usefixtures("no_mail")
def test_a_worker_that_only_prints_keeps_them_too(
    tallis: Assessment, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    report = whole_report_of(tallis)
    assert fulfil(tallis, lambda address: send_copy(address, report, b"%PDF-", final=True)) == (0, 3)
    assert CopyWish.objects.count() == 3
    assert not capsys.readouterr().out


@pytest.mark.usefixtures("no_mail")
def test_nothing_is_promised_that_cannot_be_kept(owner: Client, workshop: Workshop) -> None:
    phone = Client()
    phone.post(join_link(workshop))
    end_workshop(workshop=workshop, by=None)
    address = f"/w/{workshop.public_id}/"
    page = phone.get(address).content.decode()
    assert "ask whoever led the workshop" in page
    assert "Send me the PDF" not in page
    answer = phone.post(f"{address}copy/", {"email": "dan@example.com"})
    assert answer.status_code == 422
    assert not CopyWish.objects.filter(email="dan@example.com").exists()
    screen = phone.get(f"{stage_link(workshop)}result/").content.decode()
    assert "ask whoever led the workshop" in screen
    assert "it can send it to you" not in screen
    console = owner.get(f"/a/{workshop.assessment.public_id}/room/").content.decode()
    assert "This server sends no mail, so phones cannot ask for it." in console
    assert "Send it to them" not in console
