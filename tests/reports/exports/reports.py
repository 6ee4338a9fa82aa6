"""Whole reports without a database, for tests of what they are exported to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from advisor.engine import advise, stability
from advisor.engine.situation import Situation
from assessments.answering import Given, situation_from
from assessments.models import Assessment
from assessments.playbooks import current
from assessments.samples import samples
from reports.presenter import present
from reports.telling import Report
from tests.reports.pages import DAY
from tests.situations import PLAYBOOK

SLUGS = [each.slug for each in samples()]


def report_on(situation: Situation, **words: Any) -> Report:
    """The report of any situation."""
    advice = advise(PLAYBOOK, situation)
    words = {"title": "Harrow Pumps", "day": DAY, **words}
    page = present(PLAYBOOK, situation, advice, stability(PLAYBOOK, situation), **words)
    return Report(page=page, playbook=PLAYBOOK, situation=situation, advice=advice)


def sample_report(
    slug: str, *, day_rate: float | None = None, budget: float | None = None, **words: Any
) -> Report:
    """The report of a sample; ``title``, ``scope``, ``decision`` and ``notes`` can be given anew."""
    sample = next(each for each in samples() if each.slug == slug)
    answers = {question: Given(value, "", "") for question, value in sample.answers.items()}
    situation = situation_from(current(), Assessment(mode=sample.mode), answers)
    known = {
        "title": sample.organisation,
        "scope": sample.scope,
        "decision": sample.decision,
        "notes": sample.notes,
    }
    situation = replace(situation, day_rate=day_rate, budget=budget)
    return report_on(situation, **{**known, "given": answers, **words})


QUESTIONS = (*PLAYBOOK.question, *PLAYBOOK.capability, *PLAYBOOK.signal)


def everything(text: str) -> dict[str, Any]:
    """The words of a report whose every typed text is this one."""
    return {"title": text, "scope": text, "decision": text, "notes": dict.fromkeys(QUESTIONS, text)}


def many(texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The words of as few reports as have each of these texts in every place where one can type, notes taken together."""
    for number in range(0, len(texts), 3):
        title, scope, decision = (texts[(number + n) % len(texts)] for n in range(3))
        notes = {each: texts[(number + n) % len(texts)] for n, each in enumerate(QUESTIONS)}
        yield {"title": title, "scope": scope, "decision": decision, "notes": notes}
