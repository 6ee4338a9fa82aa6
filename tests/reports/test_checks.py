"""The system check for what PDFs need from the machine."""

import ctypes
import ctypes.util
import subprocess
import sys

from reports.checks import check_pdf_libraries


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    def find_nothing(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", find_nothing)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: None)
    (warning,) = check_pdf_libraries()
    assert "pango and pangoft2 not found" in warning.msg
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in warning.hint
    assert "brew install pango" in warning.hint


def test_the_check_says_what_the_renderer_itself_would_find():
    loading = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, check=False)
    assert (check_pdf_libraries() == []) == (loading.returncode == 0)
