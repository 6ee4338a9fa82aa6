"""Review and result on paper, as a browser prints them."""

import re

import pytest

from assessments.answering import keep_draft, record_answer
from assessments.models import Assessment
from tests.assessments.conftest import answer_everything
from tests.factories import AssessmentFactory
from tests.journeys.conftest import enter
from tests.journeys.person import Visit
from tests.pdfs import first_page_of, size_of, texts_of

FORMATS = {"A4": (595, 842), "Letter": (612, 792)}


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    assessment = AssessmentFactory(decision="Buy a platform, or free two people first?")
    answer_everything(assessment, c_models="1", c_capacity_fte=1.5)
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Since spring\nin all teams")
    record_answer(assessment=assessment, question="ml_trn", value="na", na_reason="We only buy models")
    assessment.answers.filter(question="dv_cd").delete()
    draft = {"chosen": [], "number": "", "na_reason": "", "note": "Ask Ana about it"}
    keep_draft(assessment=assessment, question="dv_cd", draft=draft)
    return assessment


def text_of(made: bytes) -> str:
    return " ".join(" ".join(texts_of(made)).split())


@pytest.mark.parametrize("paper", FORMATS)
def test_every_answer_reason_and_note_is_on_paper(visit: Visit, assessment: Assessment, paper: str) -> None:
    page = enter(visit, assessment, "review/")
    words = [" ".join(each.split()) for each in page.locator("main dt, main dd bdi").all_inner_texts()]
    pdf = page.pdf(format=paper)
    text = text_of(pdf)
    assert len(words) > 60
    assert [each for each in words if each not in text] == []
    for typed in ("Since spring in all teams", "We only buy models", "Ask Ana about it", "1.5 people"):
        assert typed in text
    assert tuple(map(round, size_of(pdf))) == pytest.approx(FORMATS[paper], abs=1)


@pytest.mark.parametrize("paper", FORMATS)
def test_the_first_sheet_says_whose_it_is_and_nothing_can_be_pressed(
    visit: Visit, assessment: Assessment, paper: str
) -> None:
    pdf = enter(visit, assessment, "review/").pdf(format=paper)
    first, text = first_page_of(pdf), text_of(pdf)
    for words in (
        "Harrow Pumps",
        "The service portal",
        "Buy a platform, or free two people first?",
        assessment.public_id,
    ):
        assert words in first
    assert re.search(r"Answers as of \d{1,2} [A-Z][a-z]+ 20\d\d", first)
    for words in (
        "Change answer",
        "Show the result",
        "All questions",
        "Private link",
        "Privacy",
        "Appearance",
    ):
        assert words not in text


@pytest.mark.parametrize("paper", FORMATS)
def test_the_result_is_printed_with_everything_that_is_folded_away(
    visit: Visit, assessment: Assessment, paper: str
) -> None:
    page = enter(visit, assessment, "result/")
    answers = page.locator(".group dd b").all_text_contents()
    text = text_of(page.pdf(format=paper))
    assert len(answers) > 25
    assert [each for each in answers if " ".join(each.split()) not in text] == []
    assert "Since spring" in text
    assert "Appearance" not in text


@pytest.mark.parametrize("paper", FORMATS)
def test_the_first_sheet_of_a_result_holds_the_finding_and_the_whole_house(
    visit: Visit, tallis: Assessment, paper: str
) -> None:
    first = " ".join(first_page_of(enter(visit, tallis, "result/").pdf(format=paper)).split())
    assert "Unchecked data pipelines hold you back." in first
    assert "Every block, with its level and what its gate needs" in first, "what stands below the house"


def test_paper_is_black_on_white_in_a_dark_room_too(visit: Visit, assessment: Assessment) -> None:
    page = enter(visit, assessment, "review/", color_scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    colours = page.evaluate(
        """[...document.querySelectorAll("main h1, main h2, main dt, main dd:not(.change), main .noted, main .kicker")]
            .map(each => getComputedStyle(each).color)"""
    )
    assert set(colours) == {"rgb(0, 0, 0)"}
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("paper", FORMATS)
def test_no_line_is_cut_off_at_the_edge(visit: Visit, assessment: Assessment, paper: str) -> None:
    page = enter(visit, assessment, "review/")
    page.emulate_media(media="print")
    printable = (FORMATS[paper][0] / 72 - 32 / 25.4) * 96
    page.set_viewport_size({"width": int(printable), "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= int(printable)
