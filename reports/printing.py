"""Puts a report on paper: our template with its style sheet inside, the finished PDF kept for a while, and its name."""

import hashlib
import re
from functools import cache
from math import ceil
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.core.cache import cache as kept
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import get_language

from advisor.drawing import Svg
from reports import pdf
from reports.presenter import ReportPage

KEPT_SECONDS = 60 * 60
PAGE = 216.0
"""Millimetres that the words and the house share on the first page."""


class Css(str):
    """A style sheet of ours, which Django's templates print as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@cache
def style_sheet() -> Css:
    return Css((Path(settings.BASE_DIR) / "static" / "css" / "print.css").read_text(encoding="utf-8"))


def paper(page: ReportPage) -> str:
    """The report as HTML for paper, complete in itself."""
    context = {
        "page": page,
        "language": get_language() or settings.LANGUAGE_CODE,
        "style": style_sheet(),
        "fit": _fit(page),
    }
    return render_to_string("reports/print.html", context)


def _fit(page: ReportPage) -> Literal["roomy", "usual", "tight", "tighter"]:
    """How the first page is set so that it stays one page, by how many lines its words will need."""

    def lines(text: str, room: int) -> int:
        return ceil(len(text) / room)

    words = (
        9.7 * lines(page.headline, 44)
        + 5.7 * lines(" ".join(page.lead), 92)
        + (1.2 + 4.6 if page.scope else 0)
        + (1.2 + 4.6 * lines(page.decision_in_short, 88) if page.decision else 0)
        + max(5.3 * lines(side.title, 36) + 4 * lines(side.says, 62) for side in page.agreement.sides)
        + max(sum(4.6 * lines(line, 38) for line in message.lines) for message in page.messages)
        + max(4 * lines(fact.label, 27) for fact in page.facts)
    )
    left = PAGE - words - _height(page.house.printed, 174)
    return "roomy" if left > 7.5 else "usual" if left > 0 else "tight" if left > -15 else "tighter"


def _height(drawing: Svg, width: float) -> float:
    """How high a drawing becomes at this width."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    return width * float(found[2]) / float(found[1]) if found else 0.0


def pdf_of(page: ReportPage) -> bytes:
    """The report as PDF, made once for as long as it says the same. Raises PdfError."""
    html = paper(page)
    key = f"pdf-{hashlib.sha256(html.encode()).hexdigest()}"
    made: bytes | None = kept.get(key)
    if made is None:
        made = pdf.render(html)
        kept.set(key, made, KEPT_SECONDS)
    return made


def file_name(page: ReportPage, ending: str = ".pdf") -> str:
    """ "harrow-pumps-roadmap-2026-11-23.pdf": plain letters, whatever the organisation is called."""
    name = slugify(page.title)[:60].strip("-_") or "groundwork"
    return f"{name}-roadmap-{page.day.isoformat()}{ending}"
