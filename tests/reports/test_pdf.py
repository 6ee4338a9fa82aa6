"""The report as a PDF: complete, tagged, in our fonts, short, the same every time, and closed to what people type."""

import re
import socket
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfua
import pikepdf
import pytest

from advisor.engine.situation import read_situation
from assessments.playbooks import current
from reports import pdf
from reports.exports.json import to_json
from reports.presenter import ReportPage
from reports.printing import HEADING, ROOM, _fit, _no_word_alone, paper, pdf_of
from reports.telling import Report
from tests.pdfs import bookmarks_of, pages_in, texts_of
from tests.reports.exports.reports import report_on, sample_report
from tests.situations import CASES, DATA

OURS = ("Bricolage-Grotesque", "Source-Sans-3", "IBM-Plex-Mono")
FOOTER = re.compile(r"Page (\d+) of (\d+)")


@dataclass(frozen=True)
class Printed:
    """A PDF with what was said while it was made."""

    page: ReportPage
    made: bytes
    said: str

    @cached_property
    def lines(self) -> list[list[str]]:
        """The lines of each page, empty ones left out."""
        return [[line.strip() for line in text.splitlines() if line.strip()] for text in texts_of(self.made)]

    @property
    def sheets(self) -> list[str]:
        """The text of each page, with single spaces."""
        return [" ".join(" ".join(lines).split()) for lines in self.lines]

    @property
    def text(self) -> str:
        return " ".join(self.sheets)


def squeezed(text: str) -> str:
    """Without spaces: a PDF knows lines, and a line may end anywhere."""
    return re.sub(r"\s", "", text)


def print_report(report: Report, heard: pytest.LogCaptureFixture) -> Printed:
    heard.clear()
    made = pdf_of(report)
    return Printed(report.page, made, heard.text)


# One real PDF a kind of report is made once and looked at by many tests.
KEPT: dict[str, Printed] = {}


@pytest.fixture
def full(caplog: pytest.LogCaptureFixture) -> Printed:
    """Everything answered, a bottleneck on the second floor, something of every section."""
    return KEPT.get("full") or KEPT.setdefault("full", print_report(sample_report("tallis-software"), caplog))


@pytest.fixture
def unknown(caplog: pytest.LogCaptureFixture) -> Printed:
    """Nothing known, no name given."""
    page = sample_report("land-records", title="", scope="")
    return KEPT.get("unknown") or KEPT.setdefault("unknown", print_report(page, caplog))


# --- What everybody gets ----------------------------------------------------------------------------------------------


def test_no_word_of_warning_was_said(full, unknown):
    assert full.said == ""
    assert unknown.said == ""


def test_it_is_short_and_small(full, unknown):
    for printed in (full, unknown):
        assert pages_in(printed.made) <= 12
        assert len(printed.made) <= 500_000


def test_it_names_its_title_language_and_day(full):
    with pikepdf.open(BytesIO(full.made)) as opened:
        assert str(opened.docinfo["/Title"]) == "Roadmap for Tallis Software"
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20261112")
        assert str(opened.Root.Lang) == "en"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.open_metadata()["pdfuaid:part"] == "1"
        assert list(opened.attachments) == ["groundwork-result.json"]
        assert opened.attachments["groundwork-result.json"].get_file().read_bytes() == to_json(
            sample_report("tallis-software")
        )
        assert "/AA" not in opened.Root
        assert "/OpenAction" not in opened.Root or "/S" not in opened.Root.OpenAction


def test_kept_plans_stand_together_on_one_sheet(caplog):
    levels = dict.fromkeys(current().capability, 4)
    plans = [(1, "Hire two people", {"do_orc": 2}), (2, "W" * 80, levels), (3, "All <b>of</b> it", levels)]
    printed = print_report(sample_report("tallis-software", scenarios=plans), caplog)
    assert printed.said == ""
    (sheet,) = (each for each in printed.sheets if "What if: three plans" in each)
    assert squeezed("Hire two people Pipeline orchestration from 1 to 2 Gates as today") in squeezed(sheet)
    assert squeezed("All <b>of</b> it") in squeezed(sheet)


