"""Mails by workers: sealed while they wait, tried again, sent once, and gone with whom they are about (F-20)."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from assessments import letters, work
from assessments.answering import delete_assessment
from assessments.erasing import erase_person
from assessments.letters import WAITS
from assessments.links import link_of
from assessments.models import Assessment, Invitation, Letter
from tests.accounts.conftest import ann
from tests.factories import AssessmentFactory, MembershipFactory
from tests.mailserver import MailServer, mail_server, use_mail_server
from tests.workers import use_queue, work_off

__all__ = ["ann"]

pytestmark = pytest.mark.django_db

ADDRESS = "adelaide.brook@example.com"


@pytest.fixture(autouse=True)
def queue(settings: Settings) -> None:
    use_queue(settings)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as running:
        use_mail_server(settings, running.port)
        yield running


def ask(client: Client, assessment: Assessment, email: str = ADDRESS) -> str:
    """Have the private link sent; the page afterwards."""
    response = client.post(f"/a/{assessment.public_id}/keep/send/", {"email": email})
    assert response.status_code == 303
    return client.get(response["Location"]).content.decode()


def later() -> None:
    """The next pause is over."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def pause() -> timedelta:
    """How long the mail still waits."""
    return DBTaskResult.objects.get(status="READY").run_after - timezone.now()


def test_a_page_does_not_wait_for_the_mail_server(
    visitor: Client, assessment: Assessment, server: MailServer
) -> None:
    page = ask(visitor, assessment)
    assert "on its way" in page
    assert link_of(assessment) in page
    assert server.taken == []
    assert work_off() == 1
    (mail,) = server.taken
    assert (str(mail["To"]), str(mail["Auto-Submitted"])) == (ADDRESS, "auto-generated")
    text, html = mail.iter_parts()
    assert f"http://testserver{link_of(assessment)}" in text.get_content()
    assert f'<a href="http://testserver{link_of(assessment)}">' in html.get_content()
    assert not Letter.objects.exists()


