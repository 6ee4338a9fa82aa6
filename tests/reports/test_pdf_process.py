"""reports.pdf: the process that makes PDFs fetches nothing, uses no font but ours, and ends when it has to."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from reports import pdf
from reports.pdf import quickening, writing
from reports.pdf.asking import Template
from reports.pdf.limits import Limits
from reports.printing import paper
from tests.pdfs import texts_of
from tests.reports.pages import sample_page

SHEET = """
@font-face { font-family: "Source Sans 3"; src: url("fonts/SourceSans3-400.ttf"); }
@page { size: A4; font-family: "Source Sans 3"; }
body { font-family: "Source Sans 3"; }
"""


def document(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>Test</title><style>{SHEET}</style>{head}</head>'
        f"<body><h1>Test</h1>{body}</body></html>"
    )


def text_of(made: bytes) -> str:
    return "\n".join(texts_of(made))


@pytest.fixture
def listener() -> Iterator[tuple[int, socket.socket]]:
    """A port of this machine and what listens there; whoever comes waits in its backlog."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1], server


def visitors(server: socket.socket) -> int:
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


# --- What it makes ----------------------------------------------------------------------------------------------------


def test_it_is_tagged_titled_and_set_in_our_font_without_a_word_on_standard_error(caplog):
    made = pdf.render(document("<p>Plain words</p>"))
    assert not [each for each in caplog.records if "started once more" not in each.message]
    with pikepdf.open(BytesIO(made)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en"
        assert str(opened.docinfo["/Title"]) == "Test"
    assert "Plain words" in text_of(made)


def test_characters_without_a_glyph_are_printed_as_a_visible_sign(caplog):
    made = pdf.render(document("<p>Hyvää päivää, Žofie 👩‍🔧漢字 – שלום, מה and \u202etxt.exe\u202c</p>"))
    assert not caplog.records, "a missing glyph would be warned of"
    assert "Hyvää päivää, Žofie [?] – [?], [?] and [?]txt.exe[?]" in text_of(made).replace("\n", " ")


def test_the_same_html_gives_the_same_bytes():
    assert pdf.render(document("<p>Once more</p>")) == pdf.render(document("<p>Once more</p>"))


SLOWER = """
import sys
from reports.pdf import quickening, writing
from reports.pdf.forking import serve
from xml.etree import ElementTree

def no_xml(html):
    raise ElementTree.ParseError

writing.quicken = lambda: False
writing.without_variables = lambda style: style
writing.ET.fromstring = no_xml
class Anew(writing.Press):
    def __init__(self):
        super().__init__()
        self.style = "nowhere to be found"
writing.Press = Anew
sys.exit(serve(writing.ready))
"""


def test_what_is_done_to_be_fast_changes_not_a_byte():
    """The style sheet read before, its variables replaced, the HTML read as XML, WeasyPrint shortened: beside none of that."""
    html = paper(sample_page("lumo"))
    slower = Template((sys.executable, "-c", SLOWER))
    plain = slower.ask(html, b"", Limits())
    slower.stop()
    assert plain.code == 0, plain.said
    assert pdf.render(html) == plain.made


def test_weasyprint_is_shortened_in_the_release_that_was_looked_at_and_in_no_other(monkeypatch):
    """Whoever takes another release reads its functions beside ours first."""
    assert version("weasyprint") == quickening.KNOWN
    monkeypatch.setattr(quickening, "KNOWN", "1.0")
    assert not quickening.quicken()


# --- What it does not fetch -------------------------------------------------------------------------------------------


def test_nothing_is_fetched_whatever_the_html_asks_for(listener, caplog):
    port, server = listener
    away = f"http://127.0.0.1:{port}"
    made = pdf.render(
        document(
            f"""<img src="file:///etc/passwd" alt="a"><img src="{away}/b.png" alt="b">
            <object data="{away}/c.svg"></object><embed src="file:///etc/passwd">
            <svg width="9" height="9"><title>d</title><image href="{away}/d.png" width="9" height="9"/>
            <use href="{away}/e.svg#e"/></svg>
            <p style="background: url({away}/f.png); list-style-image: url(file:///etc/passwd)">Still here</p>
            <a rel="attachment" href="file:///etc/passwd">g</a>""",
            f"""<link rel="stylesheet" href="{away}/h.css"><link rel="attachment" href="{away}/i.txt">
            <style>@import url({away}/j.css);
            @font-face {{ font-family: k; src: url({away}/k.ttf), local("DejaVu Sans"); }}</style>""",
        )
    )
    assert visitors(server) == 0
    with pikepdf.open(BytesIO(made)) as opened:
        assert not opened.attachments
    assert "Still here" in text_of(made)
    assert b"root:" not in made
    assert "root:" not in text_of(made)
    assert "not one of our fonts" in caplog.text


def test_fonts_of_this_machine_do_not_leak_in(caplog):
    made = pdf.render(
        document('<p style="font-family: DejaVu Serif, Arial, serif; font-weight: 600">Ours only</p>')
    )
    with pikepdf.open(BytesIO(made)) as opened:
        fonts = {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("Source" in name for name in fonts), fonts


# --- Processes that do something else ---------------------------------------------------------------------------------

WORKER = """
import sys
from reports.pdf.forking import serve

def write(html, attached, logo):
    import gc, os, pathlib, signal, socket, time
{body}

sys.exit(serve(lambda: write))
"""


@pytest.fixture
def worker(monkeypatch) -> Iterator[Callable[[str], Template]]:
    """Has every PDF made by these lines of Python instead, in the same kind of process and behind the same door."""
    started = []

    def make(*lines: str) -> Template:
        body = "\n".join(f"    {line}" for line in lines)
        template = Template((sys.executable, "-c", WORKER.format(body=body)))
        started.append(template)
        monkeypatch.setattr(pdf, "TEMPLATE", template)
        return template

    yield make
    for template in started:
        template.stop()


def test_the_process_sees_no_variable_of_ours_and_is_a_polite_one(worker, monkeypatch):
    monkeypatch.setenv("GROUNDWORK_SECRET_KEY", "not to be seen")
    monkeypatch.delenv("GROUNDWORK_PDF_NICENESS")
    worker("return f'%PDF {sorted(os.environ)} {os.getsid(0)} {os.getpgrp()} {os.nice(0)}'.encode()")
    said = pdf.render("").decode()
    assert "GROUNDWORK_SECRET_KEY" not in said
    assert "HOME" not in said
    session, group, niceness = said.split()[-3:]
    assert niceness == "15"
    assert session == str(os.getsid(0)), "in a session of its own it would be polite to nobody"
    assert group != str(os.getpgrp()), "Ctrl+C would end it"


def test_each_pdf_has_a_process_of_its_own_and_finds_nothing_of_the_one_before(worker):
    worker(
        "kept = globals().setdefault('kept', [])",
        "kept.append(html)",
        "return f'%PDF {os.getpid()} {kept}'.encode()",
    )
    first, second = (pdf.render(each).decode().split(maxsplit=2) for each in ("one", "two"))
    assert first[1] != second[1]
    assert first[2] == "['one']"
    assert second[2] == "['two']"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells which handles are sockets")
def test_a_child_has_no_way_to_what_others_are_making(worker, tmp_path: Path):
    seen, done = tmp_path / "seen", tmp_path / "done"
    worker(
        f"seen, done = pathlib.Path({str(seen)!r}), pathlib.Path({str(done)!r})",
        "if html == 'slow':",
        "    seen.touch()",
        "    while not done.exists(): time.sleep(0.01)",
        "handles = [f'/proc/self/fd/{each}' for each in os.listdir('/proc/self/fd')]",
        "sockets = [each for each in handles if os.path.exists(each) and 'socket:' in os.readlink(each)]",
        "return f'%PDF {len(sockets)}'.encode()",
    )
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(pdf.render, "slow")
        while not seen.exists() and not slow.done():
            time.sleep(0.01)
        assert pdf.render("") == b"%PDF 1"
        done.touch()
        assert slow.result() == b"%PDF 1"


def test_threads_ask_at_the_same_time(worker):
    worker("time.sleep(0.2)", "return b'%PDF ' + html.encode()")
    with ThreadPoolExecutor(5) as pool:
        found = list(pool.map(pdf.render, "abcde"))
    assert found == [f"%PDF {each}".encode() for each in "abcde"]


def test_the_process_ends_with_the_one_that_asks():
    asking = (
        "import os, sys, time; from reports.pdf import start, TEMPLATE\n"
        "start(); print(TEMPLATE._running.process.pid, TEMPLATE._running.folder, flush=True); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=False)
    number, folder = killed.stdout.split()
    until = time.monotonic() + 30
    while (running(int(number)) or Path(folder).exists()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not running(int(number))
    assert not Path(folder).exists()


def running(number: int) -> bool:
    """Whether this process does anything any more."""
    found = subprocess.run(
        ["/bin/ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


# --- When it has to end -----------------------------------------------------------------------------------------------


def test_a_process_that_hangs_is_ended_and_reported(worker):
    worker("time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(pdf.PdfError, match=r"no PDF after 0\.5 seconds"):
        pdf.render("", limits=Limits(wall_seconds=0.5))
    assert time.monotonic() - started < 10


def test_one_that_hangs_ends_no_other(worker):
    template = worker("time.sleep(60 if html == 'hang' else 0)", "return b'%PDF'")
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(pdf.render, "hang", limits=Limits(wall_seconds=1))
        assert pdf.render("") == b"%PDF"
        before = template._running
        with pytest.raises(pdf.PdfError):
            hanging.result()
        assert pdf.render("") == b"%PDF"
        assert template._running is before


def test_a_process_that_is_stopped_leaves_no_file_behind(worker, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    template = worker("import tempfile", "tempfile.mkdtemp()", "time.sleep(60)")
    with pytest.raises(pdf.PdfError):
        pdf.render("", limits=Limits(wall_seconds=0.5))
    template.stop()
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_computes_for_ever_is_ended_by_the_system(worker):
    worker("while True: pass")
    with pytest.raises(pdf.PdfError, match="ended with code -"):
        pdf.render("", limits=Limits(wall_seconds=30, cpu_seconds=1))


def test_a_process_that_wants_too_much_memory_is_refused_it(worker):
    worker("return bytes(bytearray(512 * 1024**2))")
    with pytest.raises(pdf.PdfError, match="MemoryError"):
        pdf.render("", limits=Limits(memory_bytes=256 * 1024**2))


def test_what_is_no_pdf_is_not_passed_on(worker):
    worker("return b'almost'")
    with pytest.raises(pdf.PdfError, match="no word"):
        pdf.render("")


def test_a_missing_library_is_named_with_the_remedy(monkeypatch):
    lost = (
        "import sys; from reports.pdf.forking import serve\n"
        "def gone(): raise OSError(\"cannot load library 'libpango-1.0-0': not found\\nmore\")\n"
        "sys.exit(serve(gone))"
    )
    template = Template((sys.executable, "-c", lost))
    monkeypatch.setattr(pdf, "TEMPLATE", template)
    with pytest.raises(pdf.PdfError, match=r"libpango.*apt-get install libpango"):
        pdf.render("")
    template.stop()


def test_a_program_that_cannot_be_started_is_reported(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", Template([str(tmp_path / "nothing-here")]))
    with pytest.raises(pdf.PdfError, match="did not start"):
        pdf.render("")


def test_a_missing_font_is_a_warning_and_a_missing_style_sheet_no_pdf(tmp_path: Path):
    broken = (
        "import sys; from pathlib import Path; from reports.pdf import writing; from reports.pdf.forking import serve\n"
        "setattr(writing, sys.argv[1], Path(sys.argv[2]))\n"
        "sys.exit(serve(writing.ready))"
    )
    fewer = tmp_path / "fonts"
    fewer.mkdir()
    shutil.copy(writing.FONTS / "SourceSans3-400.ttf", fewer)
    for name, path, code, said in (
        ("FONTS", fewer, 0, "Font-face 'IBM Plex Mono' cannot be loaded"),
        ("SHEET", tmp_path / "print.css", 1, "print.css"),
    ):
        template = Template((sys.executable, "-c", broken, name, str(path)))
        style = writing.SHEET.read_text()
        done = template.ask(document("<p>x</p>", f"<style>{style}\n</style>"), b"", Limits())
        assert (done.code, said in done.said) == (code, True)
        template.stop()


def test_a_pdf_that_cannot_be_finished_is_no_pdf(monkeypatch):
    broken = (
        "import sys; from reports.pdf import finishing, writing; from reports.pdf.forking import serve\n"
        "made = writing.ready()\n"
        "finishing.END_OF_CLAIMS = b'</nothing>'\n"
        "sys.exit(serve(lambda: made))"
    )
    template = Template((sys.executable, "-c", broken))
    monkeypatch.setattr(pdf, "TEMPLATE", template)
    with pytest.raises(pdf.PdfError, match="the metadata are not what they used to be"):
        pdf.render(document("<p>x</p>"))
    template.stop()


# --- The queue --------------------------------------------------------------------------------------------------------


def test_no_more_than_two_at_once(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    with (
        pdf.place_in_queue(),
        pdf.place_in_queue(),
        pytest.raises(pdf.PdfBusyError, match="2 PDFs"),
        pdf.place_in_queue(wait_seconds=0.1),
    ):
        pass
    with pdf.place_in_queue(wait_seconds=0):
        pass


def test_a_place_is_free_again_after_a_failure(worker, settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    worker("raise ValueError")
    for _ in range(pdf.AT_ONCE + 1):
        with pytest.raises(pdf.PdfError, match="ValueError"):
            pdf.render("")
    with pdf.place_in_queue(wait_seconds=0):
        pass


def test_one_that_nobody_waits_for_leaves_a_place_free(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    with pdf.place_in_queue(places=1):
        with pytest.raises(pdf.PdfBusyError), pdf.place_in_queue(0, places=1):
            pass
        with pdf.place_in_queue(0):
            pass
    with pdf.place_in_queue(0), pdf.place_in_queue(0, places=1):
        pass


CRASH = (
    "seen = pathlib.Path({seen!r})",
    "if not seen.exists() or {always}:",
    "    seen.touch()",
    "    os.kill({whom}, signal.SIGSEGV)",
    "    time.sleep(1)",
    "return b'%PDF made'",
)


@pytest.mark.parametrize("whom", ["os.getpid()", "os.getppid()"])
def test_a_process_that_crashes_is_started_once_more(worker, whom: str, tmp_path: Path, caplog):
    worker(*(each.format(seen=str(tmp_path / "once"), always=False, whom=whom) for each in CRASH))
    assert pdf.render("") == b"%PDF made"
    assert "started once more" in caplog.text


def test_a_process_that_crashes_again_is_an_error(worker, tmp_path: Path):
    worker(*(each.format(seen=str(tmp_path / "always"), always=True, whom="os.getpid()") for each in CRASH))
    with pytest.raises(pdf.PdfError, match="-11"):
        pdf.render("")
