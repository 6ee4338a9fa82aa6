"""The slides, opened by a program that reads them: native, described, within their bounds, with the words of the page."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from advisor.engine import advise, stability
from advisor.engine.situation import Situation, read_situation
from assessments.logos import logo_from
from reports.exports.lettering import lines
from reports.exports.pptx import to_pptx
from reports.exports.slides import HEIGHT, LEADING, LEAST, WIDTH, Para, fitted, height
from reports.presenter import present
from reports.presenter.offers import Offered
from reports.presenter.prepared import prepared_by
from reports.telling import Report
from tests.assessments.workspace.logos import picture
from tests.pseudo import LONG, speaking, spoken
from tests.reports.exports.payloads import PAYLOADS
from tests.reports.exports.reports import SLUGS, everything, report_on, sample_report
from tests.reports.pages import DAY
from tests.situations import KINDS, PLAYBOOK, situations


def opened(report: Report) -> Any:
    return Presentation(io.BytesIO(to_pptx(report)))


DAY_RATE = 900


@cache
def slides_of(slug: str) -> bytes:
    """The slides of a sample, with amounts of money, made once for all tests that only look at them."""
    return to_pptx(sample_report(slug, day_rate=DAY_RATE))


@cache
def deck_of(slug: str) -> Any:
    return Presentation(io.BytesIO(slides_of(slug)))


def shapes_in(shapes: Any) -> Iterator[Any]:
    """All of them, those in groups too."""
    for each in shapes:
        yield each
        if each.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes_in(each.shapes)


def frames_in(slide: Any) -> Iterator[tuple[Any, float, float]]:
    """Every frame of text with its room in points: its width and its height."""
    for each in shapes_in(slide.shapes):
        if each.has_text_frame and each.text_frame.text:
            yield each.text_frame, each.width / Pt(1), each.height / Pt(1)
        if getattr(each, "has_table", False) and each.has_table:
            for row in each.table.rows:
                for column, cell in zip(each.table.columns, row.cells, strict=True):
                    wide = (column.width - cell.margin_left - cell.margin_right) / Pt(1)
                    yield cell.text_frame, wide, (row.height - cell.margin_top - cell.margin_bottom) / Pt(1)


def words_of(deck: Any) -> str:
    return "\n".join(frame.text for slide in deck.slides for frame, _, _ in frames_in(slide))


def needs(frame: Any, wide: float) -> float:
    """How high its text becomes, measured letter by letter."""
    high = 0.0
    for place, line in enumerate(frame.paragraphs):
        for run in line.runs:
            size = run.font.size / Pt(1)
            high += lines(run.text, size, wide, bold=bool(run.font.bold)) * size * LEADING
        high += (line.space_before or 0) / Pt(1) if place and line.space_before else 0
    return high


FOOTS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def flaws(deck: Any) -> list[str]:
    """What would look broken: text that overflows, and what leaves its slide or runs into its foot."""
    found = []
    for number, slide in enumerate(deck.slides, start=1):
        for frame, wide, high in frames_in(slide):
            sized = all(run.font.size for line in frame.paragraphs for run in line.runs)
            if sized and needs(frame, wide) > high + 0.6:
                found.append(
                    f"slide {number}: {frame.text[:40]!r} needs {needs(frame, wide):.0f} of {high:.0f}"
                )
        for each in slide.shapes:
            foot = each.is_placeholder and each.placeholder_format.type in FOOTS
            lowest = HEIGHT if foot else 510
            if each.left < 0 or (each.left + each.width) / Pt(1) > WIDTH or each.top < 0:
                found.append(f"slide {number}: {each.name} leaves the slide")
            if (each.top + each.height) / Pt(1) > lowest:
                found.append(f"slide {number}: {each.name} ends at {(each.top + each.height) / Pt(1):.0f}")
    return found


# --- The form -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_every_slide_has_a_title_a_number_a_foot_and_notes(slug: str) -> None:
    report, deck = sample_report(slug), deck_of(slug)
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[0] == report.page.headline
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in deck.slides:
        kinds = [each.placeholder_format.type for each in slide.placeholders]
        assert PP_PLACEHOLDER.SLIDE_NUMBER in kinds
        assert PP_PLACEHOLDER.FOOTER in kinds
        assert all(each.text_frame.text for each in slide.placeholders)
        assert slide.notes_slide.notes_text_frame.text


def test_notes_name_the_sources() -> None:
    deck = deck_of("tallis-software")
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert "https://" in notes
    assert "R-" not in notes


@pytest.mark.parametrize("slug", SLUGS)
def test_every_graphic_and_table_has_a_name_and_says_what_it_shows(slug: str) -> None:
    for slide in deck_of(slug).slides:
        for each in shapes_in(slide.shapes):
            if each.shape_type in (MSO_SHAPE_TYPE.GROUP, MSO_SHAPE_TYPE.TABLE):
                assert each.name
                assert each._element.xpath(".//p:cNvPr")[0].get("descr")
            assert each.shape_type != MSO_SHAPE_TYPE.PICTURE


def test_the_house_is_three_floors_of_six_blocks_of_four_courses() -> None:
    report = sample_report("tallis-software")
    groups = [
        each
        for each in deck_of("tallis-software").slides[1].shapes
        if each.shape_type == MSO_SHAPE_TYPE.GROUP
    ]
    house = next(each for each in groups if each.name == report.page.house.label)
    floors = [each for each in house.shapes if each.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert [each.name for each in floors] == ["Attic, MLOps", "Framework, DataOps", "Foundation, DevOps"]
    rows = {row.title: row for floor in report.page.house.floors for row in floor.rows}
    for floor in floors:
        blocks = [each for each in floor.shapes if each.shape_type == MSO_SHAPE_TYPE.GROUP]
        assert len(blocks) == 6
        for block in blocks:
            row = rows[block.name]
            says = block._element.xpath(".//p:cNvPr")[0].get("descr")
            assert says.startswith(f"{row.title}: {row.words}")
            wide = max(each.width for each in block.shapes if not each.text_frame.text)
            courses = [each for each in block.shapes if not each.text_frame.text and each.height > Pt(10)]
            assert len(courses) == 4
            assert sum(each.fill.type == 1 for each in courses) == int(row.figure)
            assert row.figure in [each.text_frame.text for each in block.shapes]
            assert wide > 0


def test_what_is_not_known_has_a_question_mark() -> None:
    house = deck_of("land-records").slides[1]
    marks = [each for each in shapes_in(house.shapes) if each.has_text_frame and each.text_frame.text == "?"]
    assert len(marks) >= 2 * 9


@pytest.mark.parametrize("slug", ["lumo", "tallis-software"])
def test_the_same_report_gives_the_same_bytes(slug: str) -> None:
    made = slides_of(slug)
    assert made == to_pptx(sample_report(slug, day_rate=DAY_RATE))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [each for each in parts.namelist() if "thumbnail" in each or "printerSettings" in each]


def test_the_document_says_what_it_is() -> None:
    report = sample_report("lumo")
    properties = deck_of("lumo").core_properties
    assert properties.title == report.page.headline
    assert (properties.author, properties.last_modified_by) == ("Groundwork", "Groundwork")
    assert properties.created.date() == properties.modified.date() == report.page.day


def test_no_two_shapes_of_a_slide_have_one_id() -> None:
    for slide in deck_of("tallis-software").slides:
        ids = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))


def test_fonts_come_from_the_theme() -> None:
    with zipfile.ZipFile(io.BytesIO(slides_of("lumo"))) as parts:
        slides = [
            parts.read(each).decode() for each in parts.namelist() if each.startswith("ppt/slides/slide")
        ]
        theme = parts.read("ppt/theme/theme1.xml").decode()
    assert not [each for each in slides if "<a:latin" in each]
    assert theme.count('<a:latin typeface="Arial"') == 2
    assert '<a:accent2><a:srgbClr val="A03F22"/></a:accent2>' in theme


# --- The words and numbers of the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_it_says_what_the_page_says(slug: str) -> None:
    page, words = sample_report(slug, day_rate=DAY_RATE).page, words_of(deck_of(slug))
    for message in page.messages:
        assert all(line in words for line in message.lines)
    for row in page.gates.rows:
        assert all(each in words for each in (row.title, row.decides, row.opens))
    for move in page.moves.moves:
        assert all(
            each in words for each in (move.title, move.next_monday, move.effort, move.lead, move.owner)
        )
    for pitfall in page.pitfalls.rows:
        assert all(each in words for each in (pitfall.title, pitfall.see, pitfall.instead))
    for floor in page.levels.floors:
        assert all(row.title in words and row.words in words for row in floor.rows)
    if page.roadmap:
        assert all(each.short in words for each in page.roadmap.planned)
    if page.budget and page.budget.released:
        for amount in (page.budget.released, page.budget.held):
            assert amount is None or (
                amount.figure in words and amount.label in words and amount.money in words
            )


# --- Text that fits -------------------------------------------------------------------------------------------------------


def test_text_shrinks_until_it_fits_and_is_cut_as_a_last_resort() -> None:
    short, long = Para("word", 20), Para("word " * 400, 20)
    assert fitted([short], 100, 30) == (short,)
    (cut,) = fitted([long], 200, 60)
    assert cut.size == LEAST
    assert cut.text.endswith("…")
    assert height([cut], 200) <= 60
    (smaller,) = fitted([Para("word " * 20, 20)], 200, 60)
    assert LEAST <= smaller.size < 20
    assert not smaller.text.endswith("…")


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["id"])
def test_nothing_overflows_in_any_kind_of_result(case: dict[str, Any]) -> None:
    assert flaws(opened(report_on(read_situation(PLAYBOOK, case)))) == []


@pytest.mark.parametrize("slug", SLUGS[2:4])
def test_nothing_overflows_with_the_longest_words(slug: str) -> None:
    for typed in ("Verkehrsinfrastrukturfinanzierungsgesellschaft " * 3, "W" * 200, "漢" * 120):
        report = sample_report(slug, **everything(typed), day_rate=999_999_999)
        assert flaws(opened(report)) == []


@pytest.mark.parametrize("slug", SLUGS[1:4])
def test_nothing_overflows_where_every_word_is_longer(slug: str) -> None:
    with speaking(LONG), override(LONG):
        playbook, situation = spoken(PLAYBOOK, LONG), sample_report(slug).situation
        advice = advise(playbook, situation)
        page = present(
            playbook, situation, advice, stability(playbook, situation), title="Harrow Pumps", day=DAY
        )
        assert flaws(opened(Report(page=page, playbook=playbook, situation=situation, advice=advice))) == []


@given(situation=situations())
@settings(max_examples=5)
def test_any_situation_becomes_slides_that_fit(situation: Situation) -> None:
    assert flaws(opened(report_on(situation))) == []


@pytest.mark.parametrize("payload", PAYLOADS[::12], ids=ascii)
def test_whatever_is_typed_stays_text(payload: str) -> None:
    deck = opened(sample_report("lumo", **everything(f"{payload}\0\x07\ud800")))
    assert len(deck.slides) == len(deck_of("lumo").slides)
    assert not [slide for slide in deck.slides if slide.shapes._spTree.xpath(".//a:hlinkClick")]


def test_many_pitfalls_take_more_slides() -> None:
    report = sample_report("harrow-pumps")
    rows = report.page.pitfalls.rows * 4
    many = replace(report, page=replace(report.page, pitfalls=replace(report.page.pitfalls, rows=rows)))
    deck = opened(many)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert sum(each.startswith(report.page.pitfalls.heading) for each in titles) > 1
    assert flaws(deck) == []


# --- Of a consultancy -----------------------------------------------------------------------------------------------------


def branded(name: str = "Kestrel Advisory", contact: str = "Ana Keller") -> Report:
    """A report with everything that a consultancy says of itself."""
    by = prepared_by(mark="m" * 22, name=name, contact=contact, footer="", accent="#0b5d4e", size=(600, 160))
    layers = [each.id for each in PLAYBOOK.layers]
    names = {(layer, kind): f"Care {name}"[:80] for layer in layers for kind in ("managed", "build")}
    offers = Offered(name, names)
    made = sample_report("tallis-software", prepared=by, offers=offers)
    return replace(made, logo=logo_from(picture()).png, offers=offers)


def test_it_says_who_prepared_it_and_what_they_offer() -> None:
    deck = opened(branded())
    first = deck.slides[0]
    (logo,) = [each for each in first.shapes if each.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert logo._element.xpath(".//p:cNvPr")[0].get("descr") == "Logo of Kestrel Advisory"
    assert "Prepared by Kestrel Advisory · Ana Keller" in [
        each.text_frame.text for each in first.shapes if each.has_text_frame
    ]
    for slide in deck.slides:
        (foot,) = [each for each in slide.placeholders if each.placeholder_format.type == FOOTS[0]]
        assert foot.text_frame.text.endswith("Prepared by Kestrel Advisory")
    assert deck.core_properties.author == "Kestrel Advisory"
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    assert b'<a:hlink><a:srgbClr val="0B5D4E"/></a:hlink>' in theme
    assert "Kestrel Advisory offers this as: Care Kestrel Advisory" in words_of(deck)


def test_nothing_overflows_with_the_longest_name_and_offers() -> None:
    assert flaws(opened(branded("W" * 80, "W" * 120))) == []
