"""The sections of a report, each with its rows, in the order in which they are read."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from advisor.drawing.svg import Hue, Svg
from advisor.engine.playbook import SeverityName
from reports.presenter.parts import Drawn, FloorView, LayerTag, Quoted, Reached, Reference, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingAnswer:
    """An answer that keeps the gate closed. ``needed`` is the level that opens it and its fact, as a sentence."""

    title: str
    href: str
    reached: Reached
    words: str
    hue: Hue
    strip: Svg
    chosen: str
    """The title of the level as answered; ``fact`` is its full text."""
    fact: str
    needed: str
    """ "Needs 2" """
    needed_title: str
    needed_fact: str


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
    due: str = ""
    note: str = ""
    remarks: tuple[str, ...] = ()
    """Due, note and remarks are what somebody changed about it, as in the plan."""
    decided: str = ""
    """Where somebody put it instead: "later"."""
    offer: str = ""
    """What the consultancy behind this report calls its service for it, as a sentence without its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesSection:
    heading: str
    note: str
    moves: tuple[MoveCard, ...]
    offered: str = ""
    """Whose words the names of offers are: "in Kestrel Advisory’s own words"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """A gate: its symbol, what decides it and what opens it."""

    layer: LayerTag
    symbol: Svg
    title: str
    """ "MLOps: blocked" """
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
    """A line of the plan: short name, lead time, effort, owner, what it lifts, and what somebody changed about it.

    ``remarks`` name the changes in a few words each; ``note`` is as typed, like an owner that somebody named.
    """

    code: str
    short: str
    title: str
    lead: str
    effort: str
    owner: str
    lifts: tuple[str, ...]
    next_monday: str
    success: str
    due: str = ""
    """ "by 12 March 2027" """
    due_day: date | None = None
    note: str = ""
    remarks: tuple[str, ...] = ()
    early: str = ""
    """Its first step begins before its stage does: "first step already now"."""
    left_out: bool = False
    """Somebody took it out of the plan."""
    offer: str = ""
    """As in MoveCard."""


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
    """The table twin of the stage bars; a cell is empty where size or capacity is missing."""

    stage: str
    layer: LayerTag
    range: str
    planned: str
    span: str
    """ "week 0 to 40" """
    effort: str
    ends_with: str
    horizon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Work beside the main plan: the duty of care, or an early start."""

    title: str
    says: str
    limit: str
    """How little of each move belongs here; empty where it is all of it."""
    moves: tuple[PlannedMove, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A change to the plan that breaks an order: what does not hold, and why somebody accepts it, as typed.

    ``reason`` is empty where the order broke after the change, by other answers.
    """

    code: str
    title: str
    says: tuple[str, ...]
    reason: str
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapSection:
    heading: str
    note: str
    changed: str
    """How much of it is the reader's own; empty where all is as calculated."""
    columns: tuple[Column, ...]
    bars: Drawn | None
    bars_title: str
    stages: tuple[StageRow, ...]
    lanes: tuple[Lane, ...]
    """The duty of care first, then early starts."""
    risks: tuple[Risk, ...]
    risks_heading: str
    missing: str
    """Why durations are not given, and what would give them."""
    formula: str
    whys: tuple[Why, ...]
    range_title: str
    """What the ranges of ``stages`` are: durations, or lead times only."""
    missing_answers: tuple[Quoted, ...] = ()
    """The answers that ``missing`` names, each with where it stands."""
    unknown: str = ""
    """How many blocks have no move because they are not known: "Not in the plan: two blocks that are not known"."""
    unknown_answers: tuple[Quoted, ...] = ()
    """Those blocks."""

    @property
    def unknown_in_full(self) -> str:
        """The same with the titles, where nothing can be followed."""
        titles = "; ".join(each.title for each in self.unknown_answers)
        return f"{self.unknown}: {titles}." if self.unknown else ""

    @property
    def planned(self) -> tuple[PlannedMove, ...]:
        """The moves of all columns in one list."""
        return tuple(move for column in self.columns for move in column.moves)

    @property
    def timed(self) -> bool:
        """Durations are known."""
        return any(each.planned for each in self.stages)

    @property
    def sized(self) -> bool:
        """Efforts are known."""
        return any(each.effort for each in self.stages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A part of the budget: "81 person-weeks released", "now, for stage 1 (42 to 119)", money if there is a rate."""

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
class Try:
    """A change that can be looked at: "Try Pipeline orchestration at 2". ``query`` is the end of its address."""

    title: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    title: str
    says: str
    answers: tuple[Quoted, ...]
    tries: tuple[Try, ...] = ()


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
    layer: LayerTag
    title: str
    short: str
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
    says: str
    doubts: tuple[Doubt, ...]
    whys: tuple[Why, ...]
