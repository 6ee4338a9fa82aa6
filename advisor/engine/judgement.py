"""The figures that are judgement, and an edition with some of them replaced by somebody's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Literal, get_args

from advisor.engine.playbook import Figure, Figures, Gate, Initiative, PhaseB, Playbook, Range, Size
from advisor.engine.situation import MOST_MONEY, MOST_PROBLEMS, Problem, SituationError, quoted

FIGURES: Mapping[str, tuple[float, float]] = {
    "near_levels": (0, 24),
    "near_average": (0, 4),
    "deciding_answers": (1, 6),
    "first_moves": (1, 6),
    "focus_capabilities": (0, 18),
    "focus_level": (0, 3),
    "capacity_use": (0.01, 1),
    "weeks_per_month": (4, 5),
    "days_per_week": (1, 7),
    "parallel_small": (0, 1000),
    "parallel_medium": (0, 1000),
    "protection_share": (0, 1),
    "phase_b_effort": (0, 10),
    "phase_b_waves": (0, 9),
    "coverage_medium": (0, 1),
    "coverage_low": (0, 1),
    "implausible_cap": (1, 1000),
    "roles_wanted": (0, 16),
    "inverted_average": (0.01, 4),
    "blind_coverage": (0, 1),
    "preparation_wave": (0, 9),
    "recheck_weeks": (1, 104),
    "sustain_months": (1, 36),
    "quick_seconds": (1, 600),
}
"""What the rules can work with: the least and the most of each figure, both included."""

CAPACITY = (
    "capacity_use", "days_per_week", "weeks_per_month", "parallel_small", "parallel_medium", "protection_share",
    "phase_b_effort",
)  # fmt: skip
TOLERANCE = (
    "near_levels", "near_average", "inverted_average", "blind_coverage", "implausible_cap", "roles_wanted",
    "recheck_weeks", "sustain_months",
)  # fmt: skip
"""The figures that depend on the organisation. The others shape the report or the rules, and stay the edition's."""

WHOLE = ("near_levels", "implausible_cap", "roles_wanted", "recheck_weeks", "sustain_months")

MONEY = ("day_rate", "budget")
"""Figures that no edition has: what a day of work costs, and what there is to spend, in any one currency."""

MOST_WEEKS = 1_000
"""Twenty years of one person. An effort or a lead time beyond this is a slip of the hand."""

HIGHEST_MINIMUM = 3
"""No initiative delivers level 4, so no gate can ask for it."""

type Own = float | tuple[float, float]
"""A figure of somebody's own: a number, or the lower and the upper one of a range."""

