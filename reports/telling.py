"""From a stored assessment to its report: answers are read, the rules applied, the result put into words."""

from dataclasses import dataclass, replace

from django.utils import timezone

from advisor.engine import advise, stability
from advisor.engine.advice import Advice
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation
from assessments.access import Assessment
from assessments.answering import Given, answers_of, situation_from
from assessments.playbooks import edition
from reports.presenter import ReportPage, present
from reports.presenter.lexicon import Lexicon
from reports.presenter.summary import headline, lead


@dataclass(frozen=True, slots=True)
class Teaser:
    """A report in two lines, for lists."""

    slug: str
    organisation: str
    scope: str
    headline: str
    lead: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An assessment as the rules read it: the edition with the figures in force here, and what was answered."""

    playbook: Playbook
    situation: Situation
    given: dict[str, Given]
    """Every stored answer by question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report and what it was made from, for exports that need figures beside the words."""

    page: ReportPage
    playbook: Playbook
    situation: Situation
    advice: Advice


def read(assessment: Assessment) -> Reading:
    """What the rules need to know of an assessment. One query."""
    playbook = edition(assessment.edition)
    given = answers_of(assessment)
    return Reading(playbook, situation_from(playbook, assessment, given), given)


def report_of(
    assessment: Assessment, *, day_rate: float | None = None, budget: float | None = None
) -> ReportPage:
    """The report of an assessment as it stands. One query.

    ``day_rate`` and ``budget`` are in any one currency and are used for this report only; they are stored nowhere.
    """
    return whole_report_of(assessment, day_rate=day_rate, budget=budget).page


def whole_report_of(
    assessment: Assessment, *, day_rate: float | None = None, budget: float | None = None
) -> Report:
    """The same, with what it was made from. One query."""
    reading = read(assessment)
    situation = replace(reading.situation, day_rate=day_rate, budget=budget)
    advice = advise(reading.playbook, situation)
    page = present(
        reading.playbook,
        situation,
        advice,
        stability(reading.playbook, situation),
        title=assessment.organisation,
        scope=assessment.scope,
        decision=assessment.decision,
        day=timezone.localdate(assessment.touched),
        notes={question: each.note for question, each in reading.given.items() if each.note},
        na_reasons={question: each.na_reason for question, each in reading.given.items() if each.na_reason},
        given=reading.given,
    )
    return Report(page=page, playbook=reading.playbook, situation=situation, advice=advice)


def teaser_of(assessment: Assessment) -> Teaser:
    """What the report says in one sentence. No query where the answers were read already."""
    reading = read(assessment)
    lexicon = Lexicon(reading.playbook, reading.situation)
    advice = advise(reading.playbook, reading.situation)
    return Teaser(
        slug=assessment.sample or "",
        organisation=assessment.organisation,
        scope=assessment.scope,
        headline=headline(lexicon, advice),
        lead=lead(lexicon, advice)[0],
    )
