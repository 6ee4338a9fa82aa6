"""How long a report's PDF takes, beside an empty document from the same renderer: cold processes, as in use."""

import os
import time
from io import BytesIO
from statistics import median

import django
from pypdf import PdfReader

from tests.bench.table import Row

TITLE = "The PDF"
RUNS = 3
MOST_SECONDS = 4.0
MOST_KILOBYTES = 500
MOST_PAGES = 12
EMPTY = (
    '<!doctype html><html lang="en"><head><title>Empty</title><style>@font-face { font-family: "Source Sans 3"; '
    'src: url("fonts/SourceSans3-400.ttf"); } body { font-family: "Source Sans 3"; }</style></head>'
    "<body><p>x</p></body></html>"
)


def measure() -> list[Row]:
    """Medians of whole processes. The report and the empty document take turns, so that both see the same machine."""
    full = _full_report()
    seconds: dict[str, list[float]] = {full: [], EMPTY: []}
    made = b""
    for _ in range(RUNS):
        for html, times in seconds.items():
            taken, found = _timed(html)
            times.append(taken)
            made = found if html == full else made
    report, floor = (median(times) for times in seconds.values())
    pages = len(PdfReader(BytesIO(made)).pages)
    return [
        Row(
            name="PDF of a full assessment, cold process",
            value=f"{report:.2f}",
            unit="s",
            baseline=f"{floor:.2f}",
            promise=f"{MOST_SECONDS:g} or less",
            kept=report <= MOST_SECONDS,
        ),
        Row(
            name="its size",
            value=f"{len(made) / 1000:.0f}",
            unit="kB",
            promise=f"{MOST_KILOBYTES} or less",
            kept=len(made) <= MOST_KILOBYTES * 1000,
        ),
        Row(
            name="its length",
            value=str(pages),
            unit="pages",
            promise=f"{MOST_PAGES} or less",
            kept=pages <= MOST_PAGES,
        ),
    ]


def _full_report() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    django.setup()
    from reports.printing import paper
    from tests.reports.pages import sample_page

    return paper(sample_page("tallis-software"))


def _timed(html: str) -> tuple[float, bytes]:
    from reports import pdf

    started = time.perf_counter()
    made = pdf.render(html)
    return time.perf_counter() - started, made
