"""Programs are told by signed messages that an assessment is complete; real ones, sent to a real server."""

import base64
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client as Browser
from django.utils import timezone

from assessments.answering import record_answer, widen
from assessments.models import Assessment, AuditEvent, Completion, Delivery, Membership, Webhook
from assessments.outgoing import RefusedAddressError, send, target_of
from assessments.waking import look
from assessments.webhooks import WAITS, _box, deliver_due, headers_for, tell_if_complete
from tests.assessments.conftest import Open
from tests.factories import ClientFactory, MembershipFactory, answered_like


@dataclass
class Tool:
    """A program at the other end: what came in, and what it answers."""

    url: str = ""
    status: int = 200
    location: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def tool() -> Iterator[Tool]:
    tool = Tool()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            tool.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(tool.status)
            if tool.location:
                self.send_header("Location", tool.location)
            self.end_headers()
            self.wfile.write(b"x" * 5_000)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tool.url = f"http://127.0.0.1:{server.server_port}/hook?from=groundwork"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield tool
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def inside(settings: Any) -> None:
    """As where the operator has named this machine, and plain HTTP is good enough."""
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_HTTP = ["127.0.0.1"], True


@pytest.fixture
def owner(db: None) -> Membership:
    return MembershipFactory(role="owner")


@pytest.fixture
def desk(owner: Membership) -> Browser:
    browser = Browser()
    browser.force_login(owner.user)
    return browser


@pytest.fixture
def place(owner: Membership) -> str:
    return f"/desk/{owner.workspace.public_id}/webhooks/"


@pytest.fixture
def secret(desk: Browser, place: str, tool: Tool) -> str:
    """An address that is told, and the secret that was shown."""
    html = desk.post(place, {"url": tool.url}).content.decode()
    return "whsec_" + html.partition('value="whsec_')[2].partition('"')[0].replace("&#x2B;", "+").replace(
        "&#x3D;", "="
    )


@pytest.fixture
def nearly(owner: Membership) -> Assessment:
    """An assessment of a client in which one question is open."""
    made = answered_like("tallis-software", "Tallis Software")
    Assessment.objects.filter(pk=made.pk).update(
        client=ClientFactory(workspace=owner.workspace, name="Tallis"), unit="Payments"
    )
    made.answers.filter(question="dv_ci").delete()
    made.refresh_from_db()
    return made