def test_its_sections_are_bookmarks(full):
    found = bookmarks_of(full.made)
    assert found[0] == full.page.headline
    for heading in (full.page.levels.heading, full.page.gates.heading, full.page.pitfalls.heading):
        assert heading in found
    assert {"Method and limits", "Glossary", "Sources"} <= set(found)


def test_only_our_fonts_are_in_it_and_all_are_embedded(full, unknown):
    for printed in (full, unknown):
        with pikepdf.open(BytesIO(printed.made)) as opened:
            fonts = [font for sheet in opened.pages for font in sheet.Resources.get("/Font", {}).values()]
            assert fonts
            for font in fonts:
                assert str(font.BaseFont).split("+")[1].startswith(OURS)
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_every_sheet_has_its_number_and_says_whose_it_is(full):
    for number, sheet in enumerate(full.sheets, start=1):
        found = FOOTER.search(sheet)
        assert found
        assert [int(each) for each in found.groups()] == [number, len(full.sheets)]
        assert "Tallis Software · DevOps, DataOps, MLOps · 12 November 2026" in sheet


def test_the_first_page_stands_alone(full):
    first = full.sheets[0]
    page = full.page
    assert page.headline in first
    assert page.agreement.named.title in first
    assert page.agreement.shown.title in first
    assert f"“{page.decision_in_short}”" in first
    assert f"About: {page.scope_in_short}" in first
    for message in page.messages:
        for line in message.lines:
            assert line in first
    assert all(fact.figure in first and fact.label in first for fact in page.facts)


def test_it_says_all_that_the_report_says(full):
    page = full.page
    said = [full.page.roadmap.heading, page.budget.released.figure, page.budget.held.figure]
    for move in page.moves.moves:
        said += [move.title, move.next_monday, move.effort, move.owner]
    for row in page.pitfalls.rows:
        said += [row.title, row.instead, *(f"{answer.title}, {answer.answer}" for answer in row.answers)]
    for gate in page.gates.rows:
        said += [gate.decides, gate.opens]
    for group in page.answers:
        for answer in group.rows:
            said += [f"{answer.title}. {answer.asks}", answer.answer, answer.fact, answer.note]
    said += [each.text for group in page.method.sources for each in group.rows]
    said += [each.says for each in page.method.glossary]
    said += [f"{each.title}: {each.value}" for each in page.method.figures]
    text = squeezed(full.text)
    assert [each for each in said if squeezed(each) not in text] == []


def test_no_heading_is_the_last_line_of_a_sheet(full, unknown):
    for printed in (full, unknown):
        headings = set(re.findall(r"<h[1-4][^>]*>([^<]+)</h[1-4]>", paper(printed.page)))
        for lines in printed.lines:
            words = [
                line for line in lines if "DevOps, DataOps, MLOps ·" not in line and not FOOTER.search(line)
            ]
            assert words[-1] not in headings


def test_where_nothing_is_known_the_questions_come_and_no_zero(unknown):
    text = unknown.text
    assert unknown.page.homework is not None
    assert unknown.page.homework.heading in unknown.sheets[2], "below the short roadmap"
    for row in unknown.page.homework.rows:
        assert row.title in text
        assert row.who in text
    assert "0 of 4" not in text
    assert "None" not in text
    with pikepdf.open(BytesIO(unknown.made)) as opened:
        assert str(opened.docinfo["/Title"]) == "Roadmap"


def test_the_same_report_gives_the_same_bytes(full):
    assert pdf_of(sample_report("tallis-software")) == full.made


def test_a_quick_check_says_on_its_first_page_that_it_is_one(full, unknown):
    assert "QUICK CHECK, PROVISIONAL" in unknown.sheets[0]
    assert "EXECUTIVE SUMMARY" not in unknown.sheets[0]
    assert "EXECUTIVE SUMMARY" in full.sheets[0]


def test_the_first_page_names_the_others(full):
    for chapter, heading in {
        "Where you stand": full.page.levels.heading,
        "Roadmap": full.page.roadmap.heading,
        "Why": full.page.deciding.heading,
        "The plan in full": "Every move, what it lifts and how you know it worked",
        "How firm this is": full.page.confidence.heading,
        "Answers": "Every question, answer and note",
        "Method": "Method and limits",
    }.items():
        found = re.search(rf"{chapter} (\d+)(?= |$)", full.sheets[0].split("Pages:")[1])
        assert found, chapter
        assert heading in full.sheets[int(found[1]) - 1]


