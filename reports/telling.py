"""From a stored assessment to its report: answers are read, the rules applied, the result put into words."""

from dataclasses import dataclass, replace

from django.utils import timezone

from advisor.engine import advise, stability
from advisor.engine.judgement import MONEY, Own, adjusted
from advisor.engine.playbook import Playbook
from advisor.engine.situation import Situation
from assessments.access import Assessment
from assessments.answering import Given, answers_of, situation_from
from assessments.planning import own_figures, plan_changes
from assessments.playbooks import edition
from assessments.scenarios import scenarios_of
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
    edition: Playbook
    """The edition as it was released."""
    own: dict[str, Own]
    """Figures of judgement set for this assessment, by name."""


def read(assessment: Assessment) -> Reading:
    """What the rules need to know of an assessment. Two queries, one for a sample."""
    released = edition(assessment.edition)
    given, own = answers_of(assessment), own_figures(assessment)
    situation = situation_from(released, assessment, given)
    money = {name: own[name] for name in MONEY if name in own}
    return Reading(adjusted(released, own), replace(situation, **money), given, released, own)  # type: ignore[arg-type]  # money is never a range


def report_of(
    assessment: Assessment, *, day_rate: float | None = None, budget: float | None = None
) -> ReportPage:
    """The report of an assessment as it stands. Four queries, one for a sample.

    ``day_rate`` and ``budget`` are in any one currency; they go before stored ones and are themselves stored nowhere.
    """
    reading = read(assessment)
    situation = reading.situation
    if day_rate is not None:
        situation = replace(situation, day_rate=day_rate, budget=budget)
    return present(
        reading.playbook,
        situation,
        advise(reading.playbook, situation),
        stability(reading.playbook, situation),
        title=assessment.organisation,
        scope=assessment.scope,
        decision=assessment.decision,
        day=timezone.localdate(assessment.touched),
        notes={question: each.note for question, each in reading.given.items() if each.note},
        na_reasons={question: each.na_reason for question, each in reading.given.items() if each.na_reason},
        given=reading.given,
        edition=reading.edition,
        own=reading.own,
        changes=plan_changes(assessment),
        scenarios=[(each.number, each.name, each.levels) for each in scenarios_of(assessment)],
    )


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
