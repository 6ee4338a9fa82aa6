"""/a/<id>/keep/send/: the private link by mail, to one address, a few times."""

import re
import socket
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.answering import describe
from assessments.links import link_of, replace_link
from assessments.models import Assessment, Counter
from tests.mailserver import MailServer, mail_server, use_mail_server

ADDRESS = "ada@example.com"


def send(client: Client, assessment: Assessment, email: str = ADDRESS, **extra: str) -> tuple[int, str]:
    """The status of the answer, and the page that somebody sees at last."""
    response = client.post(f"/a/{assessment.public_id}/keep/send/", {"email": email}, **extra)
    if response.status_code == 303:
        return 303, client.get(response["Location"]).content.decode()
    return response.status_code, response.content.decode()


def test_the_mail_holds_the_link_and_says_what_it_is(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    status, page = send(visitor, assessment)
    (mail,) = mailoutbox
    link = f"http://testserver{link_of(assessment)}"
    html = mail.alternatives[0].content
    assert (status, mail.to, mail.cc, mail.bcc) == (303, [ADDRESS], [], [])
    assert f"\n{link}\n" in mail.body
    assert f'<a href="{link}">{link}</a>' in html
    for text in (mail.body, html):
        assert "Replace the link" in text
        assert "30 days" in text
        assert re.search(r"kept until \d+ \w+ \d{4}", text)
        assert "&" not in text, "nothing in it is escaped for another medium"
    assert "The link is on its way." in page
    assert ADDRESS not in page


def test_nothing_that_somebody_typed_is_mailed_to_a_stranger(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    describe(assessment=assessment, organisation="Buy now!", scope="https://evil.example", decision="Click")
    send(visitor, assessment)
    everything = mailoutbox[0].message().as_string()
    assert "evil" not in everything
    assert "Buy now" not in everything


def test_a_page_after_which_nothing_was_sent_says_nothing_of_mail(
    visitor: Client, assessment: Assessment
) -> None:
    assert "on its way" not in visitor.get(f"/a/{assessment.public_id}/keep/").content.decode()


def test_the_address_is_stored_nowhere(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    send(visitor, assessment)
    assert ADDRESS not in str(dict(visitor.session))
    assert ADDRESS not in str(list(Assessment.objects.values())) + str(list(Counter.objects.values()))
    assert not set(visitor.cookies) - {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


@pytest.mark.parametrize(
    "typed",
    [
        "ada@",
        "ada",
        "ada@example.com, eve@example.com",
        "ada@example.com;eve@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\nBcc: eve@example.com",
        "ada@example.com\r\n",
        "Ada <ada@example.com>",
        "ada\0@example.com",
        f"{'a' * 250}@example.com",
    ],
)
def test_anything_but_one_address_is_refused_and_shown_again(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage], typed: str
) -> None:
    status, page = send(visitor, assessment, typed)
    assert status == 422
    assert not mailoutbox
    assert not Counter.objects.exists(), "a slip of the hand is not counted"
    assert "<title>Error: " in page
    assert 'id="error-summary"' in page
    assert '<a href="#email">' in page
    assert 'id="email-error"' in page
    assert 'aria-invalid="true"' in page
    assert link_of(assessment) in page
    if typed.isprintable():
        assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in page


def test_an_empty_field_asks_for_an_address(visitor: Client, assessment: Assessment) -> None:
    status, page = send(visitor, assessment, " ")
    assert status == 422
    assert page.count("Enter your e-mail address") == 2


def test_one_address_gets_three_an_hour_from_wherever(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(3):
        assert send(visitor, assessment, REMOTE_ADDR=f"198.51.100.{number}")[0] == 303
    status, page = send(visitor, assessment, ADDRESS.upper(), REMOTE_ADDR="198.51.100.9")
    assert status == 429
    assert len(mailoutbox) == 3
    assert re.search(r'Try again after <time datetime="[^"]+" data-local-time>\d\d:\d\d UTC</time>', page)
    assert link_of(assessment) in page


def test_one_network_sends_three_an_hour_to_whomever(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(3):
        assert send(visitor, assessment, f"ada{number}@example.com")[0] == 303
    response = visitor.post(f"/a/{assessment.public_id}/keep/send/", {"email": "ada9@example.com"})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert len(mailoutbox) == 3


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that this site is set up to use."""
    with mail_server() as running:
        use_mail_server(settings, running.port)
        yield running


@pytest.fixture
def nobody_listens(settings: Settings) -> None:
    """The mail server of this site is down."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        use_mail_server(settings, probe.getsockname()[1])


def test_a_real_mail_server_takes_it(visitor: Client, assessment: Assessment, server: MailServer) -> None:
    status, page = send(visitor, assessment)
    assert status == 303
    assert "on its way" in page
    assert len(server.taken) == 1


def not_sent(answer: tuple[int, str], assessment: Assessment, address: str, log: str) -> None:
    status, page = answer
    assert status == 503
    assert "the mail server could not be reached, or did not take it" in page
    assert link_of(assessment) in page
    assert f'value="{address}"' in page
    assert "could not be mailed" in log
    assert address not in log


def test_a_mail_server_that_is_down_is_said_and_the_link_is_still_there(
    visitor: Client, assessment: Assessment, nobody_listens: None, caplog: pytest.LogCaptureFixture
) -> None:
    not_sent(send(visitor, assessment), assessment, ADDRESS, caplog.text)


def test_a_mail_server_that_puts_it_off_is_no_error_either(
    visitor: Client,
    assessment: Assessment,
    server: MailServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    address = "ada@busy.example"
    server.says = ["451 ask again later"]
    not_sent(send(visitor, assessment, address), assessment, address, caplog.text)
    assert not server.taken


def test_an_address_that_mail_cannot_carry_is_no_error_either(
    visitor: Client, assessment: Assessment, server: MailServer
) -> None:
    status, page = send(visitor, assessment, f"ada@{'ü' * 60}.example")
    assert status in {422, 503}
    assert link_of(assessment) in page


def test_a_server_that_only_prints_its_mail_says_so(
    visitor: Client, assessment: Assessment, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAILERS = {"default": {"BACKEND": "advisor.mailing.PrintedMail"}}
    assert (
        "only prints the mail, link included"
        in visitor.get(f"/a/{assessment.public_id}/keep/").content.decode()
    )
    _, page = send(visitor, assessment)
    assert "This server sends no mail. The link was only printed for its operator" in page
    assert "on its way" not in page
    printed = capsys.readouterr().out
    assert f"To: {ADDRESS}" in printed
    assert link_of(assessment) in printed


def test_the_address_of_this_server_comes_from_the_settings(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://groundwork.example.com"
    send(visitor, assessment)
    assert f"https://groundwork.example.com{link_of(assessment)}" in mailoutbox[0].body


def test_a_foreign_host_name_gets_no_mail(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    assert send(visitor, assessment, HTTP_HOST="evil.example")[0] == 400
    assert not mailoutbox


def test_nobody_else_can_have_it_sent(
    client: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    assert send(client, assessment)[0] == 404
    assert not mailoutbox


def test_a_link_that_cannot_be_shown_is_not_sent(
    visitor: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    Assessment.objects.update(resume_digest="0" * 64)
    status, page = send(visitor, assessment)
    assert status == 303
    assert "Make a new link" in page
    assert 'name="email"' not in page
    assert not mailoutbox


def test_it_is_the_link_in_force_that_is_sent(
    visitor: Client, client: Client, assessment: Assessment, mailoutbox: list[EmailMessage]
) -> None:
    visitor.post(f"/a/{assessment.public_id}/keep/new/")
    send(visitor, assessment)
    found = re.search(r"http://testserver(/r/\S+)", mailoutbox[0].body)
    assert found is not None
    assert client.get(found[1]).status_code == 200
    replace_link(assessment=assessment)
    assert client.get(found[1]).status_code == 404


def test_reloading_the_page_with_a_mistake_leads_back(visitor: Client, assessment: Assessment) -> None:
    response = visitor.get(f"/a/{assessment.public_id}/keep/send/")
    assert response["Location"] == f"/a/{assessment.public_id}/keep/"
