"""Puts a report on paper: our template with its style sheet inside, the finished PDF kept for a while, and its name."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from advisor.drawing import Svg
from reports import pdf
from reports.exports.json import to_json
from reports.presenter import ReportPage
from reports.telling import Report

type Size = Literal["a4", "letter"]

HEADING = re.compile(r"(<h[123][^>]*>)([^<>]+)(</h[123]>)")
WRAPS, KEPT = 24, 20
"""A heading with fewer characters stays on one line in every column; so many at its end fit into the narrowest."""

ROOM: dict[Size, float] = {"a4": 216.0, "letter": 201.0}
"""Millimetres that the words and the house share on the first page."""


class Css(str):
    """A style sheet of ours, which Django's templates print as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@cache
def style_sheet() -> Css:
    return Css((Path(settings.BASE_DIR) / "static" / "css" / "print.css").read_text(encoding="utf-8"))


def paper(page: ReportPage, size: Size = "a4") -> str:
    """The report as HTML for paper, complete in itself."""
    method = page.method
    limits = (
        *method.limits,
        gettext("A character that our typefaces do not have, such as an emoji, is printed as [?]."),
        gettext("Every rule in words, and which rule said what, is in the web report."),
    )
    held = [(holder.title, each) for holder in page.dependencies.holders for each in holder.held]
    context = {
        "page": page,
        "size": size,
        "language": get_language() or settings.LANGUAGE_CODE,
        "style": style_sheet(),
        "logo": pdf.LOGO,
        "fit": _fit(page, ROOM[size]),
        "limits": halves(limits, [len(each) for each in limits]),
        "held": halves(
            held, [_in_lines(lower + each.needs + each.title + each.reason) for lower, each in held]
        ),
        "levels": halves(tuple(enumerate(method.levels)), [len(each) for each in method.levels]),
        "figures": halves(method.figures, [len(each.title + each.reason) for each in method.figures]),
        "glossary": halves(method.glossary, [len(each.term + each.says) for each in method.glossary]),
        "sources": [
            (group.title, halves(group.rows, [_in_lines(each.text) for each in group.rows]))
            for group in method.sources
        ],
    }
    return HEADING.sub(_no_word_alone, render_to_string("reports/print.html", context))


def _no_word_alone(found: re.Match[str]) -> str:
    """A heading whose last word does not stand alone on a line: browsers can balance lines, and paper cannot.

    A short sentence at its end stays together as well: "Three weigh most." What never wraps, and what could become wider
    than its column, is left as it is.
    """
    begins, text, ends = found.groups()
    words = text.split()
    sentence = next((at for at in range(len(words) - 1, 0, -1) if words[at - 1].endswith(".")), 0)
    at = sentence if sentence and len(words) - sentence <= 3 else len(words) - 2
    last = " ".join(words[at:])
    if len(text) < WRAPS or len(last) > KEPT or at < 1:
        return found[0]
    return f'{begins}{" ".join(words[:at])} <span class="kept">{last}</span>{ends}'


def halves[Row](rows: Sequence[Row], lengths: Sequence[int]) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows for two columns side by side, about as much text in the one as in the other."""
    middle = sum(lengths) / 2
    at = sum(1 for so_far in accumulate(lengths) if so_far <= middle + 40)
    return rows[:at], rows[at:]


def _in_lines(text: str) -> int:
    """How long a text is where the last line of each is empty at its end."""
    return 62 * ceil(len(text) / 62)


def _fit(page: ReportPage, room: float) -> Literal["roomy", "usual", "tight", "tighter"]:
    """How the first page is set so that it stays one page, by how many lines its words will need."""

    def lines(text: str, width: int) -> int:
        return ceil(len(text) / width)

    words = (
        9.7 * lines(page.headline, 44)
        + 5.7 * lines(" ".join(page.lead), 92)
        + (1.2 + 4.6 if page.scope else 0)
        + (1.2 + 4.6 * lines(page.decision_in_short, 88) if page.decision else 0)
        + _judged(page, lines)
        + max(5.3 * lines(side.title, 36) + 4 * lines(side.says, 62) for side in page.agreement.sides)
        + max(sum(4.6 * lines(line, 38) for line in message.lines) for message in page.messages)
        + max(4 * lines(fact.label, 27) for fact in page.facts)
    )
    left = room - words - _height(page.house.printed, 174)
    return "roomy" if left > 7.5 else "usual" if left > 0 else "tight" if left > -15 else "tighter"


def _judged(page: ReportPage, lines: Callable[[str, int], int]) -> float:
    """How high the verdict becomes that differs from what was calculated."""
    if page.judged is None:
        return 0.0
    row = page.judged.rows[0]
    words = f"{row.about}, judged differently: {row.judged} {row.reason_in_short} {row.by} {page.judged.more}"
    return 1.4 + 4.4 * lines(words, 104)


def _height(drawing: Svg, width: float) -> float:
    """How high a drawing becomes at this width."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    return width * float(found[2]) / float(found[1]) if found else 0.0


def pdf_of(report: Report, size: Size = "a4") -> bytes:
    """The report as PDF, made anew, with the result as data in it. Raises PdfError.

    It takes only one of the places there are: whoever asks for these again and again keeps nobody from a kept one.
    """
    return pdf.render(paper(report.page, size), attached=to_json(report), logo=report.logo, places=1)


def file_name(page: ReportPage, ending: str = ".pdf") -> str:
    """ "harrow-pumps-roadmap-2026-11-23.pdf": plain letters, whatever the organisation is called."""
    name = slugify(page.title)[:60].strip("-_") or "groundwork"
    return f"{name}-roadmap-{page.day.isoformat()}{ending}"
