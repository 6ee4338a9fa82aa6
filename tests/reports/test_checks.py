"""The system check for what PDFs need from the machine."""

from reports import checks


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(checks, "LIBRARIES", {"pango": ("libnothing-of-the-kind.so",)})
    monkeypatch.setattr(checks.ctypes.util, "find_library", lambda _: None)
    (warning,) = checks.check_pdf_libraries()
    assert "pango not found" in warning.msg
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in warning.hint
    assert "brew install pango" in warning.hint


def test_a_machine_with_pango_is_told_nothing(monkeypatch):
    monkeypatch.setattr(checks, "missing_libraries", list)
    assert checks.check_pdf_libraries() == []
