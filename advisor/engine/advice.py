"""What the engine says. Every part that claims something is a Statement and carries its reasons.

A hundred reasons and quotes are made for each advice, so these two are named tuples, made in a third of the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from advisor.engine.playbook import Band, ConfidenceName, Range, SeverityName
from advisor.engine.situation import Answer, Mode

type GateState = Literal["open", "near", "closed", "undetermined", "not_started"]
type EffectiveState = Literal["open", "near", "closed", "undetermined", "not_started", "blocked"]
type BottleneckKind = Literal["gate", "undetermined", "next_stage", "none"]
type Balance = Literal["pass", "fail", "unknown", "none"]
type MlopsStatus = Literal["not_applicable", "watch", "planned", "light", "active", "undetermined"]
type AgreementCode = Literal[
    "agree",
    "foundation_below",
    "stated_layer_sound",
    "no_structural_bottleneck",
    "undetermined",
    "unsure",
    "stated_not_applicable",
]
type MoveCause = Literal[
    "below_minimum", "balance", "prerequisite", "baseline", "first_stage", "focus", "protection"
]
type Role = Literal["main", "baseline", "preparation", "focus"]


class Used(NamedTuple):
    """An answer that a rule looked at: the question's id and the answer as in the JSON input."""

    question: str
    answer: int | float | str | bool | tuple[str, ...] | None


class Reason(NamedTuple):
    """Why something is said: the rule, the answers it used, the sources behind it, and words where the playbook has some."""

    rule: str
    answers: tuple[Used, ...]
    sources: tuple[str, ...]
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Anything the engine claims."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability(Statement):
    """Whether a layer is part of the picture: "applies", or for the top layer one of the MLOps statuses."""

    layer: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult(Statement):
    """The state of one gate.

    ``mean`` is the average of the known levels, 0 to 4, None without any. ``minima`` are the levels in force for
    this organisation. ``average`` is the balance condition in force. ``failing`` and ``unknown`` are alphabetical.
    ``missing`` is the total of levels missing to the minima. ``lifts`` are the capabilities known to be below their
    minimum and the level to which initiatives raise them, ``balancing`` those raised for the average.
    """

    layer: str
    state: GateState
    effective: EffectiveState
    variant: Literal["standard", "light", "quick", "quick_light"]
    minima: Mapping[str, int]
    average: float | None
    mean: float | None
    balance: Balance
    failing: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: int
    lifts: Mapping[str, int]
    balancing: Mapping[str, int]
    provisional: bool

    @property
    def opens(self) -> dict[str, int]:
        """The levels at which the gate opens, as far as the known answers tell; unknown ones at their minimum."""
        return {**self.lifts, **self.balancing, **{each: self.minima[each] for each in self.unknown}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Statement):
    """Where one capability stands. ``answer`` None: not asked, or not answered yet (see ``asked``)."""

    capability: str
    asked: bool
    answer: Answer | None
    minimum: int | None
    planned: int | None
    """The level the roadmap raises it to, if any."""

    @property
    def below(self) -> bool:
        return isinstance(self.answer, int) and self.minimum is not None and self.answer < self.minimum


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding(Statement):
    """An answer that keeps the bottleneck's gate closed. ``minimum`` None: only the balance fails."""

    capability: str
    level: int
    minimum: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck(Statement):
    """The layer to invest in next, or why none can be named.

    ``at`` is the first layer that is not open, also where no bottleneck is named; None if all are open.
    """

    layer: str | None
    kind: BottleneckKind
    at: str | None
    deciding: tuple[Deciding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Statement):
    """One step of the chain from a failing capability up to the pain: ``lower`` carries ``upper``."""

    lower: str
    upper: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Statement):
    """What was named against what was measured."""

    code: AgreementCode
    stated: str | None
    measured: str | None
    chain: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction(Statement):
    """A layer whose own gate is open although a symptom of it is red."""

    layer: str
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietGap(Statement):
    """A layer whose gate is closed although none of its symptoms hurts yet."""

    layer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Implausible(Statement):
    """A level reported without the level that would have to carry it."""

    capability: str
    level: int
    needs: str
    at_least: int

    @property
    def code(self) -> str:
        return f"{self.capability}>={self.level} without {self.needs}>={self.at_least}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocking(Statement):
    """One capability holds up another: ``upper`` cannot be at ``level`` before ``lower`` is at ``at_least``.

    "missing": the lower one is known to be below that. "unknown": nobody knows. "reported": the upper one is described
    at that level all the same. ``pressing``: the lower one decides the bottleneck, or the roadmap raises it.
    """

    lower: str
    at_least: int
    upper: str
    level: int
    kind: Literal["missing", "unknown", "reported"]
    pressing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt(Statement):
    """Something that lowers confidence. ``detail`` holds the layers of contradicting signals, else nothing."""

    code: str
    cap: ConfidenceName
    detail: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.code}:{','.join(self.detail)}" if self.detail else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence(Statement):
    """How far the result can be trusted, and what speaks against it."""

    level: ConfidenceName
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Raise:
    """A capability lifted from one level to another."""

    capability: str
    start: int
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Statement):
    """An initiative in its place. ``effort`` in person-weeks, None without a known size; ``lead`` in weeks.

    ``code`` is the initiative's id, with ":B" for its second phase.
    """

    code: str
    initiative: str
    phase: Literal["A", "B"]
    layer: str
    cause: MoveCause
    wave: int
    raises: tuple[Raise, ...]
    effort: Range | None
    lead: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMove(Statement):
    """One of the first moves, and the part it plays."""

    move: Move
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Statement):
    """All moves on one layer. ``stage`` counts the entries of the roadmap from 1; ``until`` is the gate that ends it.

    ``effort`` is in person-weeks. ``weeks`` is the range and ``planned_weeks`` the value to plan with; both are
    None where size or capacity is unknown (then ``lead_weeks``, the chain of lead times, is all there is).
    """

    stage: int
    layer: str
    moves: tuple[Move, ...]
    effort: Range | None
    lead_weeks: Range
    weeks: Range | None
    planned_weeks: float | None
    put_off: bool = False
    """In a decided plan: what somebody put off by hand, after everything else; then ``layer`` is that of its first move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Statement):
    """Something to stop doing until a gate opens."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PitfallFound(Statement):
    """A pitfall that applies; its reasons hold the answers that triggered it."""

    id: str
    severity: SeverityName


