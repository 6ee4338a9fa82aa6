"""What somebody changed in the plan, in words: beside each move, as accepted risks, and on the board to change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from advisor.engine.ownplan import Break, Item, OwnPlan, Slot
from advisor.engine.playbook import Range
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon
from reports.presenter.parts import LayerTag
from reports.presenter.sections import PlannedMove, Risk

SLOTS_IN_TIME: tuple[Slot, ...] = ("now", "next", "later")


def slot_word(slot: Slot) -> str:
    return {
        "now": gettext("Now"),
        "next": gettext("Next"),
        "later": gettext("Later"),
        "dropped": gettext("Left out"),
    }[slot]


def remarks(lexicon: Lexicon, item: Item) -> tuple[str, ...]:
    """What was changed about a move, each in a few words; nothing where it is as calculated."""
    found = []
    if item.moved:
        words = {"slot": slot_word(item.slot), "calculated": slot_word(item.calculated)}
        found.append(gettext("%(slot)s, calculated for “%(calculated)s”") % words)
    if calculated := lexicon.calculated_effort(item.move.code):
        found.append(gettext("effort was %(effort)s") % {"effort": calculated})
    if item.change.owner:
        found.append(gettext("owner named by you"))
    return tuple(found)


def due(item: Item) -> str:
    day = due_day(item)
    return gettext("by %(day)s") % {"day": numbers.day(day)} if day else ""


def due_day(item: Item) -> date | None:
    return date.fromisoformat(item.change.due) if item.change.due else None


def risks(lexicon: Lexicon, own: OwnPlan) -> tuple[Risk, ...]:
    """One for each change that breaks an order; without a reason where the answers changed after the plan."""
    return tuple(
        Risk(
            code=item.move.code,
            title=short_of(lexicon, item.move.code),
            says=broken(lexicon, item.breaks),
            reason=item.change.risk,
            whys=lexicon.whys(*(reason for each in item.breaks for reason in each.reasons)),
        )
        for item in own.items
        if item.breaks
    )


def risks_heading(count: int) -> str:
    if not count:
        return ""
    words = {"count": numbers.in_words_first(count)}
    return ngettext("One accepted risk", "%(count)s accepted risks", count) % words


def broken(lexicon: Lexicon, breaks: Iterable[Break]) -> tuple[str, ...]:
    """What does not hold, a sentence each."""
    return tuple(dict.fromkeys(_sentence(lexicon, each) for each in breaks))


def _sentence(lexicon: Lexicon, found: Break) -> str:
    words = {
        "move": short_of(lexicon, found.code),
        "needed": short_of(lexicon, found.needs),
        "layer": lexicon.name(found.layer),
        "block": lexicon.title(found.step.capability) if found.step else "",
        "level": found.step.level if found.step else "",
    }
    return {
        "order": gettext("“%(move)s” needs %(block)s at level %(level)s, and “%(needed)s” comes after it."),
        "missing": gettext("“%(move)s” needs %(block)s at level %(level)s, and “%(needed)s” is left out."),
        "gate": gettext("“%(move)s” begins while the %(layer)s gate is still closed."),
        "closed": gettext("Without “%(move)s” the %(layer)s gate stays closed."),
    }[found.kind] % words


def short_of(lexicon: Lexicon, code: str) -> str:
    initiative, _, phase = code.partition(":")
    return lexicon.playbook.initiative[initiative].words(phase or "A").short


def changed_note(lexicon: Lexicon, own: OwnPlan) -> str:
    """How much of the plan is somebody's own; empty where nothing is."""
    count = sum(1 for item in own.items if remarks(lexicon, item) or item.change.note or item.change.due)
    if not count:
        return ""
    sentence = ngettext(
        "One move is changed by you; what was calculated stands beside it.",
        "%(count)s moves are changed by you; what was calculated stands beside them.",
        count,
    ) % {"count": numbers.in_words_first(count)}
    return " ".join(each for each in (sentence, _left_out(own)) if each)


def _left_out(own: OwnPlan) -> str:
    if own.dropped is None or own.effort is None or not own.dropped.high:
        return ""
    words = {"dropped": numbers.person_weeks(own.dropped), "kept": numbers.span(own.effort)}
    return gettext("%(dropped)s are left out, %(kept)s stay in the plan.") % words


# --- The board --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCard:
    """A move on the board. ``others`` are the columns it can go to, with their words; none for what is left out."""

    code: str
    layer: LayerTag
    planned: PlannedMove
    slot: Slot
    moved: bool
    changed: bool
    others: tuple[tuple[Slot, str], ...]
    broken: tuple[str, ...]
    risk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    slot: Slot
    title: str
    says: str
    effort: str
    cards: tuple[BoardCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The plan as somebody sees it who may change it."""

    columns: tuple[BoardColumn, ...]
    left_out: BoardColumn
    note: str
    changes: int
    unexplained: int
    """So many changes break an order and have no reason yet."""

    def card(self, code: str) -> BoardCard | None:
        columns = (*self.columns, self.left_out)
        return next((card for column in columns for card in column.cards if card.code == code), None)


def board(lexicon: Lexicon, own: OwnPlan, planned: dict[str, PlannedMove]) -> Board:
    """``planned`` has the words of each move by its code."""
    columns = {slot: _column(lexicon, own, slot, planned) for slot in (*SLOTS_IN_TIME, "dropped")}
    cards = [card for column in columns.values() for card in column.cards]
    return Board(
        columns=tuple(columns[slot] for slot in SLOTS_IN_TIME),
        left_out=columns["dropped"],
        note=changed_note(lexicon, own),
        changes=sum(1 for each in cards if each.changed),
        unexplained=sum(1 for each in cards if each.broken and not each.risk),
    )


def _column(lexicon: Lexicon, own: OwnPlan, slot: Slot, planned: dict[str, PlannedMove]) -> BoardColumn:
    items = own.at(slot)
    return BoardColumn(
        slot=slot,
        title=slot_word(slot),
        says={
            "now": gettext("What you begin with"),
            "next": gettext("Until the first gate opens"),
            "later": gettext("When the gates below are open"),
            "dropped": gettext("Not done; what depends on it is named"),
        }[slot],
        effort=_sum(items),
        cards=tuple(_card(lexicon, each, planned[each.move.code]) for each in items),
    )


def _sum(items: tuple[Item, ...]) -> str:
    efforts = [each.move.effort for each in items]
    known = [each for each in efforts if each]
    if not known or len(known) < len(efforts):
        return ""
    return numbers.person_weeks(
        Range(low=sum(each.low for each in known), high=sum(each.high for each in known))
    )


def _card(lexicon: Lexicon, item: Item, planned: PlannedMove) -> BoardCard:
    return BoardCard(
        code=item.move.code,
        layer=lexicon.tags[item.move.layer],
        planned=planned,
        slot=item.slot,
        moved=item.moved,
        changed=bool(planned.remarks or item.change.note or item.change.due),
        others=_others(item.slot),
        broken=broken(lexicon, item.breaks),
        risk=item.change.risk,
    )


def _others(slot: Slot) -> tuple[tuple[Slot, str], ...]:
    """The other columns; what is left out comes back by a way of its own."""
    if slot == "dropped":
        return ()
    return tuple((each, slot_word(each)) for each in SLOTS_IN_TIME if each != slot)
