"""Many units side by side: every level by itself, the gates, the bottleneck in words; no average and no ranking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from advisor.drawing import climb
from advisor.drawing import gate as door
from advisor.drawing.gate import GateState
from advisor.drawing.svg import Hue, Svg
from advisor.engine.advice import Standing
from advisor.engine.playbook import Playbook
from advisor.engine.progress import Seen, progress
from reports.presenter import gates, numbers
from reports.presenter.levels import state_of
from reports.presenter.lexicon import HUES, Lexicon, listed
from reports.presenter.progress import Day

STATES: tuple[GateState, ...] = ("open", "near", "closed", "blocked", "undetermined", "not_started")

GATE_WIDTH = 24
"""Of a gate in a row, in pixels."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A level as a digit on ink of its density. ``kind`` is "level-0" to "level-4", or the state that there is instead."""

    kind: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class GateMark:
    """A gate and what it is: "DevOps: Gate open". ``symbol`` is None for a floor that is not in play."""

    symbol: Svg | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit by its newest assessment. ``climb`` draws gates over time, None for one without milestones."""

    public_id: str
    name: str
    about: str
    """ "Quick check, 3 March 2027" """
    cells: tuple[Cell, ...]
    gates: tuple[GateMark, ...]
    """From the ground up."""
    bottleneck: str
    climb: Svg | None
    key: str = ""
    """Names what is in it, so that it is printed once as long as it stays."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A capability by its short name, in the head of the grid."""

    title: str


@dataclass(frozen=True, slots=True)
class LayerHeading:
    name: str
    hue: Hue
    span: int


@dataclass(frozen=True, slots=True)
class ClientGroup:
    """A client with its units."""

    name: str
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    headline: str
    layers: tuple[LayerHeading, ...]
    headings: tuple[Heading, ...]
    groups: tuple[ClientGroup, ...]
    key: tuple[Cell, ...]
    """What the cells mean."""
    gate_key: tuple[GateMark, ...]


def portfolio(playbook: Playbook, groups: Sequence[ClientGroup], count: int) -> Portfolio:
    """``playbook`` names the columns; ``count`` is the number of units on all pages."""
    layers = tuple(
        LayerHeading(layer.name, hue, len(playbook.capabilities_of[layer.id]))
        for layer, hue in zip(playbook.layers, HUES, strict=True)
    )
    headings = tuple(
        Heading(" ".join(each.label))
        for layer in playbook.layers
        for each in playbook.capabilities_of[layer.id]
    )
    return Portfolio(_headline(groups, count), layers, headings, tuple(groups), _key(), _gate_key())


def _headline(groups: Sequence[ClientGroup], count: int) -> str:
    if not count:
        return gettext("No unit to compare yet")
    if len(groups) == 1 and count == 1:
        return gettext("One unit at a glance")
    return ngettext("%(count)s unit side by side", "%(count)s units side by side", count) % {
        "count": numbers.in_words_first(count)
    }


def _key() -> tuple[Cell, ...]:
    levels = tuple(_level(level) for level in range(5))
    return (*levels, *(_state(each) for each in ("unknown", "not_applicable", "not_asked")))


def _gate_key() -> tuple[GateMark, ...]:
    return tuple(
        GateMark(door.gate(each, gates.gate_word(each), width=GATE_WIDTH), gates.gate_word(each))
        for each in STATES
    )


# --- A unit -------------------------------------------------------------------------------------------------------------


def unit_row(public_id: str, columns: Playbook, day: Day, before: Sequence[Day | None]) -> UnitRow:
    """The row of one that has no name, being the whole organisation. ``before`` are its milestones, the oldest first, None for one whose edition was taken away."""
    seen, lexicon = day.seen, day.lexicon
    standings = {each.capability: each for each in seen.advice.standings}
    kind = gettext("Quick check") if seen.advice.mode == "quick" else gettext("Full assessment")
    return UnitRow(
        public_id=public_id,
        name=gettext("The whole organisation"),
        about=gettext("%(kind)s, %(day)s") % {"kind": kind, "day": numbers.day(day.day)},
        cells=tuple(
            _cell(standings.get(each.id))
            for layer in columns.layers
            for each in columns.capabilities_of[layer.id]
        ),
        gates=tuple(_gates(lexicon, seen)),
        bottleneck=_bottleneck(lexicon, seen),
        climb=_climb(lexicon, [*before, day]) if before else None,
    )


def _cell(standing: Standing | None) -> Cell:
    """A capability of another edition is not asked in this one."""
    if standing is None:
        return _state("not_asked")
    state = state_of(standing)
    return _level(standing.answer) if isinstance(standing.answer, int) and state == "level" else _state(state)


def _level(level: int) -> Cell:
    return Cell(f"level-{level}", str(level), gettext("%(level)s of 4") % {"level": level})


def _state(state: str) -> Cell:
    sign, words = {
        "unknown": ("?", gettext("not known")),
        "not_applicable": ("–", gettext("does not apply")),
    }.get(state, ("", gettext("not asked")))
    return Cell(state.replace("_", "-"), sign, words)


def _gates(lexicon: Lexicon, seen: Seen) -> Iterable[GateMark]:
    for layer in lexicon.playbook.layers:
        found = seen.advice.gates.get(layer.id)
        state = gates.gate_word(found.effective) if found else gettext("not in play")
        words = gettext("%(layer)s: %(state)s") % {"layer": layer.name, "state": state}
        yield GateMark(door.gate(found.effective, words, width=GATE_WIDTH) if found else None, words)


def _bottleneck(lexicon: Lexicon, seen: Seen) -> str:
    found = seen.advice.bottleneck
    name = {"layer": lexicon.name(found.layer)} if found.layer else {}
    match found.kind:
        case "gate":
            near = seen.advice.gates[found.layer or ""].state == "near"
            return (gettext("%(layer)s, nearly open") if near else gettext("%(layer)s")) % name
        case "next_stage":
            return gettext("None: %(layer)s is the next stage") % name
        case "undetermined":
            return gettext("Cannot be judged yet")
        case _:
            return gettext("None: every gate is open")


# --- Milestones ---------------------------------------------------------------------------------------------------------


def _climb(lexicon: Lexicon, days: Sequence[Day | None]) -> Svg:
    """Gates open at each milestone and today, drawn and in words."""
    counts = [_open_gates(each) for each in days]
    of = len(lexicon.playbook.layers)
    known = [each for each in counts if each is not None]
    words = {"path": ", ".join(str(each) for each in known), "of": of}
    told = [gettext("Open gates at each milestone and today: %(path)s, of %(of)s.") % words]
    readable = [each for each in days if each]
    if len(readable) > 1:
        told.append(_since(lexicon, readable[0], readable[-1]))
    return climb.climb([climb.Step(each) for each in counts], of, " ".join(told))


def _open_gates(day: Day | None) -> int | None:
    return (
        None if day is None else sum(1 for each in day.seen.advice.gates.values() if each.effective == "open")
    )


def _since(lexicon: Lexicon, first: Day, last: Day) -> str:
    """What became of the gates since the first milestone; what cannot be compared is not counted."""
    change = progress(first.seen, last.seen)
    words = {"day": numbers.day(first.day)}
    told = [
        sentence % {**words, "layers": listed([lexicon.name(each) for each in layers])}
        for layers, sentence in (
            (change.crossed("passed"), gettext("Passed since %(day)s: %(layers)s.")),
            (change.crossed("lost"), gettext("Lost since %(day)s: %(layers)s.")),
        )
        if layers
    ]
    return " ".join(told) or gettext("No gate passed or lost since %(day)s.") % words
