"""The rules on the command line: ``python -m advisor advise FILE`` and ``python -m advisor check [FOLDER]``.

No Django and no database. Exit codes: 0 done, 1 done but some lines or playbooks are wrong, 2 unusable input.
"""

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from advisor import loader
from advisor.engine import advise
from advisor.engine.judgement import adjusted, read_figures
from advisor.engine.playbook import Playbook
from advisor.engine.result import as_json, summary
from advisor.engine.situation import SituationError, read_situation
from advisor.loader import check
from advisor.prose import as_text
from advisor.reading import NotJsonError, edition_in, figures_in, read_json, situation_in


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return check.main(options.folders) if options.command == "check" else _advise(options)
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _advise(options: argparse.Namespace) -> int:
    try:
        source = sys.stdin.buffer if options.file == "-" else Path(options.file).open("rb")  # noqa: SIM115  # closed below
    except OSError as error:
        return _fail(f"{options.file}: {error.strerror}")
    with source:
        try:
            return _advise_lines(options, source) if options.jsonl else _advise_one(options, source)
        except (LookupError, loader.PlaybookError) as error:
            return _fail(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m advisor", description="Which layer to invest in next, and why."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("advise", help="advice for a situation")
    ask.add_argument(
        "file",
        help='a situation as JSON with "mode", "context" and "answers", or an exported file; - reads standard input',
    )
    ask.add_argument("--format", choices=("text", "json"), default="text")
    ask.add_argument("--jsonl", action="store_true", help="one situation a line in, one result a line out")
    ask.add_argument(
        "--edition", help="the playbook to use; unless named, that of an exported file, else the newest"
    )
    lint = commands.add_parser("check", help="check playbooks")
    lint.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="all editions unless named")
    return parser


def _fail(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


def _advise_one(options: argparse.Namespace, source: BinaryIO) -> int:
    raw = source.read()
    try:
        data = read_json(raw)
        playbook = loader.edition(options.edition or edition_in(data) or loader.editions()[-1])
        playbook = adjusted(playbook, read_figures(playbook, figures_in(data)))
        advice = advise(playbook, read_situation(playbook, situation_in(data)))
    except NotJsonError as error:
        return _fail(str(error))
    except SituationError as error:
        start = raw.find(b'"situation"') if situation_in(data) is not data else 0
        return _fail("\n".join(f"line {_line_of(raw, each.where, start)}: {each}" for each in error.problems))
    if options.format == "json":
        print(json.dumps(as_json(advice), allow_nan=False, indent=1))
    else:
        print(as_text(playbook, advice))
    return 0


def _line_of(raw: bytes, where: str, start: int) -> int:
    """The line on which the last key of a path stands, as far as the text shows it; else where the situation begins."""
    key = json.dumps(where.rpartition(".")[2], ensure_ascii=False)
    place = raw.find(key.encode(), start)
    return raw.count(b"\n", 0, place if place >= 0 else start) + 1


def _advise_lines(options: argparse.Namespace, source: BinaryIO) -> int:
    """A result for each line, in the same order; a bad line yields its error, and the rest goes on."""
    playbook = loader.edition(options.edition or loader.editions()[-1])
    gc.disable()  # the rules make no cycles, so there is nothing to find
    failed = False
    for result in _results(playbook, source):
        failed = failed or "error" in result
        sys.stdout.write(json.dumps(result, allow_nan=False, separators=(",", ":")) + "\n")
    return 1 if failed else 0


def _results(playbook: Playbook, source: BinaryIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        name: Any = None
        try:
            data = read_json(line, line=number)
            name = data.get("id") if isinstance(data, dict) else None
            own = adjusted(playbook, read_figures(playbook, figures_in(data)))
            yield {"id": name, **summary(advise(own, read_situation(own, situation_in(data))))}
        except SituationError as error:
            yield {"id": name, "error": "; ".join(f"line {number}: {each}" for each in error.problems)}
        except NotJsonError as error:
            yield {"id": name, "error": str(error)}


if __name__ == "__main__":
    sys.exit(main())
