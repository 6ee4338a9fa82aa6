"""Response headers that Django has no setting for."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

HEADERS = {
    # No page uses these, so nothing that slips into one can.
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    # No other site may embed our images, scripts or answers.
    "Cross-Origin-Resource-Policy": "same-origin",
}

type View = Callable[[HttpRequest], HttpResponse]


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
