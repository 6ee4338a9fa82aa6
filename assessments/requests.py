"""What is noted of every request: an id, by which its lines in the log are found, one line that it was answered, and a count."""

import logging
import re
import secrets
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

from advisor import logs, metrics
from assessments.http import coarse, network_of

HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_NEWS = 204
"""What screens hear every two seconds while nothing is new: counted, and not worth a line."""

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")

log = logging.getLogger("groundwork.requests")

coarse_of = lru_cache(1024)(coarse)


def note_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request an id, send it back with the answer, and tell and count how it was answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        request.request_id = given = id_of(request)  # type: ignore[attr-defined]
        token = logs.REQUEST.set({"request_id": given})
        try:
            response = get_response(request)
            response.headers[HEADER] = given
            _note(request, response.status_code, time.perf_counter() - begun)
        finally:
            logs.REQUEST.reset(token)
        return response

    return middleware


def id_of(request: HttpRequest) -> str:
    """What the proxy calls this request, where there is a proxy of ours and the name is a plain word; else a new one."""
    named = request.META.get("HTTP_X_REQUEST_ID", "") if settings.PROXY_HOPS else ""
    return named if _WELL_FORMED.fullmatch(named) else secrets.token_hex(8)


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    view, method = view_of(request), request.method if request.method in METHODS else "other"
    metrics.REQUESTS.labels(view, method, str(status)).inc()
    metrics.REQUEST_SECONDS.labels(view).observe(seconds)
    if status == NO_NEWS or getattr(request, "is_probe", False) or not log.isEnabledFor(logging.INFO):
        return
    about = {
        "method": method,
        # and never the query, where what was typed may stand
        "path": logs.masked(request.path)[: logs.LONGEST],
        "view": view,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "network": coarse_of(network_of(request)),
    }
    log.info("answered", extra={logs.EXTRA: about})


def view_of(request: HttpRequest) -> str:
    """The name of the page, which stands for all addresses of its kind."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    if getattr(request, "is_probe", False):
        return "probe"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


# --- What the database refused ------------------------------------------------------------------------------------------


def count_database_errors() -> None:
    """Count statements that fail from now on, and connections that cannot be made for a request."""
    connection_created.connect(_watch, dispatch_uid="groundwork.database_errors")
    got_request_exception.connect(_unhandled, dispatch_uid="groundwork.database_errors")


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _counted not in connection.execute_wrappers:
        connection.execute_wrappers.append(_counted)


def _counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        metrics.count_database_error(error)
        raise


def _unhandled(**_: Any) -> None:
    metrics.count_database_error(sys.exception())
