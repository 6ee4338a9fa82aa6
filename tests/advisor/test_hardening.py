"""What strangers may send: character sets, files and links, and what is never kept of them."""

import importlib
import logging
import os
import stat
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory

from advisor.logs import MaskPrivateLinks
from advisor.middleware import this_machine_only

TOKEN = "HLv16v3eabcdefghijklmnopqrstuvwxyz0123456_-"


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def application(settings: Any, tmp_path: Path) -> Any:
    """The entry point as a server calls it."""
    settings.STATIC_ROOT = tmp_path
    return importlib.import_module("advisor.wsgi").application


def answer(application: Any, **environ: Any) -> str:
    """The status with which the WSGI application answers."""
    seen: list[str] = []
    base = RequestFactory()._base_environ(**{"HTTP_HOST": "localhost", "wsgi.input": BytesIO(b"")} | environ)
    body = application(base, lambda status, *_: seen.append(status))
    list(body)
    getattr(body, "close", lambda: None)()
    return seen[0]


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["rot13", "zlib", "idna", "unicode_escape", "nonsense"])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_no_client_chooses_how_a_form_is_decoded(application: Any, kind: str, charset: str) -> None:
    assert (
        answer(
            application, CONTENT_TYPE=f"{kind}; charset={charset}", QUERY_STRING="a=1", PATH_INFO="/privacy/"
        )
        == "200 OK"
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/privacy/", "/static/css/tokens.css", "/api/v1/clients", "/livez"])
def test_a_kind_of_body_that_cannot_be_read_is_refused_and_breaks_nothing(
    application: Any, method: str, path: str
) -> None:
    """Django refuses it before any part of ours is asked, and leaves it to the server, which would print a trace."""
    kind = "multipart/form-data; boundary=" + "a" * 60_000
    assert answer(application, CONTENT_TYPE=kind, REQUEST_METHOD=method, PATH_INFO=path) == "400 Bad Request"


def test_a_file_is_refused_before_it_is_read(rf: RequestFactory) -> None:
    file = SimpleUploadedFile("large.bin", b"x" * 1_000_000)
    request = rf.post("/start/", {"mode": "quick", "file": file})
    assert request.POST["mode"] == "quick"
    assert not request.FILES


@pytest.mark.parametrize("place", ["/r/", "/hand-over/"])
def test_private_links_are_masked_in_the_log(place: str) -> None:
    said = (f"{place}{TOKEN}",)
    record = logging.LogRecord("django", logging.WARNING, "x", 1, "Forbidden: %s", said, None)
    assert MaskPrivateLinks().filter(record)
    assert record.getMessage() == f"Forbidden: {place}..."
    for before, secret, after in (
        ("/invitation/", TOKEN, ""),
        ("/s/", TOKEN, "/"),
        ("/account/password/reset/key/1a/", "cx3k2l-0123456789abcdef", "/"),
        ("/account/confirm-email/", "MQ:1vOx:abc-DEF_1", "/"),
    ):
        address = f"{before}{secret}{after}"
        record = logging.LogRecord("django", logging.WARNING, "x", 1, "Forbidden: %s", (address,), None)
        assert MaskPrivateLinks().filter(record)
        assert record.getMessage() == f"Forbidden: {before}...{after}"
    handlers = settings.LOGGING["handlers"]["console"]
    assert handlers["filters"] == ["private_links"]


@pytest.mark.django_db
def test_no_cache_keeps_an_error(client: Client) -> None:
    assert client.get("/nowhere/").headers["Cache-Control"] == "private, no-store"


def test_the_data_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "new"
    environ = {**os.environ, "GROUNDWORK_DATA": str(data)}
    subprocess.run([sys.executable, "-c", "import advisor.settings"], cwd=ROOT, env=environ, check=True)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("::1", 200),
        ("", 200),
        ("192.168.1.7", 403),
        ("203.0.113.7", 403),
        ("fe80::1", 403),
    ],
)
def test_pages_that_show_source_code_are_for_this_machine_alone(
    rf: RequestFactory, address: str, status: int
) -> None:
    answered = this_machine_only(lambda _: HttpResponse())
    request = rf.get("/", REMOTE_ADDR=address, HTTP_HOST="localhost")
    assert answered(request).status_code == status


@pytest.mark.parametrize("debug", ["0", "1"])
def test_that_holds_where_debugging_is_on(tmp_path: Path, debug: str) -> None:
    environ = {**os.environ, "GROUNDWORK_DATA": str(tmp_path), "GROUNDWORK_DEBUG": debug}
    code = (
        "from advisor import settings; print('advisor.middleware.this_machine_only' in settings.MIDDLEWARE)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == str(debug == "1")
