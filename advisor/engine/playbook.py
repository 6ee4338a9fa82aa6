"""What an edition of the playbook holds: the expert's words, numbers and ids, as plain immutable values.

Words are for people and may change with a translation; ids are slugs and never change. Figures carry a
``basis``: "source" where a cited source states them, "judgement" where the authors of the edition chose them.
Nothing here reads a file or checks a rule: ``advisor.loader`` fills these classes and reports every mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

LEVELS = range(5)
"""The levels of a capability, 0 (absent) to 4 (measured and steered)."""

type Basis = Literal["source", "judgement"]
type Band = Literal["green", "amber", "red"]
type SeverityName = Literal["critical", "high", "medium"]
type Size = Literal["xs", "s", "m", "l"]
type ConfidenceName = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that was read, and how: P original, S trustworthy transcription, K known, J the authors' judgement."""

    id: str
    title: str
    publisher: str
    mark: Literal["P", "S", "K", "J"]
    year: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One floor of the house. The order of the layers is the order of investment."""

    id: str
    name: str
    place: str
    """Its part of the house in one word: Foundation, Framework, Attic."""
    focus: str
    goal: str
    users: str
    summary: str
    solves: tuple[str, ...]
    invest_when: str
    gives: str
    """What it contributes to the layer above."""
    bottleneck: str
    """The finding as a heading, when this layer is the bottleneck."""
    holds_back: str
    """A sentence of at most 50 characters: this layer holds the organisation back."""
    sound: str
    """A sentence of at most 30 characters: this layer is in good order."""
    repair: str
    """An instruction that starts with a verb: what repairing this layer means."""
    offer: str
    """What a service provider would call help with this layer."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible answer of a context question or a signal."""

    id: str
    title: str
    fact: str = ""
    layer: str | None = None
    band: Band | None = None
    basis: Basis = "judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question about the organisation itself: the triage question ``stated`` or one of the context items.

    ``choice`` takes one option, ``many`` any number of them, ``number`` a number from ``minimum`` to ``maximum``.
    ``only_if`` names an earlier question and the answers for which this one is asked at all.
    """

    id: str
    kind: Literal["choice", "many", "number"]
    title: str
    """A short name for lists, at most 40 characters."""
    question: str
    hint: str
    used_for: str
    error_noun: str
    """Completes the sentence "Select ..."."""
    options: tuple[Option, ...] = ()
    allow_unknown: bool = False
    only_if: Mapping[str, tuple[str, ...]] | None = None
    quick: bool = False
    seconds: int
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A symptom. Signals never decide a gate; they test plausibility and urgency."""

    id: str
    layer: str
    title: str
    question: str
    hint: str
    who: tuple[str, ...]
    error_noun: str
    options: tuple[Option, ...]
    allow_na: bool = False
    seconds: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One of the five observable states of a capability."""

    title: str
    """At most 45 characters: it has to fit on a phone and on a projector."""
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One block of the house: one question, five levels."""

    id: str
    layer: str
    title: str
    """At most 34 characters."""
    label: tuple[str, str]
    """The block's label in the drawing: two lines of at most 13 characters."""
    question: str
    choose: str
    """One sentence under the question: how to choose between the levels."""
    covers: str
    counts: tuple[str, ...]
    """Examples of what counts, shown under "What counts as this?"."""
    who: tuple[str, ...]
    evidence: tuple[str, ...]
    metric: str
    matters: str
    """One sentence: why this is asked, and what goes wrong without it."""
    error_noun: str
    """Completes the sentence "Select ..."."""
    levels: tuple[Level, Level, Level, Level, Level]
    quick: bool = False
    allow_na: bool = False
    recall: Literal["head", "hand", "figure_out", "ask"] = "head"
    """The effort of answering: from the head, from something to hand, by working it out, by asking someone."""
    seconds: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LightGate:
    """The reduced gate of a layer that carries a single live model."""

    minima: Mapping[str, int]
    regulated: Mapping[str, int]
    quick: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The minimum levels at which the layer above may be scaled, with the variants for special cases.

    ``average`` is the balance condition: the average level of the layer, 0 to 4, or None for none.
    ``regulated`` and ``small`` replace single minima; where an organisation is both, ``small`` is not applied.
    """

    layer: str
    title: str
    asks: str
    minima: Mapping[str, int]
    average: float | None
    regulated: Mapping[str, int]
    small: Mapping[str, int]
    small_average: float | None
    quick: Mapping[str, int]
    light: LightGate | None = None
    basis: Basis
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """``needs`` at ``at_least`` has to hold before ``before`` can honestly be at ``level``."""

    needs: str
    at_least: int
    before: str
    level: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A fixed little grammar: exactly one of the five fields is set.

    ``at_least`` and ``at_most`` compare known levels (an unknown level satisfies neither), ``all`` and ``any``
    combine, and ``predicate`` names a function of ``advisor.engine.conditions`` for what these cannot say.
    """

    at_least: Mapping[str, int] | None = None
    at_most: Mapping[str, int] | None = None
    all: "tuple[Condition, ...] | None" = None
    any: "tuple[Condition, ...] | None" = None
    predicate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """The first severity whose condition holds applies; the last one has no condition."""

    name: SeverityName
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitfall:
    """A known way to lose money, with the answers that give it away."""

    id: str
    title: str
    """A sentence of at most 60 characters."""
    article: bool
    when: Condition
    severities: tuple[Severity, ...]
    see: str
    hurts: str
    instead: str
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A capability and a level: what an initiative raises, or what it needs and which initiative delivers it."""

    capability: str
    level: int
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From ``low`` to ``high``, both included; person-weeks for effort, weeks for lead times."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseB:
    """The second half of an initiative: from level 2 to level 3."""

    title: str
    short: str
    """At most 26 characters, for cards and bars."""
    why: str
    next_monday: str
    success: str
    effort: Mapping[Size, Range] | None = None
    """Person-weeks by size, where they are not the usual share of the first phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """A piece of work that raises a capability; a baseline raises knowledge only."""

    id: str
    layer: str
    title: str
    short: str
    """At most 26 characters, for cards and bars."""
    baseline: bool = False
    raises: tuple[Step, ...] = ()
    needs: tuple[Step, ...] = ()
    wave: int
    effort: Mapping[Size, Range]
    """Person-weeks by size of the organisation."""
    lead_weeks: Range
    basis: Basis
    """Of effort, lead time and the figures in ``success``."""
    why: str
    next_monday: str
    success: str
    owner: str
    sourcing: Literal["in_house", "managed", "build", "hybrid"]
    sourcing_says: str
    risk: str
    phase_b: PhaseB | None = None
    sources: tuple[str, ...]

    def words(self, phase: str) -> "Initiative | PhaseB":
        """The words of phase "A" or "B": title, short, why, next_monday and success."""
        return self.phase_b if phase == "B" and self.phase_b else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a rule uses, with its reason, so that it can be argued about and changed in one place."""

    title: str
    value: float
    unit: str
    reason: str
    basis: Basis
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every number of the rules that is not a gate, a band, an effort or a lead time."""

    near_levels: Figure
    """How many levels may be missing in all for a closed gate to count as nearly open."""
    near_average: Figure
    """How much of the average may be missing for a closed gate to count as nearly open."""
    deciding_answers: Figure
    first_moves: Figure
    focus_capabilities: Figure
    focus_level: Figure
    """Capabilities below this level are worth refining once every gate is open."""
    capacity_use: Figure
    """The share of freed people that reaches the plan, 0 to 1."""
    weeks_per_month: Figure
    days_per_week: Figure
    """Working days in a person-week."""
    parallel_small: Figure
    """Below this capacity in people: one initiative at a time."""
    parallel_medium: Figure
    """Below this capacity in people: two initiatives at a time; from it on, three."""
    protection_share: Figure
    """The share of capacity that the duty of care may take, 0 to 1."""
    phase_b_effort: Figure
    """Effort of phase B as a share of the effort of phase A."""
    phase_b_waves: Figure
    """How many waves later phase B counts."""
    coverage_medium: Figure
    """Below this share of answered questions confidence is at most medium."""
    coverage_low: Figure
    """Below this share of answered questions confidence is low."""
    implausible_cap: Figure
    """From this number of implausible combinations on, confidence is at most medium."""
    roles_wanted: Figure
    """With fewer different roles than this, confidence is at most medium."""
    inverted_average: Figure
    """From this lead of an upper layer's average over a lower one's on, the stack counts as inverted."""
    blind_coverage: Figure
    """At or below this share of answered questions the plan would rest on opinion."""
    preparation_wave: Figure
    """The last wave from which the preparation lane may take an initiative."""
    recheck_weeks: Figure
    """How often to answer again, at the latest."""
    sustain_months: Figure
    """With every gate open: after how many months to answer again."""
    quick_seconds: Figure
    """What one capability takes in the quick check, where nobody discusses; the full time stands at each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the engine in words. The engine has the rule, the playbook has its wording."""

    id: str
    title: str
    says: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words for one of a fixed set of codes: a lane, a hold, a form of agreement, a status."""

    id: str
    title: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceRule:
    """Why confidence is lowered, how far, and what would raise it again."""

    code: str
    cap: ConfidenceName
    says: str
    raises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A class of a published distribution: its share in percent and the answers that fall into it."""

    title: str
    share: float
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A published distribution, comparable with the answer to one question. Always printed with its year."""

    id: str
    question: str
    """The signal or capability whose answer is compared; levels are written as "0" to "4"."""
    title: str
    year: int
    buckets: tuple[Bucket, ...]
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of the glossary."""

    id: str
    term: str
    says: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Playbook:
    """One edition, complete and checked. Order within each tuple is the order of the catalogue.

    Two playbooks are equal only if they are the same object, so that what is derived from one can be cached.
    """

    edition: str
    title: str
    language: str
    released: str
    """The day of release, YYYY-MM-DD."""
    general_levels: tuple[str, str, str, str, str]
    """What the five levels mean in general."""
    scope_question: str
    scope_hint: str
    decision_question: str
    decision_hint: str
    generative_ai: str
    """The note on bought AI services, which are not counted as models."""
    layers: tuple[Layer, ...]
    context: tuple[Question, ...]
    """The triage question ``stated`` first, then the context items."""
    signals: tuple[Signal, ...]
    capabilities: tuple[Capability, ...]
    gates: tuple[Gate, ...]
    dependencies: tuple[Dependency, ...]
    pitfalls: tuple[Pitfall, ...]
    initiatives: tuple[Initiative, ...]
    figures: Figures
    rules: tuple[Rule, ...]
    lanes: tuple[Text, ...]
    holds: tuple[Text, ...]
    agreements: tuple[Text, ...]
    statuses: tuple[Text, ...]
    """What the state of the top layer means: one for each value of ``mlops_status``."""
    confidence: tuple[ConfidenceRule, ...]
    benchmarks: tuple[Benchmark, ...]
    glossary: tuple[Term, ...]
    sources: tuple[Source, ...]
    mapping: Mapping[str, Mapping[str, str | None]] | None = None
    """What became of an earlier edition's questions: edition, its id, and the id here; None where nothing compares."""

    @cached_property
    def layer(self) -> dict[str, Layer]:
        return {each.id: each for each in self.layers}

    @cached_property
    def question(self) -> dict[str, Question]:
        return {each.id: each for each in self.context}

    @cached_property
    def signal(self) -> dict[str, Signal]:
        return {each.id: each for each in self.signals}

    @cached_property
    def capability(self) -> dict[str, Capability]:
        return {each.id: each for each in self.capabilities}

    @cached_property
    def gate(self) -> dict[str, Gate]:
        return {each.layer: each for each in self.gates}

    @cached_property
    def pitfall(self) -> dict[str, Pitfall]:
        return {each.id: each for each in self.pitfalls}

    @cached_property
    def initiative(self) -> dict[str, Initiative]:
        return {each.id: each for each in self.initiatives}

    @cached_property
    def rule(self) -> dict[str, Rule]:
        return {each.id: each for each in self.rules}

    @cached_property
    def source(self) -> dict[str, Source]:
        return {each.id: each for each in self.sources}

    @cached_property
    def lane(self) -> dict[str, Text]:
        return {each.id: each for each in self.lanes}

    @cached_property
    def hold(self) -> dict[str, Text]:
        return {each.id: each for each in self.holds}

    @cached_property
    def agreement(self) -> dict[str, Text]:
        return {each.id: each for each in self.agreements}

    @cached_property
    def status(self) -> dict[str, Text]:
        return {each.id: each for each in self.statuses}

    @cached_property
    def confidence_rule(self) -> dict[str, ConfidenceRule]:
        return {each.code: each for each in self.confidence}

    @cached_property
    def capabilities_of(self) -> dict[str, tuple[Capability, ...]]:
        """The capabilities of each layer, in the order of the catalogue."""
        return {
            layer.id: tuple(each for each in self.capabilities if each.layer == layer.id)
            for layer in self.layers
        }
