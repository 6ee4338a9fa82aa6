"""What browsers kept a page of ours from doing: each report is one line in the log, and nothing is stored.

Whoever finds such a line has found a mistake of ours, a browser's extension, or somebody's attempt. The address is open to
everybody, as browsers send no cookie and no token along; so little is read, and little is written for each network.
"""

import json
import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from assessments import throttle
from assessments.http import network_of

LARGEST = 8 * 1024
"""Bytes of a report."""
FROM_ONE = 20
"""Lines an hour from one network."""
FROM_ALL = 200
"""And from all of them."""
LONGEST = 200
"""Characters of each part."""
KINDS = ("application/csp-report", "application/reports+json", "application/json")
NAMES = {
    "page": ("document-uri", "documentURL"),
    "rule": ("effective-directive", "effectiveDirective", "violated-directive"),
    "blocked": ("blocked-uri", "blockedURL"),
    "script": ("source-file", "sourceFile"),
    "at": ("line-number", "lineNumber"),
}
"""What is written of a report, and what browsers call it."""

log = logging.getLogger("assessments.violations")


@csrf_exempt  # a browser sends it by itself, without the token of any form; all it does is one line in the log
@require_POST
def violations(request: HttpRequest) -> HttpResponse:
    """Take a report, and answer nothing in any case: nobody reads it."""
    nothing = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.content_type not in KINDS or not 0 < _length(request) <= LARGEST:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    try:
        throttle.check_in("violations from", network_of(request), most=FROM_ONE)
        throttle.check_in("violations", "everybody", most=FROM_ALL)
    except throttle.TooOftenError:
        return nothing
    if report := _report(request.read(LARGEST)):
        log.warning("A browser kept a page from something: %s", json.dumps(report))
    return nothing


def _length(request: HttpRequest) -> int:
    given = request.headers.get("Content-Length", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _report(body: bytes) -> dict[str, str]:
    """What is written of it; nothing of what is no report. Both forms are read: the old one, and the list of the new one."""
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if isinstance(said, list) and said:
        said = said[0]
    if isinstance(said, dict):
        said = said.get("csp-report") or said.get("body")
    if not isinstance(said, dict):
        return {}
    return {
        name: _plain(value)
        for name, called in NAMES.items()
        if (value := next((said[each] for each in called if said.get(each)), None)) is not None
    }


def _plain(value: object) -> str:
    """An address without what stands behind the ``?``, which may be personal; anything else as it is, and not all of it."""
    if not isinstance(value, str | int):
        return ""
    text = str(value)
    try:
        found = urlsplit(text)
    except ValueError:
        return text[:LONGEST]
    return found._replace(query="", fragment="", netloc=found.netloc.rpartition("@")[2]).geturl()[:LONGEST]
