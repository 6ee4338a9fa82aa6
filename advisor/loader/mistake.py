"""A mistake in a playbook, worded for the person who edits it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MOST = 500
"""So many mistakes are told; whoever has more will check again anyway."""

LONGEST = 300
"""So many characters of what was found are repeated."""

LISTED = 24
"""So many allowed words are spelled out; a longer list helps nobody."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Where it is, what was found, what is allowed, and the nearest right spelling if there is one.

    ``file`` starts with the name of the edition's folder; ``line`` counts from 1.
    """

    file: str
    line: int
    found: str
    allowed: str
    meant: str = ""

    def __str__(self) -> str:
        question = f'; did you mean "{self.meant}"?' if self.meant else ""
        return _visible(f"{self.file}:{self.line}: {_cut(self.found)}; allowed: {self.allowed}{question}")


class PlaybookError(ValueError):
    """An edition that cannot be used, with every mistake in it, by file and line."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        more = [f"and {len(mistakes) - MOST:,} more"] if len(mistakes) > MOST else []
        super().__init__("\n".join([*map(str, mistakes[:MOST]), *more]))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _visible(text: str) -> str:
    """What cannot be seen is spelled out: a terminal would obey some of it."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word that looks most like ``word``, or nothing."""
    return next(iter(get_close_matches(word, list(allowed), n=1)), "")


def listed(words: Iterable[str]) -> str:
    """The words in one line, cut short where there are very many."""
    every = list(words)
    more = f" and {len(every) - LISTED} more" if len(every) > LISTED else ""
    return (", ".join(every[:LISTED]) or "none") + more