@pytest.mark.parametrize(
    "slug", ["harrow-pumps", "nordhaven-parcel", "tallis-software", "land-records", "lumo"]
)
@pytest.mark.parametrize("typed", ["as it is", "as long as it may be"])
def test_the_first_page_is_one_page_on_either_paper(slug: str, typed: str):
    decision = ("Whether to buy a platform for all teams, or to build on what is there already. " * 4)[:300]
    words = {"title": "W" * 80, "scope": "W " * 100, "decision": decision} if "long" in typed else {}
    for size in ("a4", "letter"):
        html = paper(sample_report(slug, **words).page, size)
        first = html[: html.index('<section class="page" id="standing"')] + "</body></html>"
        assert pages_in(pdf.render(first)) == 1, size


def test_long_words_are_cut_on_the_first_page_and_stand_in_full_in_the_annex(caplog):
    title = "Department of Invoicing, Payments and Customer Self-Service in the West of the City"[:80]
    decision = ("Whether to buy a platform for all teams, or to build on what is there already. " * 4)[:300]
    printed = print_report(sample_report("tallis-software", title=title, decision=decision), caplog)
    page, first = printed.page, printed.lines[0]
    assert f"EXECUTIVE SUMMARY · {page.title_in_short.upper()}" in first
    assert any(line.startswith(page.footer) for line in first)
    assert f"“{page.decision_in_short}”" in printed.sheets[0]
    assert page.facts[-1].label in printed.sheets[0]
    text = squeezed(printed.text)
    assert squeezed(decision) in text
    assert squeezed(title) in text


def test_the_house_keeps_its_size_whatever_is_decided():
    decision = ("Whether to buy a platform for all teams, or to build on what is there already. " * 4)[:300]
    for case in CASES:
        page = report_on(read_situation(current(), case), decision=decision).page
        assert _fit(page, ROOM["a4"]) != "tighter", case["id"]


# --- What it claims --------------------------------------------------------------------------------------------------------


def test_an_independent_checker_finds_nothing(full, unknown, tmp_path: Path):
    """The second opinion costs an environment of its own: `make pdfcheck`."""
    for printed in (full, unknown):
        file = tmp_path / "report.pdf"
        file.write_bytes(printed.made)
        report = pdfua.validate(file)
        assert [(each.rule_id, each.message) for each in report.findings] == []
        # One rule of this checker, about the order of headings, stumbles over how our files name their destinations and
        # says nothing: `test_headings_make_no_jump` stands in for it. When it can read them, this line has to change.
        skipped = {each.rule_id for each in report.outcomes if each.skipped_reason}
        assert skipped == {"UA-14-001"}


def test_it_claims_both_to_be_accessible_and_to_last(full):
    with pikepdf.open(BytesIO(full.made)) as opened:
        metadata = opened.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata.pdfa_status == "3A"
        assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"
        (file,) = opened.Root.AF
        assert file.AFRelationship == "/Data"
        assert file.EF.F.Params.ModDate == "D:20261112000000Z"
        assert opened.check_pdf_syntax() == []


def test_every_header_cell_says_what_it_heads(full):
    with pikepdf.open(BytesIO(full.made)) as opened:
        scopes = [str(each.A.Scope) for each in opened.objects if is_element(each, "/TH")]
    assert set(scopes) == {"/Column", "/Row"}


def test_footers_stand_outside_the_reading_order_and_links_are_printed(full):
    with pikepdf.open(BytesIO(full.made)) as opened:
        for page in opened.pages:
            marks = [
                operands
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and operands[0] == "/Artifact"
            ]
            assert len(marks) == 2, "who it is about, and the number of the page"
            assert all(operands[1].Subtype == "/Footer" for operands in marks)
            for link in page.get("/Annots", ()):
                assert link.F == 4


def is_element(found: object, role: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == role


# --- What people type -------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script> <img src=file:///etc/passwd> <link rel=attachment href={away}/a.txt> "
    "</style><style>@import url({away}/b.css); body {{ background: url({away}/c.png) }}</style> "
    "<svg><image href='{away}/d.png'/></svg> & \" ' \\ {{{{ page }}}} {{% debug %}}"
)


