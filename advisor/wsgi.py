"""The entry point for a WSGI server; `manage.py serve` uses it."""

import gc
import os
import re
import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")

_django = get_wsgi_application()

# By its own measure Python looks for cycles in the midst of answers, which made the slowest of twenty a tenth slower. What
# is loaded once need not be looked through, and fifty thousand objects are some megabytes.
gc.freeze()
gc.set_threshold(50_000, 20, 100)

_CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


READERS = min(8, 2 * (os.cpu_count() or 1) + 1) - 1
"""Bodies that may be on their way in at once in one server process: one fewer than it has threads, see ``serve``.

A form arrives in one piece, or nearly so, but somebody may send it letter by letter, and each such body keeps a thread
waiting for as long as they like. This way there is always one left for whoever wants to see a page.
"""
SMALL = 512 * 1024
"""Bytes of a body that is read before anything is done with it; forms are smaller, only files are larger."""

PATIENCE = 0.1
"""Seconds that one more waits for another to be read: many that come at once are read within a few milliseconds."""

_reading = threading.BoundedSemaphore(READERS)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django's application, which would decode a form in whatever character set a client names; ours are all UTF-8."""
    environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    length = _length(environ)
    if not length:
        return _answered(environ, start_response)
    if not _reading.acquire(timeout=PATIENCE):
        start_response("503 Service Unavailable", [("Content-Type", "text/plain"), ("Retry-After", "2")])
        return [b"Too many forms are on their way in. Send it again in a moment.\n"]
    try:
        if length > SMALL:
            return _answered(environ, start_response)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length))
    finally:
        _reading.release()
    return _answered(environ, start_response)


def _answered(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django's answer. A kind of body that it cannot even make a request of reaches no middleware, and is refused here."""
    try:
        return _django(environ, start_response)
    except BadRequest:
        start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
        return [b"This is no request that can be read.\n"]


def _length(environ: dict[str, Any]) -> int:
    given = environ.get("CONTENT_LENGTH") or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0
