"""Two invented languages that make a page show what no reader of English sees: text that is never translated, boxes that
are too small for longer words, and a layout that does not turn around.

``en-xa`` is English with accents, a good third longer and in square brackets. ``ar-xb`` runs from right to left: the page
is mirrored, and the letters of each word are drawn in reverse. Both reach the words of the interface and of the playbook.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import pytest
from django.test import override_settings
from django.utils.translation import trans_real

from advisor import loader
from advisor.engine import playbook as content
from advisor.engine.playbook import Playbook
from assessments import playbooks

LONG, MIRRORED = "en-xa", "ar-xb"

# --- Words --------------------------------------------------------------------------------------------------------------

ACCENTS = str.maketrans("aAcCdDeEgGhHiIjJkKlLnNoOrRsStTuUwWyYzZ", "åÅçÇðÐéÉĝĜĥĤîÎĵĴķĶļĻñÑöÖŕŔšŠţŢûÛŵŴýÝžŽ")
GROWTH = 0.4
VOWELS = re.compile(r"[åéîöû]", re.IGNORECASE)

KEPT = re.compile(r"(%\([a-z_]+\)[sdg]|%[sdg%]|\{[a-z_]*\}|<[^<>]*>|&\w+;|https?://\S+|\n)")
"""What a translator leaves alone: placeholders, tags, line breaks."""

TAG = re.compile(r"(<[^<>]*>|\n)")

RIGHT_TO_LEFT_OVERRIDE, POP = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{POP DIRECTIONAL FORMATTING}"
RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"


def long(words: str, growth: float = GROWTH) -> str:
    """Accented, longer, and each piece between two tags in brackets: "[Çööñţîîñûûé]"."""
    return "".join(each if TAG.fullmatch(each) else _bracketed(each, growth) for each in TAG.split(words))


def _bracketed(words: str, growth: float) -> str:
    inner = words.strip()
    if not re.search(r"[^\W\d_]", KEPT.sub("", inner)):
        return words
    before, after = words[: words.index(inner)], words[words.index(inner) + len(inner) :]
    pieces = [each if KEPT.fullmatch(each) else each.translate(ACCENTS) for each in KEPT.split(inner)]
    return f"{before}[{''.join(_stretched(pieces, round(len(inner) * growth)))}]{after}"


def _stretched(pieces: list[str], missing: int) -> Iterator[str]:
    """Repeat vowels, from the front, until the text is as much longer as it should be; three in a row at most."""
    found = sum(len(VOWELS.findall(each)) for each in pieces if not KEPT.fullmatch(each))
    times, rest = divmod(min(missing, 2 * found), found) if found else (0, 0)
    number = 0

    def repeat(vowel: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return vowel[0] + vowel[0].lower() * (times + (number <= rest))

    for each in pieces:
        yield each if KEPT.fullmatch(each) else VOWELS.sub(repeat, each)


def mirrored(words: str) -> str:
    """Each word in the direction of Arabic; digits, placeholders and tags as they are."""
    return "".join(
        each if KEPT.fullmatch(each) else re.sub(r"[^\W\d_][\w’'-]*", _turned, each)
        for each in KEPT.split(words)
    )


def _turned(word: re.Match[str]) -> str:
    return f"{RIGHT_TO_LEFT_MARK}{RIGHT_TO_LEFT_OVERRIDE}{word[0]}{POP}{RIGHT_TO_LEFT_MARK}"


VOICES: dict[str, Callable[[str], str]] = {LONG: long, MIRRORED: mirrored}

# --- Where words come from ----------------------------------------------------------------------------------------------

NOT_WORDS: dict[type, set[str]] = {
    Playbook: {"edition", "language", "released"},
    content.Dependency: {"needs", "before"},
    content.Step: {"capability"},
    content.ConfidenceRule: {"code"},
    content.Bucket: {"answers"},
    content.Benchmark: {"question"},
    content.Source: {"title", "publisher"},  # what others have published keeps its name in every language
}
"""Text of the playbook that no reader sees, or that no translator touches; beside ids, layers, sources and addresses."""

NEVER_WORDS = {"id", "layer", "url", "sources"}
LIMITED = {(content.Capability, "label")}
"""Text that a translation has to keep within its limit: a block of the house has two lines of 13 letters."""


class Catalogue(trans_real.DjangoTranslation):
    """The catalogue of an invented language: whatever is asked for, it has."""

    def __init__(self, language: str) -> None:
        super().__init__("en")
        self.language, self.speak = language, VOICES[language]

    def gettext(self, message: str) -> str:
        return self.speak(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def to_language(self) -> str:
        return self.language


def spoken(playbook: Playbook, language: str) -> Playbook:
    """The edition with all its words in an invented language."""
    return _spoken(playbook, VOICES[language])


def _spoken(part: Any, speak: Callable[[str], str]) -> Any:
    if isinstance(part, tuple):
        return tuple(_spoken(each, speak) for each in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {}
    for field in fields(part):
        value, kind = getattr(part, field.name), type(part)
        if field.name in NEVER_WORDS | NOT_WORDS.get(kind, set()):
            continue
        if (kind, field.name) in LIMITED:
            changed[field.name] = tuple(_within(each, 13, speak) for each in value)
        elif field.type in {"str", str} and value:
            changed[field.name] = speak(value)
        elif field.type in WORD_TUPLES:
            changed[field.name] = tuple(map(speak, value))
        else:
            changed[field.name] = _spoken(value, speak)
    return replace(part, **changed)


WORD_TUPLES = {tuple[str, ...], tuple[str, str], tuple[str, str, str, str, str]}


def _within(words: str, length: int, speak: Callable[[str], str]) -> str:
    """A translator who has 13 letters finds 13 letters."""
    if speak is not long:
        return speak(words)
    inner = words[: length - 2]
    return long(inner, (length - 2 - len(inner)) / max(len(inner), 1)) if inner else words


# --- The instrument -----------------------------------------------------------------------------------------------------


@contextmanager
def speaking(language: str) -> Iterator[dict[str, str]]:
    """Both languages are offered, and the playbook speaks this one. Gives the headers of a browser that asks for it."""
    offered = [("en", "English"), (LONG, "Long English"), (MIRRORED, "Mirrored English")]
    read = cache(lambda name: spoken(loader.load(loader.EDITIONS / name), language))
    playbooks.edition.cache_clear()
    try:
        with override_settings(LANGUAGES=offered), pytest.MonkeyPatch.context() as patch:
            for each in VOICES:
                patch.setitem(trans_real._translations, each, Catalogue(each))
            patch.setattr(loader, "edition", read)
            yield {"Accept-Language": language}
    finally:
        playbooks.edition.cache_clear()