def test_what_people_type_arrives_as_typed_and_fetches_nothing(caplog):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        words = HOSTILE.format(away=f"http://127.0.0.1:{server.getsockname()[1]}")
        long = "Supercalifragilistic" * 10
        report = sample_report(
            "lumo",
            title=words[:80],
            scope=words[:200],
            decision=(words + "W" * 300)[:300],
            notes={"dv_ci": words, "dv_cd": "First line\nSecond line", "dv_obs": "😀 漢字 שלום x" + long},
        )
        printed = print_report(report, caplog)
        with pytest.raises(BlockingIOError):
            server.accept()
    text = squeezed(printed.text)
    assert squeezed(words) in text
    assert "[?][?][?]x" + long in text
    assert printed.said == ""
    assert b"root:" not in printed.made
    with pikepdf.open(BytesIO(printed.made)) as opened:
        assert list(opened.attachments) == ["groundwork-result.json"]
    assert report.page.facts[-1].label in printed.sheets[0], (
        "the longest words still leave the first page one page"
    )


# --- Every kind of report, as HTML for paper -----------------------------------------------------------------------------


def report_of(case: dict) -> Report:
    return report_on(read_situation(current(), case), title="Any")


@pytest.fixture(scope="module")
def papers() -> list[tuple[Report, str]]:
    reports = [report_of(case) for case in (*DATA["organisations"], *DATA["edge_cases"])]
    assert {each.page.kind for each in reports} == {"gate", "undetermined", "next_stage", "none"}
    return [(report, paper(report.page)) for report in reports]


def test_every_kind_of_report_has_words_and_no_leftovers(papers):
    for report, html in papers:
        (title,) = re.findall(r"<h1>(.*?)</h1>", html)
        assert report.page.headline == re.sub("</?span[^>]*>", "", title).replace("&#x27;", "'")
        words = re.sub(r"<[^>]+>", " ", html[html.index("<body") :])
        for leftover in ("None", " nan", "undefined", "{{", "{%", "%(", "[]", "()"):
            assert leftover not in words, leftover


def test_headings_make_no_jump_and_drawings_begin_with_their_title(papers):
    for _, html in papers:
        levels = [int(each) for each in re.findall(r"<h([1-6])", html)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        drawings = re.findall(r"<svg[^>]*>(<title>[^<]+)?", html)
        assert drawings
        assert all(drawings)


def test_nothing_in_it_that_tags_cannot_carry(papers):
    for _, html in papers:
        assert not re.search(r'\s(style|rowspan|colspan|onclick)="', html)
        assert not re.search(r"<(script|link|img|object|embed|iframe|figure)\b", html)
        assert "visually-hidden" not in html


@pytest.mark.parametrize("kind", ["none", "next_stage"])
def test_the_rarer_kinds_print_without_a_warning(papers, kind: str, caplog):
    report = next(report for report, _ in papers if report.page.kind == kind)
    printed = print_report(report, caplog)
    assert printed.said == ""
    assert report.page.headline in printed.sheets[0]
    assert len(printed.sheets) <= 12


def test_the_colours_of_paper_are_those_of_the_tokens():
    def colours(sheet: str) -> dict[str, str]:
        return dict(re.findall(r"(--[a-z0-9-]+): (#[0-9A-F]{6});", sheet))

    css = Path("static/css")
    tokens = (css / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")[0]
    for name, colour in colours((css / "print.css").read_text()).items():
        assert colours(tokens)[name] == colour


@pytest.mark.parametrize(
    ("title", "together"),
    [
        ("Five answers keep the DevOps gate closed. Three weigh most.", "Three weigh most."),
        ("Changes and new features come out too slowly", "too slowly"),
        ("Releases are in good shape. Unchecked data pipelines hold you back.", "you back."),
        ("Where you stand", ""),
        ("One word that is as long as Datenplattformverantwortung", ""),
        ("Datenplattformverantwortung", ""),
    ],
)
def test_no_word_of_a_heading_stands_alone_on_a_line(title: str, together: str) -> None:
    set_so = HEADING.sub(_no_word_alone, f'<h2 class="x">{title}</h2>')
    assert re.sub("</?span[^>]*>", "", set_so) == f'<h2 class="x">{title}</h2>'
    assert re.findall('<span class="kept">(.*?)</span></h2>', set_so) == ([together] if together else [])
