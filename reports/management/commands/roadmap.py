"""Makes the PDF of a situation that lies in a file: the same input as ``python -m advisor advise``."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advisor.engine import advise, stability
from advisor.engine.judgement import adjusted, read_figures
from advisor.engine.playbook import Playbook
from advisor.engine.situation import SituationError, read_situation
from advisor.reading import NotJsonError, edition_in, figures_in, read_json, situation_in
from assessments.answering import clean_text
from assessments.playbooks import current, edition
from reports.pdf import PdfError
from reports.presenter import ReportPage, present
from reports.printing import pdf_of

LENGTHS = {"title": 80, "scope": 200, "decision": 300}
"""As in the web forms."""
NOTE_LENGTH = 2000
UNUSABLE = 2
"""The exit code for input that cannot be used."""


class Command(BaseCommand):
    help = (
        "Make the roadmap of a situation as a PDF. The file is JSON with mode, context and answers, and may have "
        "title, scope, decision and notes (a text for each question)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the situation as JSON; - reads standard input")
        parser.add_argument(
            "-o", "--output", required=True, help="where the PDF goes; - writes standard output"
        )

    def handle(self, *args: Any, file: str, output: str, **options: Any) -> None:
        data = _read(file)
        page = _page(_playbook(data), _unpacked(data), figures_in(data))
        try:
            made = pdf_of(page)
        except PdfError as reason:
            raise CommandError(f"The PDF could not be made: {reason}") from reason
        if output == "-":
            sys.stdout.buffer.write(made)
            return
        try:
            Path(output).write_bytes(made)
        except OSError as error:
            raise _unusable(f"{output}: {error.strerror}") from error
        self.stdout.write(f"{output}: {page.headline}")


def _read(file: str) -> object:
    name = "standard input" if file == "-" else file
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return read_json(raw)
    except OSError as error:
        raise _unusable(f"{name}: {error.strerror}") from error
    except NotJsonError as error:
        raise _unusable(f"{name}: {error}") from error


def _playbook(data: object) -> Playbook:
    """The edition that an exported file names, else the newest."""
    named = edition_in(data)
    try:
        return edition(named) if named else current()
    except LookupError as error:
        raise _unusable(str(error)) from error


def _unpacked(data: object) -> object:
    """The situation of an exported file with what it is about; anything else as it is."""
    situation = situation_in(data)
    about = data.get("about") if isinstance(data, dict) else None
    if situation is data or not isinstance(situation, dict) or not isinstance(about, dict):
        return situation
    words = {
        "title": about.get("organisation", ""),
        "scope": about.get("scope", ""),
        "decision": about.get("decision", ""),
    }
    return {**situation, **words}


def _page(released: Playbook, data: object, figures: object) -> ReportPage:
    """The report of this input. Raises CommandError with every mistake in it."""
    mistakes: list[str] = []
    title, scope, decision = (_text(mistakes, data, key, length) for key, length in LENGTHS.items())
    notes = _notes(mistakes, released, data)
    try:
        situation = read_situation(released, data)
        own = read_figures(released, figures)
    except SituationError as error:
        raise _unusable("\n".join([*map(str, error.problems), *mistakes])) from error
    if mistakes:
        raise _unusable("\n".join(mistakes))
    playbook = adjusted(released, own)
    return present(
        playbook,
        situation,
        advise(playbook, situation),
        stability(playbook, situation),
        title=title,
        scope=scope,
        decision=decision,
        notes=notes,
        day=timezone.localdate(),
        edition=released,
        own=own,
    )


def _text(mistakes: list[str], data: object, key: str, length: int) -> str:
    value = data.get(key, "") if isinstance(data, dict) else ""
    if not isinstance(value, str):
        mistakes.append(f"{key}: this is not a text; allowed: a text of at most {length} characters")
        return ""
    try:
        return clean_text(value, length, key)
    except ValueError as refused:
        mistakes.append(f"{key}: {refused}")
        return ""


def _notes(mistakes: list[str], playbook: Playbook, data: object) -> Mapping[str, str]:
    notes = data.get("notes", {}) if isinstance(data, dict) else {}
    if not isinstance(notes, dict):
        mistakes.append("notes: this is not an object; allowed: an object of question ids and texts")
        return {}
    known = {*playbook.capability, *playbook.signal, *playbook.question}
    mistakes += [
        f"notes.{question}: is not a question of this edition" for question in notes if question not in known
    ]
    return {
        question: _text(mistakes, {f"notes.{question}": note}, f"notes.{question}", NOTE_LENGTH)
        for question, note in notes.items()
        if question in known
    }


def _unusable(message: str) -> CommandError:
    return CommandError(message, returncode=UNUSABLE)