def test_it_is_the_same_mail_as_without_workers(
    visitor: Client, assessment: Assessment, settings: Settings, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    ask(visitor, assessment)
    work_off()
    settings.QUEUED = False
    ask(visitor, assessment)
    queued, at_once = mailoutbox
    for each in (
        "subject",
        "body",
        "from_email",
        "to",
        "cc",
        "bcc",
        "reply_to",
        "extra_headers",
        "alternatives",
    ):
        assert getattr(queued, each) == getattr(at_once, each)


def test_what_waits_in_the_database_tells_nobody_what_it_is(
    visitor: Client, assessment: Assessment, server: MailServer
) -> None:
    ask(visitor, assessment)
    stored = str(list(Letter.objects.values()) + list(DBTaskResult.objects.values()))
    link = link_of(assessment)
    assert link is not None
    for secret in (ADDRESS, "adelaide", link, link.removeprefix("/r/"), "The way back"):
        assert secret not in stored


def test_a_mail_server_that_puts_it_off_gets_it_later_and_once(
    visitor: Client, assessment: Assessment, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.says = ["451 ask again later"] * 2
    assert "on its way" in ask(visitor, assessment)
    for wait in WAITS[:2]:
        assert work_off() == 1
        assert timedelta(seconds=wait - 10) < pause() <= timedelta(seconds=wait)
        assert work_off() == 0, "nobody asks again before that"
        later()
    assert work_off() == 1
    assert server.addresses == [ADDRESS]
    assert not Letter.objects.exists()
    assert work.counts()["READY"] == 0
    assert "the mail server answered 451" in caplog.text
    assert ADDRESS not in caplog.text


def test_a_mail_server_that_is_down_is_no_error_for_anybody(
    visitor: Client, assessment: Assessment, settings: Settings
) -> None:
    with mail_server() as gone:
        port = gone.port
    use_mail_server(settings, port)
    page = ask(visitor, assessment)
    assert "on its way" in page
    assert link_of(assessment) in page
    work_off()
    assert Letter.objects.get().tries == 1
    assert pause() > timedelta(seconds=WAITS[0] - 10)


def test_after_a_day_it_is_given_up(
    visitor: Client, assessment: Assessment, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.says = ["451 ask again later"] * 100
    ask(visitor, assessment)
    for _ in range(len(WAITS) + 1):
        assert work_off() == 1
        later()
    assert work_off() == 0
    assert not Letter.objects.exists()
    assert "given up after 8 tries" in caplog.text
    assert sum(WAITS) < 24 * 3600
    assert list(WAITS) == sorted(WAITS)


@pytest.mark.parametrize("answer", ["550 nobody of that name", "501 what is that"])
def test_an_address_that_is_refused_for_good_is_not_asked_for_again(
    visitor: Client, assessment: Assessment, server: MailServer, answer: str
) -> None:
    server.says = [answer]
    ask(visitor, assessment)
    work_off()
    assert not Letter.objects.exists()
    assert work.counts()["READY"] == 0


def test_another_key_opens_nothing_and_says_which_setting_it_is(
    visitor: Client,
    assessment: Assessment,
    server: MailServer,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ask(visitor, assessment)
    right = settings.SECRET_KEY
    settings.SECRET_KEY = "another one" * 7
    work_off()
    assert "GROUNDWORK_SECRET_KEY has to be the same on all machines" in caplog.text
    assert server.taken == []
    settings.SECRET_KEY = right
    later()
    work_off()
    assert server.addresses == [ADDRESS]


# --- Erasing ----------------------------------------------------------------------------------------------------------


def test_it_goes_with_its_assessment(visitor: Client, assessment: Assessment, server: MailServer) -> None:
    ask(visitor, assessment)
    delete_assessment(assessment=assessment)
    assert not Letter.objects.exists()
    assert work_off() == 1
    assert server.taken == []


def test_it_goes_with_the_person_it_is_for(
    visitor: Client, assessment: Assessment, server: MailServer
) -> None:
    ask(visitor, assessment, "Adelaide.Brook@Example.com")
    ask(visitor, assessment, "bea@example.com")
    erase_person(ADDRESS)
    work_off()
    assert server.addresses == ["bea@example.com"]


def test_an_invitation_that_was_taken_back_is_not_sent(server: MailServer) -> None:
    owner = MembershipFactory(role="owner")
    browser = Client()
    browser.force_login(owner.user)
    people = f"/desk/{owner.workspace.public_id}/people/"
    browser.post(f"{people}invite/", {"email": ADDRESS, "role": "viewer"})
    assert Letter.objects.get().invitation == Invitation.objects.get()
    Invitation.objects.all().delete()
    work_off()
    assert server.taken == []


def test_what_nobody_sends_is_forgotten_after_two_days(visitor: Client, assessment: Assessment) -> None:
    ask(visitor, assessment)
    assert letters.delete_old(timezone.now() + timedelta(hours=47)) == 0
    assert letters.delete_old(timezone.now() + timedelta(hours=49)) == 1


# --- The other mails --------------------------------------------------------------------------------------------------


def test_a_new_password_comes_by_a_worker_too(client: Client, ann: object, server: MailServer) -> None:
    client.post("/account/password/reset/", {"email": "ann@example.com"})
    assert server.taken == []
    work_off()
    assert server.addresses == ["ann@example.com"]
    assert re.search(r"http://testserver/account/\S+", server.taken[0].get_content())


def test_a_mail_that_tells_of_what_did_not_happen_is_not_sent(server: MailServer) -> None:
    mail = EmailMessage(subject="Stored", body="It is stored.", to=[ADDRESS])

    with transaction.atomic():
        letters.store(mail, assessment=AssessmentFactory())
        transaction.set_rollback(True)
    assert work_off() == 0
    assert server.taken == []


def test_only_plain_mails_can_wait() -> None:
    mail = EmailMessage(subject="Report", body="Here it is.", to=[ADDRESS])
    mail.attach("report.pdf", b"%PDF", "application/pdf")
    with pytest.raises(ValueError, match="nothing attached"):
        letters.store(mail)


def test_what_goes_wrong_is_told_without_the_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert "ada" not in letters.reason(OSError("ada@example.com"))
