"""A form whose protection has expired: what was typed is shown again, ready to be sent once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

FIELDS = (
    "answer",
    "number",
    "na_reason",
    "note",
    "leave",
    "scope",
    "organisation",
    "decision",
    "stated",
    "mode",
)
"""The fields of our forms; nothing else that was sent is repeated."""


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django passes it
    """Django's CSRF_FAILURE_VIEW. Only a form that this site has sent is offered again."""
    fields = _typed(request) if _from_here(request) else []
    page = {"fields": fields, "note": dict(fields).get("note", ""), "action": request.get_full_path()}
    if not HtmxDetails(request):
        return render(request, "403_csrf.html", page, status=403)
    response = render(request, "403_csrf.html", page, status=409)
    response["HX-Reselect"], response["HX-Push-Url"] = "main > *", "false"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name in FIELDS for value in request.POST.getlist(name) if value]


def _from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