@dataclass(frozen=True, slots=True, kw_only=True)
class Homework(Statement):
    """A question to take home: answered "don't know", still open, or (quick check) not asked at all.

    ``weight`` orders by influence on the result: larger first, whatever its sign.
    """

    question: str
    layer: str
    kind: Literal["unknown", "open", "not_asked"]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche(Statement):
    """The part of the budget that belongs to one stage. Effort in person-weeks, money in the currency of the input.

    Released now, or held until the gate of ``held_until`` opens (None where it was put off). ``start_week`` and ``end_week`` count from today
    with the planned durations; None where they are not known.
    """

    stage: int
    layer: str
    effort: Range
    money: Range | None
    released: bool
    held_until: str | None
    start_week: float | None
    end_week: float | None
    inside_horizon: bool | None
    put_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Statement):
    """Effort and money released floor by floor. Ranges are person-weeks; ``weekly`` is person-weeks a week.

    ``baseline`` is a baseline beside the first stage, released with it and part of no stage. ``affordable`` says whether the entered sum covers the released part: "yes" its upper end, "partly" its lower
    end, "no" not even that; None without a sum and a rate.
    """

    tranches: tuple[Tranche, ...]
    baseline: Move | None
    baseline_money: Range | None
    released: Range
    held: Range
    released_money: Range | None
    held_money: Range | None
    weekly: float | None
    parallel: int | None
    horizon_weeks: float | None
    protection_weekly: float | None
    affordable: Literal["yes", "partly", "no"] | None
    assumptions: tuple[str, ...]
    """The names of the figures used, as in ``Figures``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The whole result for one situation. Pure values: the same situation gives the same advice."""

    edition: str
    mode: Mode
    mlops_status: MlopsStatus
    applicability: tuple[Applicability, ...]
    gates: Mapping[str, GateResult]
    standings: tuple[Standing, ...]
    bands: Mapping[str, Band]
    """The colour of each symptom that was asked and answered."""
    bottleneck: Bottleneck
    agreement: Agreement
    contradictions: tuple[Contradiction, ...]
    quiet_gaps: tuple[QuietGap, ...]
    implausible: tuple[Implausible, ...]
    blocking: tuple[Blocking, ...]
    """What holds up what, from the ground up."""
    coverage: float
    """The answered share of the questions that apply, 0 to 1."""
    confidence: Confidence
    roadmap: tuple[Stage, ...]
    first_moves: tuple[FirstMove, ...]
    optimise_focus: tuple[str, ...]
    prep_lane: tuple[Move, ...]
    protect_lane: tuple[Move, ...]
    holds: tuple[Hold, ...]
    pitfalls: tuple[PitfallFound, ...]
    homework: tuple[Homework, ...]
    budget: Budget | None
    """None where nothing is planned or the size is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing(Statement):
    """A single answer that, changed from ``start`` to ``to``, would move the bottleneck."""

    capability: str
    start: Answer | None
    to: int
    layer: str | None
    kind: BottleneckKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability(Statement):
    """How firmly the bottleneck stands: the answers that would move it, out of ``tried`` single changes.

    ``further`` are the answers that would move it only if raised by more than one level, each at the lowest level that does.
    """

    swings: tuple[Swing, ...]
    further: tuple[Swing, ...]
    tried: int

    @property
    def capabilities(self) -> tuple[str, ...]:
        """The capabilities that could move the bottleneck, each once, in the order found."""
        return tuple(dict.fromkeys(swing.capability for swing in self.swings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Statement):
    """What changing some answers would do to the advice."""

    before: Advice
    after: Advice
    gates_opened: tuple[str, ...]
    gates_closed: tuple[str, ...]
    bottleneck_moved: bool
    pitfalls_gone: tuple[str, ...]
    pitfalls_new: tuple[str, ...]
    moves_gone: tuple[str, ...]
    moves_new: tuple[str, ...]
