"""What may stand in a cell: typed text without characters that break a file, and never as a formula."""

import unicodedata

FORMULA = frozenset("=+-@")
"""What a spreadsheet reads as the beginning of a formula; full-width and small forms count as their plain ones."""

SEPARATORS = frozenset(";\t\n")
"""Where a spreadsheet that does not separate by commas would begin a new cell, quotes or not."""


def plain(text: str) -> str:
    """Without what no cell of any format can hold: control characters but line ends and tabs, and half characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or _holds(each))


def _holds(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff"


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes any of it for a formula: with an apostrophe before what looks like one.

    Spaces and invisible characters before it do not count, since spreadsheets skip some of them. A tab, a carriage
    return or a NUL character at the beginning is reason enough.
    """
    written = ["'"] if text[:1] in {"\t", "\r", "\0"} else []
    begins = not written
    for each in plain(text):
        if begins and (each == "\t" or _plain_form(each) in FORMULA):
            written.append("'")
            begins = False
        written.append(each)
        begins = each in SEPARATORS or (begins and _is_skipped(each))
    return "".join(written)


def _plain_form(character: str) -> str:
    return unicodedata.normalize("NFKC", character)[:1]


def _is_skipped(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"
