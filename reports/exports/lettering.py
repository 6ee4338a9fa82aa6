"""How wide text is in Arial, so that it can be given the room it needs before any program opens the file."""

import unicodedata
from math import ceil

_PLAIN = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
"""In thousandths of the size, from the space to the tilde."""

_OTHERS = {
    "\u00a0": 278,
    "’": 222,
    "‘": 222,
    "“": 333,
    "”": 333,
    "–": 556,
    "—": 1000,
    "…": 1000,
    "·": 333,
    "•": 350,
}
_WIDE, _UNKNOWN = 1000, 750


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Of one line, in the unit of ``size``."""
    return sum(_letter(each, bold=bold) for each in text) * size / 1000


def _letter(character: str, *, bold: bool) -> int:
    """Accents add nothing; what no table holds counts as wide."""
    base = unicodedata.normalize("NFD", character)[0]
    place = ord(base) - 32
    if 0 <= place < len(_PLAIN):
        return (_BOLD if bold else _PLAIN)[place]
    if character in _OTHERS:
        return _OTHERS[character]
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN


def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines it takes in this much room, broken between words, and inside of those that are too long."""
    return sum(_lines(each, size, room, bold=bold) for each in text.split("\n"))


def _lines(paragraph: str, size: float, room: float, *, bold: bool) -> int:
    count, used, space = 1, 0.0, width(" ", size, bold=bold)
    for word in paragraph.split(" "):
        needed = width(word, size, bold=bold)
        if used and used + space + needed <= room:
            used += space + needed
        elif needed <= room:
            count += 1 if used else 0
            used = needed
        else:
            broken = ceil(needed / (room * 0.94))
            count += broken - (0 if used else 1)
            used = room
    return count