type Group = Literal["money", "capacity", "effort", "lead", "minimum", "average", "tolerance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A figure that may be set for one assessment.

    ``name`` is a figure's own, or "effort:" or "lead:" and a move's code, "minimum:" and a capability, "average:" and
    a layer. ``value`` is the edition's: a number, or a range in person-weeks (effort) or weeks (lead); None where the
    edition gives it by size and the size is not known, or gives none. ``least`` and ``most`` are allowed, both included.
    """

    name: str
    group: Group
    subject: str
    """What it is about: a figure's name, the code of a move, a capability, a layer."""
    value: Own | None
    least: float
    most: float
    whole: bool = False
    ranged: bool = False

    def takes(self, own: object) -> bool:
        """Whether this value can stand in for the edition's."""
        if self.ranged:
            return (
                isinstance(own, tuple)
                and len(own) == 2
                and all(self._fits(each) for each in own)
                and own[0] <= own[1]
            )
        return self._fits(own)

    @property
    def allowed(self) -> str:
        """What it takes, for whoever writes JSON."""
        kind = "a whole number" if self.whole else "a number"
        if self.ranged:
            return f"a list of two numbers from {self.least:g} to {self.most:g}, the lower one first"
        return f"{kind} from {self.least:g} to {self.most:g}"

    def _fits(self, number: object) -> bool:
        if isinstance(number, bool) or not isinstance(number, int | float):
            return False
        return self.least <= number <= self.most and (not self.whole or number == int(number))


def judgements(playbook: Playbook, size: str | None) -> dict[str, Judgement]:
    """Every figure that may be set, by name, with the edition's value for an organisation of this size."""
    found = [*_money(), *_figures(playbook), *_gates(playbook), *_initiatives(playbook, size)]
    return {each.name: each for each in found}


def _money() -> Iterator[Judgement]:
    for name in MONEY:
        yield Judgement(name=name, group="money", subject=name, value=None, least=1, most=MOST_MONEY)


def _figures(playbook: Playbook) -> Iterator[Judgement]:
    groups: dict[Group, tuple[str, ...]] = {"capacity": CAPACITY, "tolerance": TOLERANCE}
    for group, names in groups.items():
        for name in names:
            figure: Figure = getattr(playbook.figures, name)
            least, most = FIGURES[name]
            yield Judgement(
                name=name,
                group=group,
                subject=name,
                value=figure.value,
                least=least,
                most=most,
                whole=name in WHOLE,
            )


def _gates(playbook: Playbook) -> Iterator[Judgement]:
    for gate in playbook.gates:
        for capability, level in gate.minima.items():
            yield Judgement(
                name=f"minimum:{capability}",
                group="minimum",
                subject=capability,
                value=level,
                least=0,
                most=HIGHEST_MINIMUM,
                whole=True,
            )
        if gate.average is not None:
            yield Judgement(
                name=f"average:{gate.layer}",
                group="average",
                subject=gate.layer,
                value=gate.average,
                least=0,
                most=HIGHEST_MINIMUM,
            )


def _initiatives(playbook: Playbook, size: str | None) -> Iterator[Judgement]:
    factor = playbook.figures.phase_b_effort.value
    for each in playbook.initiatives:
        effort = next((found for known, found in each.effort.items() if known == size), None)
        phases = [(each.id, effort)]
        if each.phase_b:
            second = Range(low=effort.low * factor, high=effort.high * factor) if effort else None
            phases.append((f"{each.id}:B", second))
        for code, value in phases:
            yield Judgement(
                name=f"effort:{code}",
                group="effort",
                subject=code,
                value=(value.low, value.high) if value else None,
                least=0,
                most=MOST_WEEKS,
                ranged=True,
            )
        yield Judgement(
            name=f"lead:{each.id}",
            group="lead",
            subject=each.id,
            value=(each.lead_weeks.low, each.lead_weeks.high),
            least=0,
            most=MOST_WEEKS,
            ranged=True,
        )


# --- The edition with somebody's own figures --------------------------------------------------------------------------


def adjusted(playbook: Playbook, own: Mapping[str, Own]) -> Playbook:
    """The edition with these figures in place of its own; the edition itself where there are none.

    A name that the edition does not know, or a value that it cannot take, is passed over: it may stem from an earlier
    edition.
    """
    if not own:  # as nearly always
        return playbook
    known = judgements(playbook, None)
    usable = {
        name: value
        for name, value in own.items()
        if name in known and known[name].takes(value) and known[name].group != "money"
    }
    return _adjusted(playbook, frozenset(usable.items())) if usable else playbook


@lru_cache(maxsize=64)
def _adjusted(playbook: Playbook, own: frozenset[tuple[str, Own]]) -> Playbook:
    """Kept, since an edition remembers what the rules derive from it."""
    values = dict(own)
    numbers = {name: value for name, value in values.items() if not isinstance(value, tuple)}
    ranges = {
        name: Range(low=value[0], high=value[1]) for name, value in values.items() if isinstance(value, tuple)
    }
    return replace(
        playbook,
        figures=_with_figures(playbook.figures, numbers),
        gates=tuple(_with_minima(each, numbers) for each in playbook.gates),
        initiatives=tuple(_with_ranges(each, ranges) for each in playbook.initiatives),
    )


def _with_figures(figures: Figures, own: Mapping[str, float]) -> Figures:
    changed = {
        each.name: replace(getattr(figures, each.name), value=own[each.name])
        for each in fields(figures)
        if each.name in own
    }
    return replace(figures, **changed)


def _with_minima(gate: Gate, own: Mapping[str, float]) -> Gate:
    """A minimum of one's own holds in every variant of the gate that asks for this capability."""

    def minima(asked: Mapping[str, int]) -> dict[str, int]:
        return {each: int(own.get(f"minimum:{each}", level)) for each, level in asked.items()}

    average = own.get(f"average:{gate.layer}")
    light = gate.light and replace(
        gate.light,
        minima=minima(gate.light.minima),
        regulated=minima(gate.light.regulated),
        quick=minima(gate.light.quick),
    )
    return replace(
        gate,
        minima=minima(gate.minima),
        regulated=minima(gate.regulated),
        small=minima(gate.small),
        quick=minima(gate.quick),
        light=light,
        average=gate.average if average is None else average,
        small_average=gate.small_average if average is None else average,
    )


def _with_ranges(each: Initiative, own: Mapping[str, Range]) -> Initiative:
    """An effort of one's own is that of this organisation, so it holds for every size."""
    effort, second = own.get(f"effort:{each.id}"), own.get(f"effort:{each.id}:B")
    phase_b: PhaseB | None = each.phase_b
    if phase_b and second:
        phase_b = replace(phase_b, effort=dict.fromkeys(get_args(Size.__value__), second))
    return replace(
        each,
        effort=dict.fromkeys(get_args(Size.__value__), effort) if effort else each.effort,
        lead_weeks=own.get(f"lead:{each.id}", each.lead_weeks),
        phase_b=phase_b,
    )


def read_figures(playbook: Playbook, data: object) -> dict[str, Own]:
    """Read the JSON form: an object of names and values, a range as a list of two numbers; None is none at all.

    Raises SituationError with all mistakes.
    """
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise SituationError(
            (Problem("figures", f"{quoted(data)} is not an object", "an object of figures"),)
        )
    known = judgements(playbook, None)
    found: dict[str, Own] = {}
    problems: list[Problem] = []
    allowed = ", ".join(known)
    for name, value in data.items():
        own = tuple(value) if isinstance(value, list) else value
        if len(problems) >= MOST_PROBLEMS:
            break
        if name not in known:
            problems.append(Problem(f"figures.{name}", "is not a figure of this edition", allowed))
        elif not known[name].takes(own):
            problems.append(
                Problem(f"figures.{name}", f"{quoted(value)} is not possible", known[name].allowed)
            )
        else:
            found[name] = own
    if problems:
        raise SituationError(tuple(problems))
    return found


def changed(
    playbook: Playbook, own: Mapping[str, Own], size: str | None
) -> tuple[tuple[Judgement, Own], ...]:
    """The figures that differ from the edition's, in the order of ``judgements``, each with its own value."""
    known = judgements(playbook, size)
    return tuple(
        (each, own[name])
        for name, each in known.items()
        if name in own and each.takes(own[name]) and own[name] != each.value
    )
