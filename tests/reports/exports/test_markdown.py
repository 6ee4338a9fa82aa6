"""The report as Markdown, read by a parser: headings, tables and links are ours, and what was typed stays text."""

import itertools
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisor.engine.situation import Situation, read_situation
from reports.exports.markdown import text, to_markdown
from tests.reports.exports.payloads import PAYLOADS
from tests.reports.exports.reports import SLUGS, everything, report_on, sample_report
from tests.reports.pages import sample_page
from tests.situations import KINDS, PLAYBOOK, situations

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"text", "softbreak", "strong_open", "strong_close", "link_open", "link_close"}
"""What stands inside of a line."""

HOSTILE = [
    "<script>alert(1)</script>", "<b>bold</b>", "<!-- note -->", "&lt;i&gt; &#60;", "*em* **strong** _em_ __x__", "`code`",
    "```", "~~~", "~~gone~~", "# heading", "### heading", "heading\n===", "heading\n---", "> quote", "- list", "+ list", "* list",
    "1. list", "1) list", "---", "***", "    code", "\tcode", "[link](http://evil.example)", "![x](http://evil.example/x.png)",
    "[ref]: http://evil.example", "[ref][1]", "[^1]", "<http://evil.example>", "<me@evil.example>", "a | b | c", "| - |", "|", "\\", "\\|",
    "\\\\| b", "line\n\nanother", "line  \nbreak", "$x$", "{{ x }}", "{% x %}", "http://evil.example", "www.evil.example", "me@evil.example",
]  # fmt: skip


def tokens(raw: bytes) -> list[Token]:
    """All of them, those inside of lines too."""
    return [each for token in READER.parse(raw.decode()) for each in (token, *(token.children or ()))]


def headings(raw: bytes) -> list[str]:
    found = READER.parse(raw.decode())
    return [after.content for token, after in itertools.pairwise(found) if token.type == "heading_open"]


def read(raw: bytes) -> str:
    """The text as a reader sees it."""
    return "\n".join(
        "".join(part.content for part in each.children or ())
        for each in READER.parse(raw.decode())
        if each.type == "inline"
    )


# --- Text stays text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [*HOSTILE, *PAYLOADS], ids=ascii)
def test_what_was_typed_is_read_as_it_was_typed(words: str) -> None:
    written = text(words)
    (opened, inline, closed) = READER.parse(f"x {written}")
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    assert {each.type for each in inline.children or ()} <= {"text"}
    alone = READER.parse(written)
    assert {each.type for each in alone} <= {"paragraph_open", "inline", "paragraph_close"}


@given(words=st.text(max_size=60))
@settings(max_examples=300)
def test_whatever_is_typed_is_one_line_of_text(words: str) -> None:
    found = READER.parse(text(words))
    assert {each.type for each in found} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {part.type for each in found for part in each.children or ()} <= {"text"}


@cache
def form_of_plain_words() -> list[str]:
    return [each.type for each in tokens(to_markdown(sample_page("lumo", **everything("words"))))]


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_a_report_keeps_its_form_whatever_was_typed(words: str) -> None:
    typed = tokens(to_markdown(sample_page("lumo", **everything(words))))
    assert [each.type for each in typed] == form_of_plain_words()
    assert {part.type for each in typed for part in each.children or ()} <= OURS


def test_addresses_that_were_typed_do_not_become_links() -> None:
    assert text("see http://evil.example") == r"see http\://evil.example"
    assert text("www.evil.example") == r"www\.evil.example"
    assert text("me@evil.example") == r"me\@evil.example"


# --- The report -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_it_has_every_section_of_the_page(slug: str) -> None:
    page = sample_page(slug)
    found = headings(to_markdown(page))
    assert found[0].replace("\\", "") == page.headline
    sections = [page.moves, page.gates, page.pitfalls, page.change, page.levels, page.confidence, page.method]
    sections += [each for each in (page.deciding, page.holds, page.roadmap, page.budget, page.checks) if each]  # type: ignore[list-item]
    sections += [each for each in (page.symptoms, page.comparisons, page.homework) if each]  # type: ignore[list-item]
    assert {each.heading for each in sections} <= {each.replace("\\", "") for each in found}


@pytest.mark.parametrize("slug", SLUGS)
def test_its_numbers_and_words_are_those_of_the_page(slug: str) -> None:
    page = sample_report(slug, day_rate=900).page
    words = read(to_markdown(page))
    for move in page.moves.moves:
        assert all(each in words for each in (move.next_monday, move.effort, move.lead, move.success))
    for gate in page.gates.rows:
        assert gate.title in words
        assert gate.opens in words
    for floor in page.levels.floors:
        assert all(row.title in words and row.words in words for row in floor.rows)
    if page.budget and page.budget.released:
        assert page.budget.released.figure in words
        assert page.budget.released.money in words
    for group in page.answers:
        assert all(row.answer in words and row.asks in words for row in group.rows)


def test_levels_are_a_table_with_as_many_rows_as_there_are_capabilities() -> None:
    page = sample_page("tallis-software")
    raw = to_markdown(page).decode()
    rows = [line for line in raw.splitlines() if line.startswith("| ")]
    for floor in page.levels.floors:
        for row in floor.rows:
            assert any(line.startswith(f"| {row.title} | {row.words} |") for line in rows)


def test_every_row_of_a_table_has_all_its_cells() -> None:
    widths = 0
    for token in tokens(to_markdown(sample_page("tallis-software"))):
        if token.type == "tr_open":
            widths += 1
    assert widths > 60


def test_links_lead_to_sources_alone() -> None:
    allowed = {each.url for each in PLAYBOOK.sources}
    found = {
        str(each.attrs["href"])
        for each in tokens(to_markdown(sample_page("lumo")))
        if each.type == "link_open"
    }
    assert found
    assert found <= allowed


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["id"])
def test_there_are_no_gaps_in_any_kind_of_result(case: dict[str, Any]) -> None:
    raw = to_markdown(report_on(read_situation(PLAYBOOK, case)).page).decode()
    assert "None" not in raw
    assert "\n\n\n" not in raw
    assert not [each for each in raw.splitlines() if each != each.rstrip()]


@given(situation=situations())
@settings(max_examples=10)
def test_any_situation_becomes_markdown(situation: Situation) -> None:
    found = tokens(to_markdown(report_on(situation).page))
    assert not {each.type for each in found} & {"html_block", "html_inline", "code_block", "fence", "image"}
