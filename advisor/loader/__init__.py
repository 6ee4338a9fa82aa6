"""The only reader of playbooks: YAML in, a checked edition out, or every mistake at once."""

import re
from pathlib import Path

from advisor.engine.playbook import Playbook
from advisor.loader.files import EDITIONS, HEAD, draw_up
from advisor.loader.mistake import Mistake, PlaybookError

__all__ = ["EDITIONS", "Mistake", "PlaybookError", "edition", "editions", "load", "mistakes"]


def load(folder: Path) -> Playbook:
    """The edition in a folder. Raises PlaybookError with all its mistakes."""
    playbook, found = draw_up(Path(folder).absolute())
    if found:
        raise PlaybookError(found)
    return playbook


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    """Everything wrong with the edition in a folder, by file and line."""
    return draw_up(Path(folder).absolute())[1]


def editions() -> tuple[str, ...]:
    """The names of the editions that come with Groundwork, the newest last."""
    names = [each.parent.name for each in EDITIONS.glob(f"*/{HEAD}")]
    return tuple(sorted(names, key=lambda name: [int(number) for number in re.findall(r"\d+", name)]))


def edition(name: str) -> Playbook:
    """An edition by its name. Raises LookupError for one that is not there, PlaybookError for one with mistakes."""
    if name not in editions():
        raise LookupError(f'There is no edition "{name}" of the playbook; there are: {", ".join(editions())}')
    return load(EDITIONS / name)
