"""Where the pages of a PDF break: on either paper they are well filled, and nothing is torn from what it belongs to."""

import re

import pytest

from reports.presenter import ReportPage
from reports.printing import Size, pdf_of
from tests.pdfs import fills_of, texts_of
from tests.reports.exports.reports import SLUGS, sample_report

LEAST = 0.6
"""So far down is every page but the last written on."""


def squeezed(text: str) -> str:
    """Without spaces: a PDF knows lines, and a line may end anywhere."""
    return re.sub(r"\s", "", text)


def lists_of(page: ReportPage) -> list[tuple[str, list[str]]]:
    """The headings of lists that may run over pages, each with how its rows begin."""
    lists = [(group.title, [f"{row.title}. {row.asks}" for row in group.rows]) for group in page.answers]
    if page.roadmap:
        planned = [move.title for move in page.roadmap.planned]
        lists.append(("Every move, what it lifts and how you know it worked", planned))
    if page.homework and page.homework_first:
        lists.append((page.homework.heading, [row.title for row in page.homework.rows]))
    lists.append((page.confidence.heading, [each.says for each in page.confidence.doubts]))
    return [(heading, rows) for heading, rows in lists if rows]


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("slug", SLUGS)
def test_pages_are_well_filled_and_lists_begin_with_three_rows(slug: str, size: Size) -> None:
    report = sample_report(slug)
    made = pdf_of(report, size)
    *fills, _ = fills_of(made)
    assert len(fills) < 12
    assert [(number, fill) for number, fill in enumerate(fills, start=1) if fill < LEAST] == []
    sheets = [squeezed(text) for text in texts_of(made)]
    for heading, rows in lists_of(report.page):
        first = squeezed(rows[0])
        begins = next(each for each in sheets if first in each and squeezed(heading) in each)
        for row in rows[:3]:
            assert squeezed(row) in begins, (heading, row)