def finish(nearly: Assessment, browser_of: Open) -> None:
    browser_of(nearly).post(f"/a/{nearly.public_id}/q/dv_ci/", {"answer": "2", "note": "SECRET"})


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As the documentation says that a program checks it."""
    at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    return (
        headers_for(secret, headers["webhook-id"], at, body)["webhook-signature"]
        == headers["webhook-signature"]
    )


# --- Being told ------------------------------------------------------------------------------------------------------------


def test_the_last_answer_sends_a_signed_message_without_answers(
    secret: str, nearly: Assessment, browser_of: Open, tool: Tool
) -> None:
    finish(nearly, browser_of)
    assert tool.came == [], "it is stored first, and sent afterwards"
    assert deliver_due() == 1
    ((headers, body),) = tool.came
    assert verified(secret, headers, body)
    assert not verified(secret, headers, body + b" ")
    assert not verified("whsec_" + base64.b64encode(b"y" * 32).decode(), headers, body)
    told = json.loads(body)
    assert told["type"] == "assessment.completed"
    assert told["data"]["assessment"] == nearly.public_id
    assert told["data"]["client"]["name"] == "Tallis"
    assert "SECRET" not in body.decode()
    assert deliver_due() == 0


def test_the_signature_is_the_one_of_the_convention() -> None:
    """With the message and the secret that its reference implementations are tested with."""
    at = datetime.fromtimestamp(1614265330, UTC)
    made = headers_for(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}'
    )
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_is_told_once_and_again_after_a_question_was_open(
    secret: str, nearly: Assessment, browser_of: Open
) -> None:
    finish(nearly, browser_of)
    browser_of(nearly).post(f"/a/{nearly.public_id}/q/dv_cd/", {"answer": "4"})
    assert Delivery.objects.count() == 1
    nearly.answers.filter(question="dv_cd").delete()
    tell_if_complete(nearly)
    assert not Completion.objects.exists()
    record_answer(assessment=nearly, question="dv_cd", value=1)
    tell_if_complete(nearly)
    assert Delivery.objects.count() == 2


def test_the_sheet_the_interface_and_several_people_finish_it_too(
    secret: str, nearly: Assessment, browser_of: Open
) -> None:
    page = browser_of(nearly).get(f"/a/{nearly.public_id}/sheet/devops/").content.decode()
    assert "dv_ci-seen" in page
    browser_of(nearly).post(
        f"/a/{nearly.public_id}/sheet/devops/", {"dv_ci-answer": "2", "dv_ci-seen": "0", "page": "p" * 22}
    )
    assert Delivery.objects.count() == 1


def test_nobody_hears_of_an_assessment_of_others_or_of_nobody(
    secret: str, browser_of: Open, nearly: Assessment
) -> None:
    Assessment.objects.filter(pk=nearly.pk).update(client=ClientFactory())
    finish(nearly, browser_of)
    alone = answered_like("lumo", "Lumo")
    tell_if_complete(alone)
    assert not Delivery.objects.exists()


def test_a_quick_check_that_becomes_a_full_one_is_open_again(secret: str, owner: Membership) -> None:
    quick = answered_like("land-records", "Records")
    Assessment.objects.filter(pk=quick.pk).update(
        mode="quick", client=ClientFactory(workspace=owner.workspace)
    )
    quick.refresh_from_db()
    tell_if_complete(quick)
    assert Completion.objects.exists()
    widen(assessment=quick)
    tell_if_complete(quick)
    assert not Completion.objects.exists()


def test_what_is_undone_is_not_told(secret: str, nearly: Assessment) -> None:
    with transaction.atomic():
        record_answer(assessment=nearly, question="dv_ci", value=2)
        tell_if_complete(nearly)
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


# --- When it does not arrive -----------------------------------------------------------------------------------------------


def test_it_is_tried_for_more_than_a_day_and_then_given_up(
    secret: str, desk: Browser, place: str, tool: Tool
) -> None:
    tool.status = 500
    hook = Webhook.objects.get().public_id
    desk.post(f"{place}{hook}/test/")
    now = timezone.now()
    for wait in (*WAITS, timedelta(0)):
        deliver_due(now)
        assert deliver_due(now + wait - timedelta(seconds=1)) == 0
        now += wait
    assert len(tool.came) == len(WAITS) + 1
    assert len({headers["webhook-id"] for headers, _ in tool.came}) == 1, "every try has the same id"
    assert "given up after 6 tries: HTTP 500" in desk.get(place).content.decode()
    tool.status = 204
    delivery = Delivery.objects.get()
    assert desk.post(f"{place}{hook}/again/{delivery.pk}/").status_code == 303
    assert deliver_due() == 1
    assert "taken at the first try (HTTP 204)" in desk.get(place).content.decode()


def test_a_redirect_leads_nowhere(secret: str, desk: Browser, place: str, tool: Tool) -> None:
    tool.status, tool.location = 302, "http://127.0.0.1:1/elsewhere"
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    assert deliver_due() == 0
    assert Delivery.objects.get().said == "HTTP 302"


def test_nobody_answering_is_said(desk: Browser, place: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        desk.post(place, {"url": f"http://127.0.0.1:{taken.getsockname()[1]}/"})
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    assert deliver_due() == 0
    assert "refused" in Delivery.objects.get().said


def test_somebody_who_never_answers_is_not_waited_for(
    desk: Browser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.outgoing.TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        desk.post(place, {"url": f"http://127.0.0.1:{deaf.getsockname()[1]}/"})
        desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
        assert deliver_due() == 0
    assert "timed out" in Delivery.objects.get().said


def test_nor_is_somebody_who_answers_letter_by_letter(
    desk: Browser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each letter comes in time, and the whole answer never does."""
    monkeypatch.setattr("assessments.outgoing.IN_ALL", 0.3)
    enough = threading.Event()

    def dribble(server: socket.socket) -> None:
        with suppress(OSError), server.accept()[0] as one:
            one.sendall(b"HTTP/1.1 200 OK\r\n")
            while not enough.wait(0.02):
                one.sendall(b"X")

    with socket.create_server(("127.0.0.1", 0)) as slow:
        beside = threading.Thread(target=dribble, args=(slow,))
        beside.start()
        desk.post(place, {"url": f"http://127.0.0.1:{slow.getsockname()[1]}/"})
        desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
        begun = time.monotonic()
        assert deliver_due() == 0
        took = time.monotonic() - begun
        enough.set()
        beside.join()
    assert "timed out" in Delivery.objects.get().said
    assert took < 3


