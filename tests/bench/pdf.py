"""How long a PDF takes: made now, found made already, beside pages, and beside what others take for the same HTML."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import django

from tests.bench.server import ROOT, running_server
from tests.bench.table import Row
from tests.pdfs import pages_in

TITLE = "The PDF"
RUNS = 7
MOST_MILLISECONDS_A_PAGE = 120
MOST_OF_PLAIN = 0.9
MOST_AFTER_CLICK = 150
MOST_KILOBYTES = 500
MOST_PAGES = 12
READING_SECONDS = 3.0
"""How long somebody looks at the report before the click."""
LOAD_SECONDS = 4.0
READERS = 4
SAMPLES = ("harrow-pumps", "nordhaven-parcel", "tallis-software", "land-records", "lumo")

PLAIN = """
import os, sys, time, warnings
warnings.simplefilter("ignore")
os.nice(15)
os.environ["FONTCONFIG_FILE"] = os.path.abspath("reports/fonts.conf")
from pathlib import Path
from weasyprint import HTML
html = Path(sys.argv[1]).read_text()
for line in sys.stdin:
    started = time.perf_counter()
    made = HTML(string=html, base_url=str(Path("static/css").absolute()) + "/").write_pdf()
    print(time.perf_counter() - started, flush=True)
"""
"""What everybody does: one call, in a process that is warm, as polite as ours and with the same fonts from the disk. Neither
tags nor attachment nor finishing: that all is on our side only."""


def measure() -> list[Row]:
    """Medians; those that are compared take turns, so that both see the same machine."""
    report, html = _full_report()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(html)
        ours, plain, made = _made_now(report, html, file)
        chromium = _by_chromium(html, Path(folder))
    pages = pages_in(made)
    with running_server() as address:
        click = _after_reading(address)
        alone = _pages_a_second(address)
        with _clicking(address) as clicked:
            beside = _pages_a_second(address)
    return [
        Row(
            name="PDF of a full assessment, from HTML to finished bytes; baseline: WeasyPrint's plain call",
            value=f"{1000 * ours:.0f}",
            unit="ms",
            baseline=f"{1000 * plain:.0f}",
            promise=f"{MOST_OF_PLAIN:g} of it or less",
            kept=ours <= MOST_OF_PLAIN * plain,
        ),
        Row(
            name="the same for each page",
            value=f"{1000 * ours / pages:.0f}",
            unit="ms",
            baseline=f"{1000 * plain / pages:.0f}",
            promise=f"{MOST_MILLISECONDS_A_PAGE} or less",
            kept=ours <= MOST_MILLISECONDS_A_PAGE / 1000 * pages,
        ),
        Row(
            name="the same HTML printed by a Chromium that runs already",
            value=f"{1000 * chromium:.0f}" if chromium else "no Chromium",
            unit="ms" if chromium else "",
        ),
        Row(
            name=f"from click to bytes, {READING_SECONDS:g} seconds after the page was opened",
            value=f"{1000 * click:.0f}",
            unit="ms",
            promise=f"{MOST_AFTER_CLICK} or less",
            kept=click <= MOST_AFTER_CLICK / 1000,
        ),
        Row(
            name=f"report pages a second while {len(clicked)} PDFs are made beside; baseline: none is",
            value=f"{beside:.0f}",
            unit="/s",
            baseline=f"{alone:.0f}",
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


def _full_report() -> tuple[object, str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    django.setup()
    from reports.printing import paper
    from tests.reports.exports.reports import sample_report

    report = sample_report("tallis-software")
    return report, paper(report.page)


def _made_now(report: object, html: str, file: Path) -> tuple[float, float, bytes]:
    """Seconds of ours and of the plain call, and the PDF."""
    from reports import pdf
    from reports.exports.json import to_json

    data = to_json(report)  # type: ignore[arg-type]
    made = pdf.render(html, attached=data)  # both are warm before the first is measured
    ours, plain = [], []
    command = [sys.executable, "-c", PLAIN, str(file)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin
        assert other.stdout
        for run in range(RUNS + 1):
            other.stdin.write("\n")
            other.stdin.flush()
            taken = float(other.stdout.readline())
            started = time.perf_counter()
            pdf.render(html, attached=data)
            if run:
                ours.append(time.perf_counter() - started)
                plain.append(taken)
        other.stdin.close()
    return median(ours), median(plain), made


def _by_chromium(html: str, folder: Path) -> float | None:
    from playwright.sync_api import sync_playwright

    from tests.conftest import CHROMIUM

    if not CHROMIUM:
        return None
    (folder / "css").mkdir()
    (folder / "fonts").symlink_to(ROOT / "static" / "fonts")
    file = folder / "css" / "report.html"
    file.write_text(html)
    times = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        sheet = browser.new_page()
        for _ in range(RUNS + 1):
            started = time.perf_counter()
            sheet.goto(file.as_uri())
            sheet.pdf(prefer_css_page_size=True, tagged=True)
            times.append(time.perf_counter() - started)
        browser.close()
    return median(times[1:])


# --- With the real server -----------------------------------------------------------------------------------------------


def _after_reading(address: str) -> float:
    """Seconds for a PDF that was made while somebody looked at the page."""
    time.sleep(
        READING_SECONDS
    )  # the server has just started, and so has the process that PDFs are forked from
    times = []
    for slug in SAMPLES:
        _get(address, f"/sample/{slug}/")
        time.sleep(READING_SECONDS)
        started = time.perf_counter()
        _get(address, f"/sample/{slug}/roadmap.pdf")
        times.append(time.perf_counter() - started)
    return median(times)


def _pages_a_second(address: str) -> float:
    """How many report pages are answered to READERS that each ask for the next one at once."""
    done = [0] * READERS
    until = time.perf_counter() + LOAD_SECONDS

    def read(reader: int) -> None:
        while time.perf_counter() < until:
            _get(address, "/sample/tallis-software/")
            done[reader] += 1

    readers = [threading.Thread(target=read, args=[each]) for each in range(READERS)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    return sum(done) / LOAD_SECONDS


@contextmanager
def _clicking(address: str) -> Iterator[list[int]]:
    """Somebody who asks for one new PDF after the other meanwhile: amounts that are typed have each made anew."""
    made: list[int] = []
    over = threading.Event()

    def click() -> None:
        while not over.is_set():
            network = f"10.0.{len(made) % 250}.1"  # one alone is made ten an hour
            _get(address, f"/sample/tallis-software/roadmap.pdf?day_rate={900 + len(made)}", network)
            made.append(1)

    clicking = threading.Thread(target=click)
    clicking.start()
    yield made
    over.set()
    clicking.join()


def _get(address: str, path: str, network: str = "10.1.0.1") -> None:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    connection.request("GET", path, headers={"X-Forwarded-For": network})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} was answered with {answer.status}.")
