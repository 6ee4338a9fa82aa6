"""Every link within a report leads somewhere, also where answers are left over from questions no longer asked."""

from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engine.asking import path
from advisor.engine.situation import Situation, read_situation
from assessments.models import Assessment
from reports.forms import money_form
from reports.presenter import ReportPage
from tests.reports.pages import page_of_case
from tests.reports.test_result import Sheet
from tests.reports.test_sentences import check, page_of
from tests.situations import CASES, PLAYBOOK, situations

BY_ID = {case["id"]: case for case in CASES}


def sheet_of(page: ReportPage) -> Sheet:
    """The web report as a browser gets it."""
    words = {"page": page, "sample": Assessment(sample="any"), "money": money_form(QueryDict())}
    return Sheet(render_to_string("reports/result.html", words, RequestFactory().get("/sample/any/")))


def check_links(sheet: Sheet) -> None:
    assert sheet.inner | sheet.references <= set(sheet.ids)
    assert len(sheet.ids) == len(set(sheet.ids))
    assert not sheet.without_goal


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_link_of_each_case_leads_to_something_on_the_page(case: dict[str, Any]) -> None:
    check_links(sheet_of(page_of_case(case["id"])))


@st.composite
def changed(draw: st.DrawFn) -> Situation:
    """Answered once, then answered again so that some of the questions are no longer asked."""
    later = st.sampled_from(
        [
            {"mode": "quick"},
            *({"models": "0", "ml_plans": plans} for plans in ("none", "exploring", "committed")),
        ]
    )
    return replace(draw(situations(modes=("full",))), **draw(later))


@given(changed())
@settings(max_examples=30)
def test_what_is_no_longer_asked_is_neither_linked_nor_told(situation: Situation) -> None:
    page = page_of(situation)
    check(page)
    check_links(sheet_of(page))
    asked = set(path(PLAYBOOK, situation))
    quoted = [answer for row in page.pitfalls.rows for answer in row.answers]
    assert all((answer.answer == "not asked") == (answer.question not in asked) for answer in quoted)
    shown = {row.question for row in page.symptoms.rows} if page.symptoms else set()
    assert shown <= asked


def test_symptoms_of_models_that_were_taken_back_are_gone() -> None:
    situation = read_situation(PLAYBOOK, BY_ID["gc4_saas_wrong_suspect"])
    page = page_of(replace(situation, models="0", ml_plans="committed"))
    assert page.symptoms is not None
    assert {row.layer.id for row in page.symptoms.rows} == {"devops", "dataops"}
    below = [each.id for each in PLAYBOOK.signals if each.layer != "mlops"]
    assert [row.question for row in page.symptoms.rows] == [
        each for each in below if each in situation.signals
    ]


def test_a_quick_check_compares_nothing_it_did_not_ask() -> None:
    situation = read_situation(PLAYBOOK, BY_ID["gc4_saas_wrong_suspect"])
    page = page_of(replace(situation, mode="quick"))
    asked = path(PLAYBOOK, replace(situation, mode="quick"))
    titles = [each.title for each in PLAYBOOK.benchmarks if each.question in asked]
    assert [row.title for row in page.comparisons.rows] == titles if page.comparisons else not titles
    told = any("took part" in fact.label for fact in page.facts)
    assert told == ("c_roles" in asked)
