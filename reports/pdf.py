"""Makes a PDF of our own HTML, sealed off in a process of its own; the only module that knows WeasyPrint.

``render`` is the door. Behind it ``python -m reports.pdf`` reads HTML from standard input and writes the PDF to
standard output: with an empty environment, no network, no fonts but ours, and limits on time and memory. Whatever
happens in there, a hang or a crash, the asking process stays healthy and gets an exception with the reason.
"""

import contextlib
import fcntl
import logging
import os
import re
import resource
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "static" / "fonts"
BASE_URL = "https://assets.invalid/"
"""Where the HTML seems to come from. A scheme of our own would break the joining of addresses in Python."""

COMMAND: tuple[str, ...] = (sys.executable, "-m", "reports.pdf")
AT_ONCE = 2
QUEUE_SECONDS = 10.0
WALL_SECONDS = 45.0
CPU_SECONDS = 30
MEMORY_BYTES = 1024**3
OPEN_FILES = 64
NICENESS = 15
LIBRARY_MISSING = 3
"""The exit code that says: pango cannot be loaded."""

# Where libraries are found on systems that keep them in unusual places; everything else stays outside.
KEPT_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES")
PLACEHOLDER = "[?]"
"""Stands for characters that our fonts do not have."""

log = logging.getLogger("reports.pdf")


class PdfError(Exception):
    """The PDF could not be made; the message says why, in words for whoever runs Groundwork."""


class PdfBusyError(PdfError):
    """Too many PDFs are being made; it is worth trying again in a moment."""


# --- The asking side --------------------------------------------------------------------------------------------------


def render(html: str, *, command: Sequence[str] | None = None, wall_seconds: float | None = None) -> bytes:
    """The PDF of this HTML. Raises PdfError, or PdfBusyError after waiting QUEUE_SECONDS for a free place.

    A process that crashes is started once more: it was seen to happen, too rarely to be traced to its cause.
    """
    patience = WALL_SECONDS if wall_seconds is None else wall_seconds
    with place_in_queue():
        done = _run(html, command or COMMAND, patience)
        if done.returncode == -signal.SIGSEGV:
            log.warning("The process for the PDF crashed and is started once more.")
            done = _run(html, command or COMMAND, patience)
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == LIBRARY_MISSING:
        raise PdfError(said)
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise PdfError(
            f"the process for the PDF ended with code {done.returncode}: {said[-2000:] or 'no word'}"
        )
    if said:
        log.warning("A PDF was made, but: %s", said[-2000:])
    return done.stdout


def _run(html: str, command: Sequence[str], patience: float) -> subprocess.CompletedProcess[bytes]:
    """The sealed process, ended after ``patience`` seconds."""
    variables = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    try:
        with TemporaryDirectory(
            prefix="groundwork-pdf-"
        ) as scratch:  # a process that is ended leaves its files
            return subprocess.run(
                command,
                input=html.encode(),
                capture_output=True,
                cwd=ROOT,
                env={**variables, "TMPDIR": scratch},
                timeout=patience,
                check=False,
            )
    except subprocess.TimeoutExpired as late:
        raise PdfError(f"no PDF after {patience:g} seconds, so its process was ended") from late
    except OSError as refused:
        raise PdfError(f"the process for the PDF did not start: {refused}") from refused


@contextlib.contextmanager
def place_in_queue(wait_seconds: float | None = None) -> Iterator[None]:
    """One of AT_ONCE places, for all server processes of this machine together. A process that ends frees its place."""
    from django.conf import settings

    deadline = time.monotonic() + (QUEUE_SECONDS if wait_seconds is None else wait_seconds)
    while (held := _free_place(settings.DATA_DIR)) is None:
        if time.monotonic() >= deadline:
            raise PdfBusyError(f"{AT_ONCE} PDFs are being made already")
        time.sleep(0.05)
    with held:
        yield


def _free_place(folder: Path) -> IO[bytes] | None:
    for number in range(1, AT_ONCE + 1):
        place = (folder / f"pdf-{number}.lock").open("wb")
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            place.close()
        else:
            return place
    return None


# --- The sealed side --------------------------------------------------------------------------------------------------


def seal(*, cpu_seconds: int = CPU_SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
    """Limit this process and cut it off, as far as the system allows it."""
    os.nice(NICENESS)  # the web server goes first
    wanted = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, limit in wanted.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows RLIMIT_AS but refuses to set it
            resource.setrlimit(kind, (limit, limit))
    with contextlib.suppress(AttributeError, OSError):  # Linux only, and not in every container
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    os.environ["FONTCONFIG_FILE"] = str(ROOT / "reports" / "fonts.conf")  # no font of this machine
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # no clock in the bytes


def write_pdf(html: str) -> bytes:
    """The PDF, made in this process. Raises OSError if pango is missing."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = {f"{BASE_URL}fonts/{each.name}": each.read_bytes() for each in sorted(FONTS.glob("*.ttf"))}

    class OnlyOurFonts(URLFetcher):
        """Serves the fonts from memory and nothing else, whatever the address."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  (WeasyPrint passes them)
            if url not in fonts:
                raise ValueError(f"not one of our fonts: {url[:100]}")
            return URLFetcherResponse(url, fonts[url], {"Content-Type": "font/ttf"})

    document = HTML(string=printable(html, fonts), base_url=BASE_URL, url_fetcher=OnlyOurFonts())
    pdf: bytes = document.write_pdf(
        font_config=FontConfiguration(), presentational_hints=False, pdf_variant="pdf/ua-1"
    )
    return pdf


def printable(html: str, fonts: Mapping[str, bytes]) -> str:
    """The HTML with PLACEHOLDER for every run of characters that one of the fonts does not have.

    A missing letter would otherwise be drawn as an empty box, and read out as nothing at all.
    """
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    known = set.intersection(
        *(set(TTFont(BytesIO(font), lazy=True).getBestCmap()) for font in fonts.values())
    )
    known |= {ord(each) for each in "\t\n\r"}
    foreign = "".join(re.escape(each) for each in sorted(set(html)) if ord(each) not in known)
    return re.sub(f"[{foreign}]+", PLACEHOLDER, html) if foreign else html


def main() -> int:
    """Standard input to standard output, sealed."""
    html = sys.stdin.buffer.read().decode()
    seal()
    logging.basicConfig(
        level=logging.WARNING, format="%(message)s"
    )  # to standard error: the asking side reads it
    try:
        sys.stdout.buffer.write(write_pdf(html))
    except OSError as missing:
        if "cannot load library" not in str(missing):
            raise
        from reports.checks import REMEDY

        sys.stderr.write(f"No PDF can be made here: {str(missing).splitlines()[0]}. {REMEDY}\n")
        return LIBRARY_MISSING
    return 0


if __name__ == "__main__":
    sys.exit(main())
