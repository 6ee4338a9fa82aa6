"""From a stored assessment to its report: answers are read, the rules applied, the result put into words."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext

from advisor.engine import advise, stability
from advisor.engine.advice import Advice
from advisor.engine.decided import decided
from advisor.engine.judgement import MONEY, Own, adjusted
from advisor.engine.ownplan import Change, own_plan
from advisor.engine.playbook import Playbook
from advisor.engine.progress import Seen
from advisor.engine.situation import Situation
from assessments.access import Assessment
from assessments.answering import Given, answers_of, situation_from
from assessments.branding import Prepared, brand_of
from assessments.defaults import offers_of
from assessments.milestones import Milestone, given_at, is_as_kept, milestones_of
from assessments.planning import figures_in, own_figures, plan_changes
from assessments.playbooks import edition
from assessments.rulings import rulings_of
from assessments.scenarios import scenarios_of
from assessments.tallying import counted_in
from assessments.votes import range_words, word_words
from reports.presenter import ReportPage, present
from reports.presenter.lexicon import Lexicon
from reports.presenter.offers import Offered
from reports.presenter.prepared import PreparedBy, prepared_by
from reports.presenter.progress import Day
from reports.presenter.summary import headline, lead
from reports.presenter.voiced import Voice, Voices


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


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report and what it was made from, for exports that need figures beside the words."""

    page: ReportPage
    playbook: Playbook
    situation: Situation
    advice: Advice
    own: Mapping[str, Own] = field(default_factory=dict)
    """Figures of judgement set for this assessment; ``playbook`` has them already."""
    logo: bytes = b""
    """The logo of the consultancy behind it, a PNG; empty without one."""
    offers: Offered = field(default_factory=Offered)
    """What that consultancy calls its own services."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """What somebody decided about moves, by the code of the move."""

    @cached_property
    def decided(self) -> Advice:
        """The advice with stages and budget as somebody changed them; the same where nobody did."""
        own = own_plan(self.playbook, self.situation, self.advice, self.changes)
        return decided(self.playbook, self.situation, self.advice, own)


def read(assessment: Assessment) -> Reading:
    """What the rules need to know of an assessment. Two queries, one for a sample."""
    return _read(assessment, answers_of(assessment), own_figures(assessment))


def read_milestone(milestone: Milestone) -> Reading:
    """The same of a milestone. No query. Raises LookupError if its edition was taken away."""
    return _read(milestone, given_at(milestone), figures_in(milestone.figures))


def _read(kept: Assessment | Milestone, given: dict[str, Given], own: dict[str, Own]) -> Reading:
    released = edition(kept.edition)
    situation = situation_from(released, kept, given)
    money = {name: own[name] for name in MONEY if name in own}
    return Reading(adjusted(released, own), replace(situation, **money), given, released, own)  # type: ignore[arg-type]  # money is never a range


def report_of(
    assessment: Assessment, *, day_rate: float | None = None, budget: float | None = None
) -> ReportPage:
    """The report of an assessment as it stands, and what has changed since the newest milestone that differs.

    Five queries, one for a sample; two more for one of a client, for what the consultancy says of itself.

    ``day_rate`` and ``budget`` are in any one currency; they go before stored ones and are themselves stored nowhere.
    """
    return whole_report_of(assessment, day_rate=day_rate, budget=budget).page


def whole_report_of(
    assessment: Assessment, *, day_rate: float | None = None, budget: float | None = None
) -> Report:
    """The same, with what it was made from."""
    reading = read(assessment)
    situation = reading.situation
    if day_rate is not None:
        situation = replace(situation, day_rate=day_rate, budget=budget)
    advice = advise(reading.playbook, situation)
    brand, found = brand_of(assessment), offers_of(assessment)
    offers = Offered(found.by, found.names) if found else Offered()
    changes = plan_changes(assessment)
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
        edition=reading.edition,
        own=reading.own,
        changes=changes,
        since=_last_change(assessment, reading.given),
        scenarios=[(each.number, each.name, each.levels) for each in scenarios_of(assessment)],
        rulings=[
            (each.subject, each.verdict, each.reason, each.by, each.on) for each in rulings_of(assessment)
        ],
        prepared=prepared(brand) if brand else None,
        offers=offers,
        voices=_voices(assessment),
    )
    return Report(
        page=page,
        playbook=reading.playbook,
        situation=situation,
        advice=advice,
        own=reading.own,
        logo=brand.logo if brand else b"",
        offers=offers,
        changes=changes,
    )


def _voices(assessment: Assessment) -> Voices | None:
    """What several people said, if they were asked. One query, none for a sample."""
    found = counted_in(assessment)
    if found is None:
        return None
    said = {
        each.question.id: Voice(
            range=each.votes.range,
            word=word_words(each.votes) if each.votes.people else gettext("Not voted on"),
            says=range_words(each.question, each.votes),
            far=each.far,
            agreed=each.agreed is not None,
            dissent=each.dissent,
        )
        for each in found.results
        if each.votes.range or each.dissent
    }
    return Voices(
        way=found.way,
        people=found.people,
        alone=found.alone,
        day=timezone.localdate(found.at),
        by_question=said,
    )


def prepared(brand: Prepared) -> PreparedBy:
    """The consultancy behind a report, in words."""
    return prepared_by(
        mark=brand.mark,
        name=brand.name,
        contact=brand.contact,
        footer=brand.footer,
        accent=brand.accent,
        size=(brand.width, brand.height) if brand.logo else None,
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


# --- Milestones ---------------------------------------------------------------------------------------------------------


def day_read(assessment: Assessment, given: dict[str, Given], own: dict[str, Own]) -> Day:
    """An assessment whose answers and figures are at hand. No query. Raises LookupError if its edition was taken away."""
    return _day(_read(assessment, given, own), assessment.touched)


def day_of(milestone: Milestone) -> Day:
    """A milestone as it is compared. No query. Raises LookupError if its edition was taken away."""
    return _day(read_milestone(milestone), milestone.created, milestone.name, milestone.number)


def today(assessment: Assessment) -> Day:
    """An assessment as it stands, as it is compared. Three queries. Raises LookupError if its edition was taken away."""
    left_out = (code for code, change in plan_changes(assessment).items() if change.slot == "dropped")
    return replace(_day(read(assessment), assessment.touched), left_out=frozenset(left_out))


def _day(reading: Reading, at: datetime, name: str = "", number: int = 0) -> Day:
    advice = advise(reading.playbook, reading.situation)
    seen = Seen(playbook=reading.playbook, situation=reading.situation, advice=advice)
    return Day(seen=seen, day=timezone.localdate(at), given=reading.given, name=name, number=number)


def _last_change(assessment: Assessment, given: dict[str, Given]) -> Day | None:
    """The newest milestone with other answers than today's. Samples have none."""
    kept = () if assessment.sample else milestones_of(assessment)
    found = newest_that_differs(assessment, kept, given)
    with suppress(LookupError):
        return day_of(found) if found else None
    return None


def newest_that_differs(
    assessment: Assessment, milestones: Iterable[Milestone], given: Mapping[str, Given]
) -> Milestone | None:
    """The newest of these, oldest first, that is not what today's answers say anyway."""
    differing = [each for each in milestones if not is_as_kept(each, assessment, given)]
    return differing[-1] if differing else None
