"""What goes over the wire: little, compressed where that is safe, and as it is where it is not."""

from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from playwright.sync_api import Browser

from advisor.middleware import CompressedText
from tests.bench.server import running_server
from tests.bench.transfer import MOST_FIRST, MOST_STEP, first_visit, largest_step

WORDS = "<p>The same words again and again.</p>" * 50

# --- The real server, as a browser sees it ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with running_server() as found:
        yield found


@pytest.mark.long
def test_the_first_visit_is_light_and_fetches_only_from_here(browser: Browser, address: str) -> None:
    fetched = first_visit(browser, address)
    assert sum(fetched.values()) <= MOST_FIRST, fetched
    assert any(url.endswith(".woff2") for url in fetched)
    assert all(url.startswith(address) for url in fetched)


@pytest.mark.long
def test_a_later_step_is_lighter_still(browser: Browser, address: str) -> None:
    assert 500 < largest_step(browser, address, steps=2) <= MOST_STEP


@pytest.mark.long
@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("path", ["/", "/method/", "/sample/", "/sample/?day_rate=800"])
def test_a_page_for_everybody_is_compressed(address: str, path: str) -> None:
    with urlopen(Request(address + path, headers={"Accept-Encoding": "gzip"})) as page:  # noqa: S310  # our own server
        assert page.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in page.headers["Vary"]


# --- What is compressed ---------------------------------------------------------------------------------------------------


def test_a_private_page_is_compressed_when_nobody_else_can_put_words_on_it() -> None:
    assert sent("/a/x/keep/", cache="private, no-store").headers["Content-Encoding"] == "gzip"


def test_a_private_page_whose_address_has_a_query_goes_out_as_it_is() -> None:
    page = sent("/a/x/keep/?guess=/r/abc", cache="private, no-store")
    assert "Content-Encoding" not in page.headers
    assert page.content.decode() == WORDS


def test_a_page_for_everybody_is_compressed_with_a_query_too() -> None:
    assert sent("/sample/?day_rate=800").headers["Content-Encoding"] == "gzip"


def test_the_same_private_page_never_has_the_same_length_for_long() -> None:
    lengths = {len(sent("/a/x/keep/", cache="private, no-store").content) for _ in range(60)}
    assert len(lengths) > 5


def test_a_pdf_is_not_compressed_once_more() -> None:
    assert "Content-Encoding" not in sent("/x.pdf", kind="application/pdf").headers


def test_who_cannot_unpack_gets_the_plain_page() -> None:
    assert sent("/", accepted="br").content.decode() == WORDS


def sent(
    path: str, *, cache: str = "", kind: str = "text/html; charset=utf-8", accepted: str = "gzip"
) -> HttpResponse:
    """A response to this address, as it leaves the middleware."""

    def view(_: HttpRequest) -> HttpResponseBase:
        return HttpResponse(WORDS, content_type=kind, headers={"Cache-Control": cache} if cache else None)

    response = CompressedText(view)(RequestFactory().get(path, headers={"Accept-Encoding": accepted}))
    assert isinstance(response, HttpResponse)
    return response
