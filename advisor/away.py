"""What is said while nothing can be read or stored, since the database or the disk is away: a page of its own, and no trace."""

import errno
import logging
import sqlite3
import threading
from collections.abc import Callable
from http import HTTPStatus

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views import defaults

from advisor import metrics

RETRY_SECONDS = 3
"""Of one that comes back; what has to be mended takes longer, and asking again costs little."""

WAITING = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL,  # somebody else holds the lock
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,  # the disk
    sqlite3.SQLITE_NOMEM,
})  # fmt: skip
"""What SQLite says of its surroundings. A table that is not there is an OperationalError too, and a mistake of ours."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PROGRAMS = "/api/"
HEALTH = frozenset({"/livez", "/readyz"})
"""Where somebody asks how the server is, and has to hear more than this."""

log = logging.getLogger("advisor.away")


def reason(error: BaseException | None) -> str:
    """Why nothing can be read or stored, in the words of the database or the system; empty for any other mistake.

    What was raised only because of such an error counts as well: a session that could not be written is called interrupted.
    """
    for _ in range(6):
        if error is None:
            break
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return str(error)
        if isinstance(error, OperationalError | InterfaceError) and _passes(error.__cause__):
            return " ".join(str(error).split()) or type(error).__name__
        error = error.__cause__ or error.__context__
    return ""


def remedy(error: DatabaseError) -> str:
    """What whoever has called a command can do; empty where it is a mistake of ours, which needs its trace."""
    settings = connection.settings_dict
    where = f"{settings['NAME']} at {settings['HOST']}" if settings["HOST"] else settings["NAME"]
    here = (
        "If you meant another one: commands read DATABASE_URL and GROUNDWORK_DATA from the environment and no file, "
        "so `set -a; . ./.env; set +a` comes first."
    )
    if _lacks(error.__cause__):
        return f"The database {where} has no tables yet, or older ones than this code needs: run manage.py migrate. {here}"
    if why := reason(error):
        return f"The database {where} does not answer, or cannot be written: {why}. {here}"
    return ""


def _lacks(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return str(cause).startswith(("no such table", "no such column"))
    return isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn)


def _passes(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in WAITING
    return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)


def away(request: HttpRequest, why: str) -> HttpResponse:
    """The answer to whoever asks meanwhile: what was sent is offered once more, unless a page sent it by itself."""
    log.error("Nothing can be read or stored, so %s %s was put off: %s", request.method, request.path, why)
    return put_off(request)


def put_off(request: HttpRequest) -> HttpResponse:
    """The same without a word in the log."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response: HttpResponse
    if request.path.startswith(PROGRAMS):
        says = gettext("Nothing can be read or stored right now. Try again in a moment.")
        response = JsonResponse({"problems": [{"where": "", "says": says}]}, status=status)
    elif "HX-Request" in request.headers:  # the page that is there says so, and shows nothing of this
        response = HttpResponse(status=status, content_type="text/plain")
    else:
        response = render(request, "503.html", status=status)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class _Trial:
    """While the database is away one request at a time finds out whether it is back, and the others are put off at once.

    Otherwise all threads would stand waiting for it, and nobody could be told anything.
    """

    def __init__(self) -> None:
        self.away = False
        self.one = threading.Lock()


class WhileAway:
    """Turn what a view meets with into the page above, and keep threads free while it lasts.

    Reading and writing are told apart: while somebody holds SQLite's lock everything can be read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trials = {True: _Trial(), False: _Trial()}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        trial = self._trial(request)
        if not trial.away or request.path in HEALTH:
            return self.get_response(request)
        if not trial.one.acquire(blocking=False):
            return put_off(request)
        try:
            response = self.get_response(request)
            if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE and connection.connection is not None:
                trial.away = False
            return response
        finally:
            trial.one.release()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if why := reason(exception):
            metrics.count_database_error(exception)  # Django tells nobody of what was answered here
            self._trial(request).away = True
            return away(request, why)
        return None

    def _trial(self, request: HttpRequest) -> _Trial:
        return self.trials[request.method in SAFE]


# --- What no view has met with: sessions are written when it is through ---------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's handler400."""
    if why := reason(exception):
        return away(request, why)
    return defaults.bad_request(request, exception)
