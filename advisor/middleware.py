"""What happens to every response: headers, compression where it is safe, and a page while nothing can be counted."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.views.defaults import page_not_found

from advisor.caches import CacheAwayError

HEADERS = {
    # No page uses these, so nothing that slips into one can.
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    # No other site may embed our images, scripts or answers.
    "Cross-Origin-Resource-Policy": "same-origin",
}

ELSEWHERE = (
    "GROUNDWORK_DEBUG is on, and shows source code and settings to whoever meets an error: "
    "so Groundwork answers this machine alone. Switch it off to serve others.\n"
)
COUNTS_AGAIN_SECONDS = 10
"""What somebody is told to wait who needs the cache while it does not answer."""

type View = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("advisor.caches")


def extra_headers(get_response: View) -> View:
    """Add HEADERS to every response that does not set its own, and let no cache keep an error: it may repeat a note."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response.headers.setdefault("Cache-Control", "private, no-store")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


class NoNul:
    """Find nothing where somebody names something with the character NUL in it.

    No name of ours holds one. SQLite looks and finds nothing; PostgreSQL takes it for a mistake of ours.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError) and "%00" in request.META.get("QUERY_STRING", ""):
            return page_not_found(request, exception)
        return None


def this_machine_only(get_response: View) -> View:
    """Refuse whoever is not on this machine, whatever host name they give: pages of errors show source code and settings."""

    def middleware(request: HttpRequest) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR", "")
        if address and not ip_address(address).is_loopback:
            return HttpResponseForbidden(ELSEWHERE, content_type="text/plain")
        return get_response(request)

    return middleware


class CompressedText(GZipMiddleware):
    """Send text compressed, except where its length could tell somebody what is in it.

    Whoever can make a browser open our pages and watch how long the answers are can guess a secret letter by letter, if
    something of their choosing stands on the same page: a right guess makes the page shorter (BREACH). All that a stranger
    can choose here is the query of an address, which pages repeat in their links and forms; a form is refused without its
    token. So a page with answers or a private link on it goes out as it is when its address has a query. Against what
    nobody thought of, Django adds up to a hundred random bytes, and writes each form's token anew every time.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        text = response.headers.get("Content-Type", "").startswith(("text/", "application/json"))
        if not text or (_private(response) and request.META.get("QUERY_STRING")):
            return response
        return super().process_response(request, response)


def _private(response: HttpResponseBase) -> bool:
    return "no-store" in response.headers.get("Cache-Control", "")


class WhileCacheIsAway:
    """What only goes on with counted tries waits until they can be counted again; the rest of the site does not notice."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, CacheAwayError):
            return None
        log.error("The cache in CACHE_URL does not answer, so nothing can be counted: %s", exception)
        response = render(request, "cache_away.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(COUNTS_AGAIN_SECONDS)
        return response
