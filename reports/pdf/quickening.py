"""Shortens five of WeasyPrint's small functions that are called for every box and line, in the one release we know.

Four take the usual case first and leave every other to what they replace; the fifth asks less for the same answer. A test
compares the PDFs, byte by byte.
"""

from math import inf
from typing import Any

KNOWN = "70.0"
"""The release whose functions these are; any other stays as it is."""


def quicken() -> bool:
    """Put ours in the place of WeasyPrint's; False where its release is another one. Call it once."""
    import weasyprint

    if weasyprint.__version__ != KNOWN:
        return False
    from weasyprint import css
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import percent
    from weasyprint.text import line_break

    css.check_math = _plain_at_once(css.check_math)
    percent.resolve_one_percentage = _lengths_at_once(percent.resolve_one_percentage)
    line_break.get_font_description = _kept(line_break.get_font_description)
    line_break.split_first_line = _letters_kept(line_break.split_first_line)
    Box.is_in_normal_flow = _in_normal_flow
    return True


def _plain_at_once(slower: Any) -> Any:
    """Whether a value of a style is a formula: a word, a number or a length is none, and most are one of these."""
    from weasyprint.css.properties import Dimension

    plain = frozenset({str, int, float, Dimension})

    def check_math(value: Any) -> Any:
        return value.__class__ not in plain and slower(value)

    return check_math


def _lengths_at_once(slower: Any) -> Any:
    """Lengths and ``auto`` need no working out; each box asks for fifteen of them, each time it is set."""
    from weasyprint.css.properties import Dimension

    def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if value == "auto":
            setattr(box, name, 0 if name in ("min_width", "min_height") else value)
        elif value.__class__ is Dimension and value.unit == "px":
            setattr(box, name, value.value)
        else:
            slower(box, name, refer_to)

    return resolve_one_percentage


def _kept(slower: Any) -> Any:
    """A description of a font depends on these alone, and Pango copies it: a report has some thirty."""
    known: dict[tuple[Any, ...], Any] = {}

    def get_font_description(style: Any) -> Any:
        key = (
            *style["font_family"],
            style["font_style"],
            style["font_stretch"],
            style["font_weight"],
            style["font_size"],
            style["font_variant_caps"],
            style["font_variation_settings"],
        )
        found = known.get(key)
        if found is None:
            found = known[key] = slower(style)
        return found

    return get_font_description


def _letters_kept(slower: Any) -> Any:
    """Words in drawings are measured letter by letter, and drawings look it up here; the text of pages has it already.

    What is kept goes with its fonts.
    """

    def split_first_line(text: str, style: Any, context: Any, width: float, spacing: float) -> Any:
        if len(text) != 1 or width != inf:
            return slower(text, style, context, width, spacing)
        known = vars(style.font_config).setdefault("letters", {})
        key = (
            text,
            *style["font_family"],
            style["font_style"],
            style["font_weight"],
            style["font_size"],
            style["direction"],
        )
        if key not in known:
            known[key] = slower(text, style, context, width, spacing)
        return known[key]

    return split_first_line


def _in_normal_flow(box: Any) -> bool:
    """In one look at each of the two, instead of five questions that look at them nine times."""
    return box.style["float"] == "none" and box.style["position"] in ("static", "relative")
