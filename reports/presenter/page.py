"""What a report prints, grouped, worded and in order: screen, paper and exports show this one object.

Everything is text ready to print, except where a figure is named with its unit. Drawings are finished SVG.
Empty text and empty tuples mean "nothing to say here"; a section that is None is left out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from advisor.drawing.svg import Hue, Svg
from advisor.engine.advice import BottleneckKind, EffectiveState, GateState
from advisor.engine.playbook import ConfidenceName, SeverityName
from advisor.engine.situation import Mode

type StripState = Literal["level", "unknown", "not_applicable", "not_asked"]


# --- Small parts ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerTag:
    """The name of a floor: "Foundation", "DevOps", and the colour that only ever names it."""

    id: str
    name: str
    place: str
    hue: Hue


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """An answer as it was given: "Pipeline orchestration: 1 of 4". ``href`` leads to it in the list of all answers."""

    question: str
    title: str
    answer: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source: "DORA: Accelerate State of DevOps 2019". ``url`` may be empty. ``mark`` says how it was read."""

    id: str
    text: str
    url: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One reason: the rule in words, what it means here, the answers it used, the sources behind it."""

    rule: str
    title: str
    says: str
    note: str
    answers: tuple[Quoted, ...]
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Four cells for one capability, as numbers and as a drawing with its full reading in the title."""

    state: StripState
    level: int | None
    minimum: int | None
    planned: int | None
    hue: Hue
    reading: str
    drawing: Svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The same chart for wide screens, phones and paper; its table twin stands beside it."""

    screen: Svg
    phone: Svg
    paper: Svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A heading with a few short lines, for the first page."""

    title: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A large figure and what it counts: "36 of 36", "questions answered"."""

    figure: str
    label: str


# --- First page -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One side of "you named" and "the answers show". ``layer`` is None where no floor is meant."""

    kicker: str
    title: str
    layer: LayerTag | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was named against what was measured. ``chain`` explains step by step how the gap below causes the pain above."""

    code: str
    named: Compared
    shown: Compared
    title: str
    says: str
    chain: tuple[str, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """One capability: "1 of 4", "below, needs 2". ``figure`` is the level, "?" or "–"; no ``href`` where it was not asked."""

    capability: str
    title: str
    href: str
    figure: str
    words: str
    needs: str
    below: bool
    fact: str
    strip: Strip


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorView:
    """One floor with its gate and its rows. Without ``asked`` it has no levels, and ``status`` says why."""

    layer: LayerTag
    asked: bool
    gate: Literal["open", "near", "closed", "blocked", "undetermined", "not_started"] | None
    gate_word: str
    gate_reason: str
    symbol: Svg | None
    tags: tuple[tuple[str, bool], ...]
    """Words beside the floor, and whether each is solid: ("Bottleneck", True)."""
    on_sand: bool
    """The floor below does not carry this one."""
    status_title: str
    status: str
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseView:
    """The house as drawings for wide screens, narrower ones and paper. ``floors`` (top one first) is its table twin."""

    sheet: Svg
    narrow: Svg
    printed: Svg
    reading: str
    floors: tuple[FloorView, ...]


# --- Sections ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingAnswer:
    """An answer that keeps the gate closed. ``needed`` is the level that opens it and its fact, as a sentence."""

    capability: str
    title: str
    href: str
    figure: str
    of: str
    hue: Hue
    strip: Strip
    chosen: str
    """The title of the level as answered; ``fact`` is its full text."""
    fact: str
    needed: str
    """ "Needs 2" """
    needed_title: str
    needed_fact: str
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingSection:
    heading: str
    note: str
    answers: tuple[DecidingAnswer, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCard:
    """An initiative in its place. ``lifts`` says what rises from where to where; ``effort`` may say that it is unknown."""

    number: int
    code: str
    layer: LayerTag
    title: str
    short: str
    part: str
    """The part it plays where that is not the main one: "Baseline", "Early start"."""
    lifts: tuple[str, ...]
    why: str
    next_monday: str
    effort: str
    lead: str
    owner: str
    sourcing: str
    sourcing_says: str
    success: str
    risk: str
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesSection:
    heading: str
    note: str
    moves: tuple[MoveCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """A gate: what the drawing shows (``effective``), its own state, what decides it and what opens it."""

    layer: LayerTag
    state: GateState
    effective: EffectiveState
    symbol: Svg
    title: str
    """ "MLOps: blocked" """
    own: str
    decides: str
    opens: str
    provisional: bool
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatesSection:
    heading: str
    note: str
    rows: tuple[GateRow, ...]
    """The top floor first, as in the house."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PitfallRow:
    id: str
    severity: SeverityName
    severity_word: str
    title: str
    see: str
    hurts: str
    instead: str
    answers: tuple[Quoted, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PitfallsSection:
    heading: str
    note: str
    rows: tuple[PitfallRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    title: str
    says: str
    answers: tuple[Quoted, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldsSection:
    heading: str
    note: str
    rows: tuple[HoldRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMove:
    """A line of the plan: short name, lead time, effort, owner, what it lifts."""

    code: str
    short: str
    title: str
    lead: str
    effort: str
    owner: str
    lifts: tuple[str, ...]
    next_monday: str
    success: str
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Now, Next or Later. ``dashed``: waits for a gate. ``says`` fills a column without moves."""

    kicker: str
    title: str
    hue: Hue
    dashed: bool
    says: str
    moves: tuple[PlannedMove, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """The table twin of the stage bars; every cell is text, "not known" where size or capacity is missing."""

    stage: str
    layer: LayerTag
    range: str
    planned: str
    span: str
    """ "week 0 to 40" """
    effort: str
    ends_with: str
    horizon: str
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Work beside the main plan: the duty of care, or an early start."""

    title: str
    says: str
    moves: tuple[PlannedMove, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapSection:
    heading: str
    note: str
    columns: tuple[Column, ...]
    bars: Drawn | None
    bars_title: str
    stages: tuple[StageRow, ...]
    protection: Lane | None
    preparation: Lane | None
    missing: str
    """Why durations are not given, and what would give them."""
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A part of the budget: "81 released", "now, for stage 1 and the baseline (42 to 119)", money if there is a rate."""

    figure: str
    label: str
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheRow:
    """The table twin of the budget bar."""

    what: str
    layer: LayerTag
    range: str
    middle: str
    money: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A figure that was used: its name, value with unit, the reason, and whether it is read or judged."""

    title: str
    value: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSection:
    """``missing`` says why there is no budget; then the rest is empty."""

    heading: str
    note: str
    missing: str
    released: Amount | None
    held: Amount | None
    bar: Drawn | None
    bar_title: str
    rows: tuple[TrancheRow, ...]
    sentences: tuple[str, ...]
    affordable: str
    formula: str
    assumptions: tuple[Assumption, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    title: str
    says: str
    answers: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSection:
    """What would change the result."""

    heading: str
    note: str
    items: tuple[ChangeItem, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsSection:
    """All capabilities, floor by floor, the top one first."""

    heading: str
    note: str
    strong: str
    floors: tuple[FloorView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A place where the answers do not fit together."""

    title: str
    says: str
    answers: tuple[Quoted, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksSection:
    heading: str
    note: str
    rows: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomRow:
    question: str
    title: str
    href: str
    layer: LayerTag
    answer: str
    band: Literal["green", "amber", "red", ""]
    band_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomsSection:
    heading: str
    note: str
    rows: tuple[SymptomRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    title: str
    share: str
    yours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One answer against a published distribution; ``rows`` is the chart's table twin."""

    title: str
    says: str
    chart: Drawn
    rows: tuple[ComparisonRow, ...]
    note: str
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonsSection:
    heading: str
    note: str
    rows: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeworkRow:
    question: str
    href: str
    layer: LayerTag
    title: str
    why: str
    who: str
    evidence: str
    kind: str
    """ "don't know", "open" or "not asked in the quick check" """


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeworkSection:
    heading: str
    note: str
    rows: tuple[HomeworkRow, ...]
    more_heading: str
    more: tuple[HomeworkRow, ...]
    """What decides nothing yet: symptoms, or the questions that a quick check leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    says: str
    raises: str
    answers: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceSection:
    heading: str
    level: ConfidenceName
    word: str
    says: str
    doubts: tuple[Doubt, ...]
    whys: tuple[Why, ...]


# --- Annex ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One question with its answer in words, the fact of the level, and the note as typed. Anchor: ``anchor``."""

    question: str
    anchor: str
    title: str
    asks: str
    answer: str
    fact: str
    note: str
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGroup:
    title: str
    layer: LayerTag | None
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    id: str
    title: str
    says: str
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTerms:
    """The conditions of a gate in force here: capability and level, the average, and where the figures come from."""

    layer: LayerTag
    title: str
    asks: str
    minima: tuple[tuple[str, int], ...]
    average: str
    variant: str
    basis: str
    why: str
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term and what it means."""

    term: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    heading: str
    levels: tuple[str, ...]
    """What the levels 0 to 4 mean in general."""
    rules: tuple[RuleText, ...]
    gates: tuple[GateTerms, ...]
    figures: tuple[Assumption, ...]
    limits: tuple[str, ...]
    generative_ai: str
    statuses: tuple[Entry, ...]
    glossary: tuple[Entry, ...]
    sources: tuple[Reference, ...]
    edition: str


# --- The page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """The whole report. Sections stand in the order in which they are read."""

    kicker: str
    title: str
    scope: str
    day: date
    day_words: str
    edition: str
    mode: Mode
    mode_word: str
    kind: BottleneckKind
    provisional: str
    """What a quick check cannot say; empty for a full assessment."""

    headline: str
    lead: tuple[str, ...]
    decision: str
    agreement: Agreement
    messages: tuple[Message, ...]
    """Bottleneck, what decides it, what to do first: page 1 of the PDF."""
    house: HouseView
    facts: tuple[Fact, ...]

    deciding: DecidingSection | None
    moves: MovesSection
    gates: GatesSection
    pitfalls: PitfallsSection
    holds: HoldsSection | None
    roadmap: RoadmapSection | None
    budget: BudgetSection | None
    change: ChangeSection
    levels: LevelsSection
    checks: ChecksSection | None
    symptoms: SymptomsSection | None
    comparisons: ComparisonsSection | None
    homework: HomeworkSection | None
    confidence: ConfidenceSection

    answers: tuple[AnswerGroup, ...]
    method: Method
