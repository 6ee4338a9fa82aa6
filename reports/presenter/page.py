"""What a report prints, grouped, worded and in order: screen, paper and exports show this one object.

Everything is text ready to print, except where a figure is named with its unit. Drawings are finished SVG.
Empty text and empty tuples mean "nothing to say here"; a section that is None is left out.
"""

from dataclasses import dataclass
from datetime import date

from advisor.engine.advice import BottleneckKind
from reports.presenter.annex import AnswerGroup, ChangedSection, Method
from reports.presenter.compared import ProgressSection
from reports.presenter.dependencies import DependenciesSection
from reports.presenter.parts import Agreement, Fact, HouseView, Message
from reports.presenter.prepared import PreparedBy
from reports.presenter.rulings import JudgedSection
from reports.presenter.sections import (
    BudgetSection,
    ChangeSection,
    ChecksSection,
    ComparisonsSection,
    ConfidenceSection,
    DecidingSection,
    GatesSection,
    HoldsSection,
    HomeworkSection,
    LevelsSection,
    MovesSection,
    PitfallsSection,
    RoadmapSection,
    SymptomsSection,
)
from reports.presenter.voices import VoicesSection
from reports.presenter.whatif import ScenariosSection


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """The whole report. Sections stand in the order in which they are read."""

    kicker: str
    title: str
    title_in_short: str
    """Short enough for one line; ``title`` is what was typed."""
    scope: str
    scope_in_short: str
    """At most one line of paper."""
    day: date
    day_words: str
    footer: str
    """What stands at the foot of every sheet of paper."""
    kind: BottleneckKind
    provisional: str
    """What a quick check cannot say; empty for a full assessment."""

    headline: str
    lead: tuple[str, ...]
    few: str
    """That few answers carry the finding; empty where enough do."""
    decision: str
    decision_in_short: str
    """At most two lines of paper; the same as ``decision`` where that is no longer."""
    agreement: Agreement
    messages: tuple[Message, ...]
    """Bottleneck, what decides it, what to do first: page 1 of the PDF."""
    judged: JudgedSection | None
    """Where a consultant judges differently, beside what was calculated."""
    house: HouseView
    facts: tuple[Fact, ...]

    deciding: DecidingSection | None
    moves: MovesSection
    gates: GatesSection
    pitfalls: PitfallsSection
    holds: HoldsSection | None
    dependencies: DependenciesSection
    roadmap: RoadmapSection | None
    budget: BudgetSection | None
    change: ChangeSection
    scenarios: ScenariosSection | None
    levels: LevelsSection
    progress: ProgressSection | None
    """What has changed since a milestone; the rows of ``levels`` say it one by one."""
    voices: VoicesSection | None
    """Where people differed who answered separately, or voted in a room."""
    checks: ChecksSection | None
    symptoms: SymptomsSection | None
    comparisons: ComparisonsSection | None
    homework: HomeworkSection | None
    homework_first: bool
    """Nothing can be judged before these questions are answered, so they come before everything else."""
    confidence: ConfidenceSection

    answers: tuple[AnswerGroup, ...]
    changed: ChangedSection | None
    """The figures of judgement that were set for this assessment."""
    method: Method
    prepared: PreparedBy | None = None
    """The consultancy behind it; None for an assessment of nobody's but its owner's."""
