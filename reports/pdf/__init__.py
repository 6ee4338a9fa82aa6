"""Makes a PDF of our own HTML, sealed off from everything; the only room that knows WeasyPrint.

``render`` is the door. Behind it a process waits with everything ready that does not change from report to report, and
forks a child for each PDF: with an empty environment, no network, no fonts but ours, and limits on time and memory.
Whatever happens in there, a hang or a crash, the asking process stays healthy and gets an exception with the reason.
"""

import contextlib
import fcntl
import logging
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from reports.pdf.asking import LOGO, Template
from reports.pdf.errors import PdfBusyError, PdfError
from reports.pdf.limits import LIBRARY_MISSING, Limits

__all__ = ["LOGO", "PdfBusyError", "PdfError", "place_in_queue", "render", "start"]

COMMAND: tuple[str, ...] = (sys.executable, "-m", "reports.pdf")
TEMPLATE = Template(COMMAND)
"""The one process of this web process that PDFs are forked from; it starts when it is first needed."""

LIMITS = Limits()
AT_ONCE = 2
QUEUE_SECONDS = 10.0

log = logging.getLogger("reports.pdf")


def start() -> None:
    """Have everything ready for the first PDF, without waiting for it."""
    TEMPLATE.start()


def render(
    html: str,
    *,
    attached: bytes = b"",
    logo: bytes = b"",
    limits: Limits | None = None,
    wait_seconds: float | None = None,
    places: int = AT_ONCE,
) -> bytes:
    """The PDF of this HTML. Raises PdfError, or PdfBusyError after waiting so long for a free place: QUEUE_SECONDS for None.

    ``attached`` is JSON that goes into the PDF as a file; ``logo`` is a PNG that the HTML shows by the address LOGO. One
    that can wait, or that anybody may ask for as often as they like, takes only the first place and leaves the other to those that somebody waits for. A process that crashes is started once more:
    it was seen to happen, too rarely to be traced to its cause.
    """
    with _counted(), place_in_queue(wait_seconds, places=places), _timed():
        return _made(html, attached, logo, limits or LIMITS)


@contextlib.contextmanager
def _counted() -> Iterator[None]:
    """Count what becomes of a PDF."""
    from advisor import metrics  # not above: the process that PDFs are forked from has no use for it

    result = "failed"
    try:
        yield
        result = "made"
    except PdfBusyError:
        result = "busy"
        raise
    finally:
        metrics.PDFS.labels(result).inc()


@contextlib.contextmanager
def _timed() -> Iterator[None]:
    from advisor import metrics

    with metrics.PDF_SECONDS.time():
        yield


def _made(html: str, attached: bytes, logo: bytes, limits: Limits) -> bytes:
    done = TEMPLATE.ask(html, attached, limits, logo)
    if done.code in (-signal.SIGSEGV, None):
        log.warning("The process for the PDF crashed and is started once more.")
        done = TEMPLATE.ask(html, attached, limits, logo)
    if done.code == LIBRARY_MISSING:
        raise PdfError(done.said)
    if done.code == -signal.SIGALRM:
        raise PdfError(f"no PDF after {limits.wall_seconds:g} seconds, so its process was ended")
    if done.code != 0 or not done.made.startswith(b"%PDF"):
        raise PdfError(
            f"the process for the PDF ended with code {done.code}: {done.said[-2000:] or 'no word'}"
        )
    if done.said:
        log.warning("A PDF was made, but: %s", done.said[-2000:])
    return done.made


@contextlib.contextmanager
def place_in_queue(wait_seconds: float | None = None, *, places: int = AT_ONCE) -> Iterator[None]:
    """One of the first ``places`` places, for all server processes of this machine together.

    A process that ends frees its place.
    """
    from django.conf import settings

    from advisor import metrics

    deadline = time.monotonic() + (QUEUE_SECONDS if wait_seconds is None else wait_seconds)
    with metrics.PDFS_WAITING.track_inprogress():
        while (held := _free_place(settings.DATA_DIR, places)) is None:
            if time.monotonic() >= deadline:
                raise PdfBusyError(f"{places} PDFs are being made already")
            time.sleep(0.02)
    with held:
        yield


def _free_place(folder: Path, places: int) -> IO[bytes] | None:
    for number in range(places, 0, -1):  # the first is the only one for those that can wait
        place = (folder / f"pdf-{number}.lock").open("wb")
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            place.close()
        else:
            return place
    return None
