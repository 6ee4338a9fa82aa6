"""Keeps the PDF of each report as it reads right now, so that none is made twice, and makes it ahead of the click."""

import contextlib
import fcntl
import hashlib
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import IntegrityError, connections
from django.utils import timezone, translation

from advisor.away import reason
from assessments.access import Assessment
from reports import pdf
from reports.allowance import Allowance, counted
from reports.checks import missing_libraries
from reports.exports.json import to_json
from reports.models import MadePdf
from reports.pdf import PdfBusyError, PdfError
from reports.printing import Size, paper
from reports.telling import Report

KEPT = timedelta(days=1)
"""For so long; it is made again in two seconds."""

MOST_WAITING = min(8, 2 * (os.cpu_count() or 1) + 1) - 1
"""People who may wait for a PDF in one server process: one fewer than it has threads, see ``serve``, so that whoever wants
another page finds one. More are told at once to come back."""

log = logging.getLogger("reports.pdf")


def pdf_for(
    assessment: Assessment,
    report: Report,
    size: Size = "a4",
    *,
    allowance: Allowance | None = None,
    unhurried: bool = False,
    placed: bool = False,
) -> bytes:
    """The report of this assessment on paper: the kept one where it still says the same. Raises PdfError, and TooOftenError
    where ``allowance`` is used up and it has to be made.

    Whoever asks while it is being made, by whichever server process, waits for that one, and as long as for a free place;
    one that is ``unhurried`` waits for neither. ``placed`` says that whoever asks is in line already, see ``in_line``. One that could not be made is not tried again at once. ``report`` must hold
    nothing that was only typed for looking.
    """
    with WORKING_OUT:
        html, data = paper(report.page, size), to_json(report)
    digest = digest_of(html, data, report.logo)
    place = {"assessment_id": assessment.pk, "paper": size, "language": translation.get_language() or ""}
    if kept := _kept(digest, **place):
        return kept
    FAILURES.raise_again(digest)
    wait = 0.0 if unhurried else pdf.QUEUE_SECONDS
    with contextlib.nullcontext() if unhurried or placed else waiting(), _alone(digest, wait):
        if kept := _kept(digest, **place):
            return kept
        FAILURES.raise_again(digest)  # of the one that was waited for
        try:
            places = 1 if unhurried else pdf.AT_ONCE
            with counted(allowance):
                made = pdf.render(html, attached=data, logo=report.logo, wait_seconds=wait, places=places)
        except PdfError as reason:
            FAILURES.note(digest, reason)
            raise
        _keep(MadePdf(digest=digest, content=made, **place))
    return made


def kept_pdf(assessment: Assessment, report: Report, size: Size = "a4") -> bytes | None:
    """The kept one where it still says the same; None where it has to be made. One query."""
    digest = digest_of(paper(report.page, size), to_json(report), report.logo)
    return _kept(digest, assessment_id=assessment.pk, paper=size, language=translation.get_language() or "")


@contextlib.contextmanager
def waiting() -> Iterator[None]:
    """While somebody waits for a PDF. Raises PdfBusyError at once where as many do as may."""
    if not WAITING.acquire(blocking=False):
        raise PdfBusyError(f"{MOST_WAITING} people wait for a PDF already")
    try:
        yield
    finally:
        WAITING.release()


@contextlib.contextmanager
def in_line(assessment: Assessment, size: Size = "a4", *, typed: bool = False) -> Iterator[bool]:
    """While somebody waits for a PDF, from the first thing that is worked out for it; yields whether they have a place.

    To know that a kept one still says the same takes a tenth of a second, and a hundred people who ask at once would take
    all of it from those who want another page. So where nothing is kept that may do, one needs a place before anything
    is worked out, and PdfBusyError is raised at once where there is none. ``typed`` says that amounts were typed, for which
    nothing is kept.
    """
    place = {"assessment_id": assessment.pk, "paper": size, "language": translation.get_language() or ""}
    if not typed and MadePdf.objects.filter(**place).exists():
        yield False
        return
    with waiting():
        yield True


def digest_of(html: str, data: bytes, logo: bytes = b"") -> str:
    """Names a PDF by all that it is made of: what it says, and what makes it."""
    return hashlib.sha256(b"\0".join((_maker(), data, logo, html.encode()))).hexdigest()


@cache
def _maker() -> bytes:
    """What makes PDFs here: the versions of WeasyPrint and its writer, our own part, and the fonts."""
    names = ("weasyprint", "pydyf")
    fonts = Path(settings.BASE_DIR) / "static" / "fonts"
    ours = sorted([*Path(pdf.__file__).parent.glob("*.py"), *fonts.glob("*.ttf")])
    parts = [f"{name} {version(name)}".encode() for name in names] + [each.read_bytes() for each in ours]
    return hashlib.sha256(b"\0".join(parts)).digest()


def _kept(digest: str, **place: object) -> bytes | None:
    found = MadePdf.objects.filter(digest=digest, **place).values_list("content", flat=True)
    return next((bytes(each) for each in found), None)


