"""reports.pdf: the process that makes PDFs fetches nothing, uses no font but ours, and ends when it has to."""

import socket
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from reports import pdf

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
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


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
    fonts = {
        str(font["/BaseFont"])
        for page in PdfReader(BytesIO(made)).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }
    assert all("Source" in name for name in fonts), fonts


def test_the_process_sees_no_variable_of_ours(monkeypatch):
    monkeypatch.setenv("GROUNDWORK_SECRET_KEY", "not to be seen")
    show = [sys.executable, "-c", "import os, sys; sys.exit(' '.join(sorted(os.environ)))"]
    with pytest.raises(pdf.PdfError) as told:
        pdf.render("", command=show)
    assert "GROUNDWORK_SECRET_KEY" not in str(told.value)


# --- When it has to end -----------------------------------------------------------------------------------------------


def test_a_process_that_hangs_is_ended_and_reported():
    started = time.monotonic()
    with pytest.raises(pdf.PdfError, match=r"no PDF after 0\.5 seconds"):
        pdf.render("", command=[sys.executable, "-c", "import time; time.sleep(60)"], wall_seconds=0.5)
    assert time.monotonic() - started < 5


def test_a_process_that_is_ended_leaves_no_file_behind(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    litter = "import tempfile, time; tempfile.mkdtemp(); print('%PDF-', flush=True); time.sleep(60)"
    with pytest.raises(pdf.PdfError):
        pdf.render("", command=[sys.executable, "-c", litter], wall_seconds=0.5)
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_computes_for_ever_is_ended_by_the_system():
    spin = "from reports import pdf\npdf.seal(cpu_seconds=1)\nwhile True: pass"
    with pytest.raises(pdf.PdfError, match="ended with code -"):
        pdf.render("", command=[sys.executable, "-c", spin], wall_seconds=20)


def test_a_process_that_wants_too_much_memory_is_refused_it():
    greedy = "from reports import pdf\npdf.seal(memory_bytes=256 * 1024**2)\nbytearray(512 * 1024**2)"
    with pytest.raises(pdf.PdfError, match="MemoryError"):
        pdf.render("", command=[sys.executable, "-c", greedy])


def test_what_is_no_pdf_is_not_passed_on():
    with pytest.raises(pdf.PdfError, match="no word"):
        pdf.render("", command=[sys.executable, "-c", "print('almost')"])


def test_a_missing_library_is_named_with_the_remedy():
    lost = (
        "import sys; from reports import pdf\n"
        "def gone(html): raise OSError(\"cannot load library 'libpango-1.0-0': not found\\nmore\")\n"
        "pdf.write_pdf = gone; sys.exit(pdf.main())"
    )
    with pytest.raises(pdf.PdfError, match=r"libpango.*apt-get install libpango"):
        pdf.render("", command=[sys.executable, "-c", lost])


def test_a_program_that_cannot_be_started_is_reported(tmp_path: Path):
    with pytest.raises(pdf.PdfError, match="did not start"):
        pdf.render("", command=[str(tmp_path / "nothing-here")])


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


def test_a_place_is_free_again_after_a_failure(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    for _ in range(pdf.AT_ONCE + 1):
        with pytest.raises(pdf.PdfError):
            pdf.render("", command=[sys.executable, "-c", ""])
    with pdf.place_in_queue(wait_seconds=0):
        pass


CRASH = """
import os, pathlib, sys
seen = pathlib.Path(sys.argv[1])
if not seen.exists() or sys.argv[2] == "always":
    seen.touch()
    os.kill(os.getpid(), 11)
sys.stdout.write("%PDF made")
"""


def test_a_process_that_crashes_is_started_once_more(tmp_path, caplog):
    once = (sys.executable, "-c", CRASH, str(tmp_path / "once"), "once")
    assert pdf.render("<p>x</p>", command=once) == b"%PDF made"
    assert "started once more" in caplog.text


def test_a_process_that_crashes_again_is_an_error(tmp_path):
    always = (sys.executable, "-c", CRASH, str(tmp_path / "always"), "always")
    with pytest.raises(pdf.PdfError, match="-11"):
        pdf.render("<p>x</p>", command=always)
