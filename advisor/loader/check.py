"""The command line's check: every mistake of an edition on a line of its own, or what it holds."""

import sys
from collections.abc import Sequence
from pathlib import Path

from advisor.engine.playbook import Playbook
from advisor.loader import EDITIONS, PlaybookError, editions, load

COUNTED = ("layers", "capabilities", "context", "signals", "gates", "dependencies", "pitfalls", "initiatives")


def main(argv: Sequence[str | Path]) -> int:
    """Check the folders named, or all editions; 0 if they are right, 1 if not."""
    folders = [Path(each) for each in argv] or [EDITIONS / each for each in editions()]
    return max([_check(each) for each in folders], default=0)


def _check(folder: Path) -> int:
    try:
        sys.stdout.write(f"{_summary(load(folder))}\n")
    except PlaybookError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0


def _summary(playbook: Playbook) -> str:
    counts = ", ".join(f"{len(getattr(playbook, name))} {name}" for name in COUNTED)
    return f"Edition {playbook.edition} ({playbook.language}) is right: {counts}."
