"""The report pages of the sample organisations, without a database: for tests and benchmarks of whatever prints them."""

from datetime import date
from functools import cache
from typing import Any

from advisor.engine import advise, stability
from advisor.engine.situation import read_situation
from assessments.answering import Given, situation_from
from assessments.models import Assessment
from assessments.playbooks import current
from assessments.samples import samples
from reports.presenter import ReportPage, present
from tests.situations import CASES, PLAYBOOK

DAY = date(2026, 11, 12)


@cache
def page_of_case(case: str) -> ReportPage:
    """The page of an acceptance case, made once for all tests that only look at it."""
    situation = read_situation(PLAYBOOK, next(each for each in CASES if each["id"] == case))
    return present(
        PLAYBOOK,
        situation,
        advise(PLAYBOOK, situation),
        stability(PLAYBOOK, situation),
        title="Harrow Pumps",
        day=DAY,
    )


def sample_page(slug: str, **changes: Any) -> ReportPage:
    """The page of a sample; ``title``, ``scope``, ``decision`` and ``notes`` can be given anew."""
    sample = next(each for each in samples() if each.slug == slug)
    answers = {question: Given(value, "", "") for question, value in sample.answers.items()}
    situation = situation_from(current(), Assessment(mode=sample.mode), answers)
    words: dict[str, Any] = {
        "title": sample.organisation,
        "scope": sample.scope,
        "decision": sample.decision,
        "notes": sample.notes,
        "day": DAY,
        "given": answers,
        **changes,
    }
    return present(
        current(), situation, advise(current(), situation), stability(current(), situation), **words
    )
