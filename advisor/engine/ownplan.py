"""The plan as somebody changed it, beside the one that was calculated, and the order that this breaks (R-PLAN)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.engine.advice import Advice, Move, Statement
from advisor.engine.facts import Facts, see
from advisor.engine.initiatives import needs
from advisor.engine.playbook import Playbook, Range, Step
from advisor.engine.situation import Situation

type Slot = Literal["now", "next", "later", "dropped"]

SLOTS: tuple[Slot, ...] = ("now", "next", "later", "dropped")
"""In the order of time; what is dropped never comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody decided about one move; what is None or empty is as calculated.

    ``risk`` is the reason for accepting an order that breaks something.
    """

    slot: Slot | None = None
    owner: str = ""
    due: str = ""
    """A day as year-month-day."""
    note: str = ""
    risk: str = ""

    @property
    def empty(self) -> bool:
        return self == Change()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(Statement):
    """An order that does not hold: ``code`` comes before ``needs``, or without it.

    ``kind`` "order": ``needs`` delivers ``step`` and comes later. "missing": it delivers ``step`` and is left out.
    "gate": ``code`` begins while the gate of ``layer``, which ``needs`` helps to open, is still closed. "closed": ``code``
    itself is left out, so the gate of ``layer`` stays closed; ``needs`` is the same move.
    """

    code: str
    needs: str
    kind: Literal["order", "missing", "gate", "closed"]
    layer: str
    step: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A move in somebody's plan: where it was calculated to stand, where it stands, and what that breaks."""

    move: Move
    stage: int
    """The entry of the roadmap that it belongs to; 0 for a move beside it."""
    calculated: Slot
    slot: Slot
    change: Change
    breaks: tuple[Break, ...]

    @property
    def moved(self) -> bool:
        return self.slot != self.calculated


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlan(Statement):
    """All moves in the order of time: by slot, inside a slot as calculated.

    ``effort`` is what stays in the plan and ``dropped`` what was left out, both in person-weeks; None without a known
    size.
    """

    items: tuple[Item, ...]
    effort: Range | None
    dropped: Range | None

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Each once, in the order of the plan."""
        return tuple(dict.fromkeys(each for item in self.items for each in item.breaks))

    @property
    def left_out(self) -> frozenset[str]:
        return frozenset(each.move.code for each in self.items if each.slot == "dropped")

    def at(self, slot: Slot) -> tuple[Item, ...]:
        return tuple(each for each in self.items if each.slot == slot)

    def item(self, code: str) -> Item | None:
        return next((each for each in self.items if each.move.code == code), None)


@dataclass(frozen=True, slots=True)
class _Place:
    move: Move
    stage: int
    calculated: Slot
    slot: Slot

    @property
    def rank(self) -> int:
        return SLOTS.index(self.slot)

    @property
    def moved(self) -> bool:
        return self.slot != self.calculated


def own_plan(
    playbook: Playbook, situation: Situation, advice: Advice, changes: Mapping[str, Change]
) -> OwnPlan:
    """The calculated plan with these changes, by the code of the move; a code that is not in the plan changes nothing."""
    facts = see(playbook, situation)
    places = [
        _Place(move, stage, slot, changes.get(move.code, Change()).slot or slot)
        for move, stage, slot in _calculated(advice)
    ]
    found = tuple(_breaks(facts, places))
    places.sort(key=lambda each: each.rank)  # stable: inside a slot the calculated order stays
    items = tuple(
        Item(
            move=each.move,
            stage=each.stage,
            calculated=each.calculated,
            slot=each.slot,
            change=changes.get(each.move.code, Change()),
            breaks=tuple(one for one in found if _answers_for(one, each, places)),
        )
        for each in places
    )
    return OwnPlan(
        reasons=(facts.reason("R-PLAN", _questions(item.move for item in items if item.moved)),),
        items=items,
        effort=_total(each.move for each in items if each.slot != "dropped"),
        dropped=_total(each.move for each in items if each.slot == "dropped"),
    )


def _calculated(advice: Advice) -> Iterator[tuple[Move, int, Slot]]:
    """Every move once: the first ones now, the rest of the first stage next, all others later."""
    gated = (
        advice.bottleneck.kind != "undetermined"
    )  # else there are baselines only, and nothing waits for a gate
    stages = {move.code: stage.stage for stage in advice.roadmap for move in stage.moves if gated}
    first = [each.move for each in advice.first_moves]
    for move in first:
        yield move, stages.get(move.code, 0), "now"
    begun = {each.code for each in first}
    for stage in advice.roadmap:
        for move in stage.moves:
            if move.code not in begun:
                yield move, stage.stage, "next" if stage.stage == 1 else "later"


def _breaks(facts: Facts, places: list[_Place]) -> Iterator[Break]:
    """What does not hold as it stands, and did hold as calculated."""
    for each in places:
        if each.slot == "dropped":
            yield from _left_out(facts, each)
            continue
        yield from _too_early(facts, each, places)
        yield from _before_its_gate(facts, each, places)


def _left_out(facts: Facts, each: _Place) -> Iterator[Break]:
    """A move of the roadmap that raises something opens the gate; without it the gate stays closed."""
    if each.stage and each.move.raises:
        yield Break(
            reasons=(facts.reason("R-PLAN", _questions([each.move])),),
            code=each.move.code,
            needs=each.move.code,
            kind="closed",
            layer=each.move.layer,
        )


def _too_early(facts: Facts, each: _Place, places: list[_Place]) -> Iterator[Break]:
    for step in needs(facts.playbook)[each.move.initiative, each.move.phase]:
        level = facts.levels.get(step.capability)
        if level is None or level >= step.level:
            continue
        for one in (one for one in places if _delivers(one.move, step)):
            if one.rank > each.rank and (one.moved or each.moved):
                yield Break(
                    reasons=(facts.reason("R-ORD-3", (step.capability,)),),
                    code=each.move.code,
                    needs=one.move.code,
                    kind="missing" if one.slot == "dropped" else "order",
                    layer=one.move.layer,
                    step=step,
                )


def _before_its_gate(facts: Facts, each: _Place, places: list[_Place]) -> Iterator[Break]:
    """A move of a later stage that begins while something of an earlier stage is still to come; each gate once."""
    ahead = {
        one.move.layer: one
        for one in reversed(places)
        if each.moved
        and 0 < one.stage < each.stage
        and (each.rank < one.rank or each.rank == one.rank != SLOTS.index("later"))
        and one.slot != "dropped"
    }
    for layer, one in ahead.items():
        yield Break(
            reasons=(facts.reason("R-LANE-1", _questions([one.move])),),
            code=each.move.code,
            needs=one.move.code,
            kind="gate",
            layer=layer,
        )


def _delivers(move: Move, step: Step) -> bool:
    return any(each.capability == step.capability and each.to >= step.level for each in move.raises)


def _answers_for(found: Break, each: _Place, places: list[_Place]) -> bool:
    """Whether this move's change is what breaks it: its own place if that was changed, else that of what it needs."""
    moved = any(one.moved for one in places if one.move.code == found.code)
    return each.move.code == (found.code if moved else found.needs)


def _questions(moves: Iterable[Move]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.capability for move in moves for each in move.raises))


def _total(moves: Iterable[Move]) -> Range | None:
    efforts = [each.effort for each in moves]
    known = [each for each in efforts if each]
    if len(known) < len(efforts):
        return None
    return Range(low=sum(each.low for each in known), high=sum(each.high for each in known))
