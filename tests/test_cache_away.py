"""While the cache in which tries are counted is away: nobody gets in uncounted, and nobody else notices (F-19)."""

import sys
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from advisor.caches import cache_from
from assessments.accounts.models import User
from assessments.models import Answer, Assessment, AuditEvent, Participant, ShareLink, Vote
from assessments.workshop.joining import join_link
from reports import pdf
from reports.pdf.asking import Template
from tests.accounts.conftest import ann, is_signed_in, sign_in, signed
from tests.assessments.conftest import assessment, browser_of, visitor
from tests.assessments.sharing.conftest import desk, owner, tallis
from tests.assessments.sharing.test_share import PASSPHRASE, share
from tests.assessments.workshop.conftest import open_a_room
from tests.factories import MembershipFactory
from tests.redis import REMEDY, Server, find_redis, running_redis
from tests.reports.api.test_api import program
from tests.reports.test_pdf_views import ECHO, processes_end

__all__ = ["ann", "assessment", "browser_of", "desk", "owner", "processes_end", "signed", "tallis", "visitor"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(find_redis() is None, reason=f"no Redis: {REMEDY}"),
]


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """A Redis of its own, since it is stopped on the way."""
    with running_redis() as started:
        settings.CACHES = settings.CACHES | {"default": cache_from(started.url)}
        settings.COUNTED_IN_CACHE = True
        yield started


def said_to_wait(answer: HttpResponse) -> bool:
    """The page of its own, with a time."""
    text = answer.content.decode()
    return (
        answer.status_code == 503
        and answer["Retry-After"] == "10"
        and "That has to wait a moment" in text
        and "no-store" in answer["Cache-Control"]
    )


def test_signing_in_waits_and_then_goes_on(
    client: Client, ann: User, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.stop()
    assert client.get("/account/login/").status_code == 200
    assert said_to_wait(sign_in(client))
    assert said_to_wait(sign_in(client, password="wrong all the same"))
    assert not is_signed_in(client)
    assert "does not answer" in caplog.text
    server.start()
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


def test_whoever_is_signed_in_goes_on(signed: Client, server: Server) -> None:
    server.stop()
    assert is_signed_in(signed)
    assert signed.get("/account/delete/").status_code in {200, 302}
    assert signed.post("/account/logout/").status_code == 302


def test_a_room_opens_to_the_qr_code_and_not_to_codes_that_may_be_guessed(server: Server) -> None:
    room = open_a_room()
    server.stop()
    for code in ("AEIO00", room.workshop.code):
        assert said_to_wait(Client().post("/join/", {"code": code}))
    phone = Client()
    assert phone.post(join_link(room.workshop)).status_code == 303
    assert Participant.objects.count() == 1


def test_votes_are_counted(server: Server) -> None:
    room = open_a_room()
    phone = Client()
    assert phone.post(join_link(room.workshop)).status_code == 303
    room.lead_to("open")
    server.stop()
    answer = phone.post(f"/w/{room.workshop.public_id}/vote/", {"round": room.round.pk, "answer": "2"})
    assert answer.status_code == 303
    assert Vote.objects.count() == 1


def test_answers_are_saved_and_results_are_read(
    visitor: Client, assessment: Assessment, server: Server
) -> None:
    server.stop()
    question = f"/a/{assessment.public_id}/q/dv_ci/"
    assert visitor.get(question).status_code == 200
    assert visitor.post(question, {"answer": "3"}).status_code == 303
    assert Answer.objects.get().value == 3
    for page in ("", "keep/", "review/"):
        assert visitor.get(f"/a/{assessment.public_id}/{page}", follow=True).status_code == 200
    assert said_to_wait(
        visitor.post(f"/a/{assessment.public_id}/keep/send/", {"email": "ada@example.com"})
    ), "or strangers could be written to without end"


def test_an_assessment_is_begun_and_a_report_is_put_on_paper(
    client: Client, tallis: Assessment, desk: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", ECHO)))
    server.stop()
    assert client.post("/start/", {"mode": "quick"}).status_code == 303
    assert desk.get(f"/a/{tallis.public_id}/result.pdf").content.startswith(b"%PDF-")


def test_passphrases_wait_and_readers_who_are_in_read_on(
    desk: Client, tallis: Assessment, server: Server
) -> None:
    link, inside = share(desk, tallis, passphrase=PASSPHRASE), Client()
    assert inside.post(link, {"passphrase": PASSPHRASE}).status_code == 303
    server.stop()
    assert said_to_wait(Client().post(link, {"passphrase": PASSPHRASE}))
    report = f"/shared/{ShareLink.objects.get().public_id}/"
    assert inside.get(report).status_code == 200


def test_programs_with_a_key_go_on(tallis: Assessment, server: Server) -> None:
    assert tallis.client is not None
    tool = program(tallis.client.workspace)
    server.stop()
    assert tool.ask("GET", f"/assessments/{tallis.public_id}")[0] == 200
    tool.secret = "gw_" + "x" * 43
    assert tool.ask("GET", f"/assessments/{tallis.public_id}")[0] == 401


def test_who_is_refused_a_page_is_noted_all_the_same(tallis: Assessment, server: Server) -> None:
    assert tallis.client is not None
    workspace, browser = tallis.client.workspace, Client()
    browser.force_login(MembershipFactory(workspace=workspace, role="viewer").user)
    server.stop()
    assert browser.get(f"/desk/{workspace.public_id}/trail/").status_code in {403, 404}
    assert AuditEvent.objects.filter(action="access.refused").count() == 1


def test_a_server_that_was_started_again_is_no_error_for_anybody(server: Server) -> None:
    cache.set("before", 1)
    server.stop()
    server.start()
    assert cache.get("before") is None, "it forgets, and the connection that was kept is replaced"