def test_an_address_that_takes_nothing_keeps_nobody_else_waiting(
    secret: str, desk: Browser, place: str, tool: Tool
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        desk.post(place, {"url": f"http://127.0.0.1:{taken.getsockname()[1]}/"})
    good, bad = Webhook.objects.order_by("pk")
    for _ in range(3):
        desk.post(f"{place}{bad.public_id}/test/")
    desk.post(f"{place}{good.public_id}/test/")
    assert deliver_due() == 1
    assert len(tool.came) == 1
    tried = bad.deliveries.values_list("tries", flat=True)
    assert sorted(tried) == [0, 0, 1], "what was not taken is not tried with the next message at once"


@pytest.mark.parametrize("name", ["tools..example.com", f"{'x' * 64}.example.com", ".example.com"])
def test_a_name_that_can_be_none_is_said_where_it_was_stored_already(
    secret: str, desk: Browser, place: str, name: str
) -> None:
    """Such a name once ended the thread that sends, for everybody on the server."""
    Webhook.objects.update(url=f"https://{name}/")
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    assert deliver_due() == 0
    assert "can be no name" in Delivery.objects.get().said


@pytest.mark.django_db(transaction=True)  # since looking closes connections
def test_whatever_goes_wrong_the_next_look_comes(
    secret: str, desk: Browser, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Here a secret that is none, as no form could store it."""
    Webhook.objects.update(secret=_box().encrypt(b"whsec_x").decode())
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    look()
    assert "Messages to programs went wrong" in caplog.text


def test_two_processes_send_it_once(secret: str, desk: Browser, place: str, tool: Tool) -> None:
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    seen = Delivery.objects.get()
    from assessments.webhooks import _claim

    assert [_claim(seen, timezone.now()) for _ in range(2)] == [True, False]


def test_what_waits_for_an_address_that_is_off_waits(
    secret: str, desk: Browser, place: str, tool: Tool
) -> None:
    hook = Webhook.objects.get().public_id
    desk.post(f"{place}{hook}/test/")
    desk.post(f"{place}{hook}/switch/", {"active": "0"})
    assert (deliver_due(), tool.came) == (0, [])
    desk.post(f"{place}{hook}/switch/", {"active": "1"})
    assert deliver_due() == 1


def test_a_replaced_key_is_said_and_nothing_is_sent(
    secret: str, desk: Browser, place: str, tool: Tool, settings: Any
) -> None:
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    settings.SECRET_KEY = "another key that is long enough to be taken for one, and more"
    assert (deliver_due(), tool.came) == (0, [])
    assert "remove this address and add it again" in Delivery.objects.get().said


def test_old_messages_are_forgotten(secret: str, desk: Browser, place: str, tool: Tool) -> None:
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    deliver_due()
    call_command("delete_expired", now=timezone.now() + timedelta(days=31), stdout=StringIO())
    assert not Delivery.objects.exists()


def test_the_command_sends_what_is_due(secret: str, desk: Browser, place: str, tool: Tool) -> None:
    desk.post(f"{place}{Webhook.objects.get().public_id}/test/")
    said = StringIO()
    call_command("deliver_webhooks", stdout=said)
    assert said.getvalue() == "Taken by the other side: 1.\n"


# --- Addresses -------------------------------------------------------------------------------------------------------------


def test_the_secret_is_shown_once_and_not_stored_as_it_is(secret: str, desk: Browser, place: str) -> None:
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret not in desk.get(place).content.decode()
    assert secret not in str(list(Webhook.objects.values()))
    assert AuditEvent.objects.filter(action="webhook.made").count() == 1


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "begins with https://"),
        ("ftp://example.com/", "begins with https://"),
        ("https://", "begins with https://"),
        ("https://ann:pw@example.com/", "Leave user and password out"),
        ("https://exa mple.com/", "a character that has no place"),
        ("https://example.com:99999/", "no address"),
        ("https://[::1", "no address"),
        ("https://example.com/" + "x" * 500, "520 characters"),
        ("https://tools..example.com/", "can be no name"),
        (f"https://{'x' * 64}.example.com/", "can be no name"),
    ],
)
def test_what_is_no_address_is_said(desk: Browser, place: str, url: str, says: str) -> None:
    answer = desk.post(place, {"url": url})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Webhook.objects.exists()


def test_plain_http_is_for_trying_out(settings: Any) -> None:
    settings.WEBHOOK_HTTP = False
    with pytest.raises(RefusedAddressError, match="begins with https"):
        target_of("http://example.com/")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.5", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104  nobody listens there
        "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]", "[fec0::1]", "[::7f00:1]",
        "[64:ff9b:1::a00:5]", "[::ffff:0:7f00:1]", "[::ffff:224.0.0.1]", "[2001:0:a00:5::1]",
    ],
)  # fmt: skip
def test_nothing_goes_into_our_own_network(host: str, settings: Any) -> None:
    settings.WEBHOOK_HOSTS = []
    with pytest.raises(RefusedAddressError, match="inside this server’s own network"):
        target_of(f"https://{host}/")


@pytest.mark.parametrize("name", ["localhost", "localhost.localdomain", "127.1", "2130706433", "0x7f.1"])
def test_nor_by_a_name_that_leads_there(name: str, settings: Any, tool: Tool) -> None:
    settings.WEBHOOK_HOSTS = []
    port = tool.url.split(":")[2].partition("/")[0]
    with pytest.raises((RefusedAddressError, OSError)):
        send(f"http://{name}:{port}/", b"{}", {})
    assert tool.came == []


def test_addresses_have_an_end_and_stand_once(secret: str, desk: Browser, place: str, tool: Tool) -> None:
    assert "told already" in desk.post(place, {"url": tool.url}).content.decode()
    for number in range(4):
        assert desk.post(place, {"url": f"https://example.com/{number}"}).status_code == 200
    assert "5 addresses already" in desk.post(place, {"url": "https://example.com/5"}).content.decode()
    hook = Webhook.objects.order_by("pk")[0]
    assert desk.post(f"{place}{hook.public_id}/remove/").status_code == 303
    assert Webhook.objects.count() == 4


def test_those_of_others_are_not_found(secret: str, place: str) -> None:
    other = MembershipFactory(role="owner")
    stranger = Browser()
    stranger.force_login(other.user)
    hook, theirs = Webhook.objects.get().public_id, f"/desk/{other.workspace.public_id}/webhooks/"
    for action in ("test/", "switch/", "remove/", "again/1/"):
        assert stranger.post(f"{theirs}{hook}/{action}").status_code == 404
        assert stranger.post(f"{place}{hook}/{action}").status_code == 404
