"""A form that cannot be accepted any more: what was typed is shown again, ready to be sent once more."""

import re
from collections.abc import Iterable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from assessments.access import SESSION_KEY

FIELDS = (
    "answer",
    "number",
    "na_reason",
    "note",
    "page",
    "seen",
    "leave",
    "scope",
    "organisation",
    "decision",
    "stated",
    "mode",
    "email",
    "client",
    "unit",
    "who",
)
"""The fields of our forms; nothing else that was sent is repeated."""

OF_ONE_QUESTION = re.compile(r"[a-z0-9_]{1,40}-(answer|number|na_reason|note|seen)")
"""The fields of one question among several."""

WORDS = re.compile(r"scope|organisation|decision|([a-z0-9_]{1,40}-)?(number|na_reason|note)")
"""The fields in which somebody has typed something."""


SECRETS = re.compile(r"pass|code|credential|secret|token", re.IGNORECASE)
"""Names of fields that are never repeated on a page."""


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django passes it
    """Django's CSRF_FAILURE_VIEW. Only a form that this site has sent is offered again."""
    here = _from_here(request)
    return ask_again(request, offer=here, locked_out=here and _knows_nothing_of(request))


def ask_again(request: HttpRequest, *, offer: bool = True, locked_out: bool = False) -> HttpResponse:
    """The form's contents and a button to send them; ``locked_out`` asks for the private link as well.

    What a page sends by itself while somebody types is only refused: the page says so, and what was typed is still there.
    """
    if "auto" in request.POST:
        return HttpResponse(status=403)
    fields = _typed(request) if offer else []
    page = {
        "fields": fields,
        "note": dict(fields).get("note", ""),
        "words": _words_in(each for each in fields if each[0] != "note") if locked_out else "",
        "one_answer": _answers_one_question(request),
        "action": request.get_full_path(),
        "locked_out": locked_out,
        "refused": locked_out and bool(request.POST.get("link")),
    }
    if not HtmxDetails(request):
        return render(request, "403_csrf.html", page, status=403)
    response = render(request, "403_csrf.html", page, status=409)
    response["HX-Reselect"], response["HX-Push-Url"] = "main > *", "false"
    return response


def _knows_nothing_of(request: HttpRequest) -> bool:
    """Whether this is about an assessment that the browser's session does not hold: it was lost with the rest."""
    public_id = request.resolver_match.kwargs.get("public_id") if request.resolver_match else None
    return public_id is not None and public_id not in request.session.get(SESSION_KEY, {})


def words_of(request: HttpRequest) -> str:
    """All that somebody typed into a form that leads nowhere, to be copied; what another site sent is not repeated."""
    if request.method != "POST" or ("Origin" in request.headers and not _from_here(request)):
        return ""
    try:
        return _words_in(_typed(request))
    except (BadRequest, SuspiciousOperation):  # no form of ours, and nobody has read it before
        return ""


def to_send_again(request: HttpRequest) -> list[tuple[str, str]]:
    """All fields of a form that could not be taken just now, to be sent once more; none of one with a secret or a file."""
    if request.method != "POST" or not _from_here(request):
        return []
    try:
        if request.FILES:
            return []
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except (BadRequest, SuspiciousOperation, OSError):
        return []
    fields = [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
    return [] if any(SECRETS.search(name) for name, _ in fields) else fields


def _words_in(fields: Iterable[tuple[str, str]]) -> str:
    return "\n\n".join(value for name, value in fields if WORDS.fullmatch(name))


def _answers_one_question(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.url_name == "question")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    names = (each for each in request.POST if each in FIELDS or OF_ONE_QUESTION.fullmatch(each))
    return [(name, value) for name in names for value in request.POST.getlist(name) if value]


def _from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
