"""The report pages of the sample organisations, without a database: for tests and benchmarks of whatever prints them."""

from datetime import date
from typing import Any

from advisor.engine import advise, stability
from assessments.answering import Given, situation_from
from assessments.models import Assessment
from assessments.playbooks import current
from assessments.samples import samples
from reports.presenter import ReportPage, present

DAY = date(2026, 11, 12)


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