def _keep(row: MadePdf) -> None:
    """In place of the one that said something else; those of yesterday go at the same time."""
    MadePdf.objects.filter(made__lt=timezone.now() - KEPT).delete()
    with contextlib.suppress(IntegrityError):  # the assessment was deleted in the meantime
        MadePdf.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["assessment", "paper", "language"],
            update_fields=["digest", "content", "made"],
        )


@contextlib.contextmanager
def _alone(digest: str, wait: float) -> Iterator[None]:
    """One process of this machine at a time for PDFs with this digest, and for the few that share its beginning.

    Raises PdfBusyError after so many seconds.
    """
    deadline = time.monotonic() + wait
    with (settings.DATA_DIR / f"pdf-{digest[0]}.making").open("wb") as held:
        while not _locks(held):
            if time.monotonic() >= deadline:
                raise PdfBusyError("this PDF is being made already")
            time.sleep(0.02)
        yield


def _locks(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Failures:
    """Reports that could not be put on paper, for a while: whoever clicks again is told so without another try."""

    SECONDS = 60.0
    REMEMBERED = 1000

    def __init__(self) -> None:
        self._noted: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def note(self, digest: str, reason: PdfError) -> None:
        """Remember it, unless it only had to wait for others."""
        if isinstance(reason, PdfBusyError):
            return
        self._noted[digest] = str(reason), time.monotonic() + self.SECONDS
        while len(self._noted) > self.REMEMBERED:
            self._noted.popitem(last=False)

    def raise_again(self, digest: str) -> None:
        """Raises PdfError where this one could not be made a moment ago."""
        reason, until = self._noted.get(digest, ("", 0.0))
        if time.monotonic() < until:
            raise PdfError(f"{reason} (tried less than {self.SECONDS:g} seconds ago)")


FAILURES = Failures()
WAITING = threading.BoundedSemaphore(MOST_WAITING)
WORKING_OUT = threading.Lock()
"""Reports for PDFs are worked out one after the other: together none would be ready sooner, and pages would stand behind all."""


# --- Ahead of the click -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    assessment: Assessment
    report: Report
    language: str


class Ahead:
    """A thread that makes PDFs nobody has asked for yet, one after the other.

    Of each assessment only the newest reading waits, and of all assessments at most MOST; more are forgotten, since
    whoever clicks gets theirs made anyway.
    """

    MOST = 20
    PATIENCE = 20.0
    """Seconds that one waits for a place before it is forgotten."""
    REMEMBERED = 1000
    AGAIN = 60 * 60
    """Seconds after which a report that reads the same is looked for again."""

    def __init__(self) -> None:
        self._wanted: OrderedDict[int, _Wanted] = OrderedDict()
        self._seen: OrderedDict[tuple[int, str], tuple[int, float]] = OrderedDict()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def is_news(self, assessment: Assessment, report: Report) -> bool:
        """Whether this process has not seen the assessment read like this, in the language in force, for a while."""
        key, reading = (assessment.pk, translation.get_language() or ""), hash(report.page)
        now = time.monotonic()
        with self._changed:
            seen, when = self._seen.get(key, (None, now))
            if seen == reading and now - when < self.AGAIN:
                return False
            self._seen[key] = reading, now
            if len(self._seen) > self.REMEMBERED:
                self._seen.popitem(last=False)
        return True

    def want(self, assessment: Assessment, report: Report) -> None:
        """Have the PDF of this report made, in the language in force. Takes no time and raises nothing."""
        if _cannot() or not self.is_news(assessment, report):
            return
        language = translation.get_language() or ""
        with self._changed:
            self._wanted[assessment.pk] = _Wanted(assessment, report, language)
            if len(self._wanted) > self.MOST:
                self._wanted.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="pdf-ahead", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def wait(self) -> None:
        """Until nothing is wanted any more."""
        with self._changed:
            self._changed.wait_for(lambda: not self._wanted)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted)
                key, wanted = next(iter(self._wanted.items()))
            try:
                self._make(wanted)
            except Exception as error:  # the thread has to go on
                why = reason(error)  # a database that is away for a while needs no trace
                log.error("A PDF could not be made ahead. %s", why, exc_info=not why)  # noqa: TRY400
            finally:
                connections.close_all()
                with self._changed:
                    if self._wanted.get(key) is wanted:
                        del self._wanted[key]
                    self._changed.notify_all()

    def _make(self, wanted: _Wanted) -> None:
        until = time.monotonic() + self.PATIENCE
        while time.monotonic() < until:
            try:
                with translation.override(wanted.language):
                    pdf_for(wanted.assessment, wanted.report, unhurried=True)
            except PdfBusyError:
                time.sleep(0.2)
            except PdfError as reason:
                log.warning("A PDF could not be made ahead: %s", reason)
                return
            else:
                return


@cache
def _cannot() -> bool:
    """Whether this machine cannot make PDFs; the system check has said so."""
    return bool(missing_libraries())


AHEAD = Ahead()
