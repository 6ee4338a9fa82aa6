"""`manage.py roadmap`: a situation in a file becomes a PDF, or every mistake in it is said."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports import pdf
from reports.pdf.asking import Template
from tests.pdfs import texts_of
from tests.situations import DATA

CASE: dict[str, Any] = next(each for each in DATA["organisations"] if each["id"].startswith("gc4"))

BRIEF = Template(
    (
        sys.executable,
        "-c",
        "import sys; from reports.pdf.forking import serve; sys.exit(serve(lambda: lambda *_: b'%PDF-'))",
    )
)


def run(tmp_path: Path, data: object, output: str | None = None) -> Path:
    source = tmp_path / "situation.json"
    source.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    target = Path(output) if output else tmp_path / "roadmap.pdf"
    call_command("roadmap", str(source), output=str(target), stdout=io.StringIO())
    return target


def refused(tmp_path: Path, data: object, output: str | None = None) -> str:
    with pytest.raises(CommandError) as told:
        run(tmp_path, data, output)
    assert told.value.returncode == 2
    assert not (tmp_path / "roadmap.pdf").exists()
    return str(told.value)


def test_the_input_of_the_rules_becomes_a_pdf(tmp_path: Path):
    about = {"title": "Tallis", "decision": "Where to begin", "notes": {"dv_cd": "31 releases in October"}}
    made = run(tmp_path, {**CASE, **about})
    text = " ".join(" ".join(texts_of(made.read_bytes())).split())
    for words in (
        "TALLIS",
        "“Where to begin”",
        "31 releases in October",
        "Data pipelines are the bottleneck",
    ):
        assert words in text


def test_an_exported_file_becomes_the_same_pdf(tmp_path: Path):
    about = {"organisation": "Tallis", "scope": "", "decision": "Where to begin"}
    made = run(tmp_path, {"edition": "2026.1", "about": about, "situation": CASE})
    text = " ".join(" ".join(texts_of(made.read_bytes())).split())
    for words in ("TALLIS", "“Where to begin”", "Data pipelines are the bottleneck"):
        assert words in text


def test_an_exported_file_of_an_unknown_edition_is_refused(tmp_path: Path):
    assert 'no edition "1999.1"' in refused(tmp_path, {"edition": "1999.1", "situation": CASE})


def test_all_mistakes_are_said_at_once(tmp_path: Path):
    said = refused(
        tmp_path,
        {
            "mode": "half",
            "answers": {"dv_xx": 1, "dv_ci": 9},
            "title": 3,
            "notes": {"dv_yy": "x", "dv_ci": 4},
        },
    )
    for words in (
        '"half"',
        "dv_xx",
        "dv_ci: 9",
        "title: this is not a text",
        "notes.dv_yy",
        "notes.dv_ci: this",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "line 1: this is not JSON"),
        ('{"mode": "full",\n}', "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ("[1]", "not an object"),
        ('{"notes": []}', "notes: this is not an object"),
        ({"title": "x" * 81}, "title must be 80 characters or less"),
        ({"decision": "a\0b"}, "cannot be stored"),
    ],
)
def test_unusable_input_is_explained(tmp_path: Path, data: object, words: str):
    assert words in refused(tmp_path, data)


def test_files_that_are_not_there_are_named(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file") as told:
        call_command("roadmap", str(tmp_path / "none.json"), output=str(tmp_path / "roadmap.pdf"))
    assert told.value.returncode == 2


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", BRIEF)
    assert "No such file" in refused(tmp_path, CASE, output=str(tmp_path / "no" / "folder.pdf"))


def test_a_failing_renderer_is_reported_with_its_reason(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", Template((sys.executable, "-c", "raise SystemExit('no ink')")))
    with pytest.raises(CommandError, match=r"could not be made.*no ink") as told:
        run(tmp_path, {**CASE, "title": "Somebody nobody printed before"})
    assert told.value.returncode == 1


def test_standard_input_and_output_work(monkeypatch, tmp_path: Path):
    class Bytes:
        def __init__(self, held: bytes = b"") -> None:
            self.buffer = io.BytesIO(held)

    out = Bytes()
    monkeypatch.setattr(sys, "stdin", Bytes(json.dumps(CASE).encode()))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(pdf, "TEMPLATE", BRIEF)
    call_command("roadmap", "-", output="-")
    assert out.buffer.getvalue() == b"%PDF-"
