"""The plan and the figures of an assessment as somebody works on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from advisor.engine import advise
from advisor.engine.advice import Advice
from advisor.engine.judgement import Judgement, Own, judgements
from advisor.engine.ownplan import Change, Item, OwnPlan, Slot, own_plan
from assessments.access import Assessment
from assessments.planning import change_move, plan_changes
from reports.figure_form import FiguresForm, figures_form
from reports.plan_form import MoveForm
from reports.presenter import ownplan
from reports.presenter.lexicon import Lexicon
from reports.presenter.ownplan import Board, board
from reports.presenter.plan import planned
from reports.telling import Reading, read


@dataclass(frozen=True)
class Workbench:
    """What is on the table: the answers, the advice, and what was changed about its moves so far."""

    assessment: Assessment
    reading: Reading
    advice: Advice
    changes: Mapping[str, Change]

    @cached_property
    def lexicon(self) -> Lexicon:
        reading = self.reading
        return Lexicon(reading.playbook, reading.situation, reading.given, reading.edition, reading.own)

    @cached_property
    def own(self) -> OwnPlan:
        return self._with(self.changes)

    def _with(self, changes: Mapping[str, Change]) -> OwnPlan:
        return own_plan(self.reading.playbook, self.reading.situation, self.advice, changes)

    @cached_property
    def board(self) -> Board:
        words = {each.move.code: planned(self.lexicon, each.move, each) for each in self.own.items}
        return board(self.lexicon, self.own, words)

    def broken_by(self, code: str, change: Change) -> tuple[str, ...]:
        """What would not hold if this move were changed so, a sentence each."""
        item = self._with({**self.changes, code: change}).item(code)
        return ownplan.broken(self.lexicon, item.breaks) if item else ()

    def judgement(self, name: str) -> Judgement:
        return judgements(self.reading.edition, self.reading.situation.size)[name]

    def effort_form(self, code: str, data: Mapping[str, str] | None) -> FiguresForm:
        """The field for the effort of one move."""
        return figures_form(self.reading.edition, [self.judgement(f"effort:{code}")], self.reading.own, data)


def workbench(assessment: Assessment) -> Workbench:
    """Four queries."""
    reading = read(assessment)
    advice = advise(reading.playbook, reading.situation)
    return Workbench(assessment, reading, advice, plan_changes(assessment))


def shift(bench: Workbench, item: Item, slot: Slot) -> tuple[str, ...]:
    """Put a move into another column. Where that breaks an order without a reason, nothing is stored: what breaks."""
    change = replace(item.change, slot=slot if slot != item.calculated else None)
    broken = bench.broken_by(item.move.code, change)
    if broken and not change.risk:
        return broken
    _store(bench, item, change, broken)
    return ()


def decide(bench: Workbench, item: Item, form: MoveForm, effort: FiguresForm) -> bool:
    """Store what was entered about a move; False, with the mistakes at their fields, where it cannot be."""
    if not form.is_valid() or effort.mistakes:
        return False
    change = form.change()
    broken = bench.broken_by(item.move.code, change)
    if broken and not change.risk:
        form.ask_why(broken)
        return False
    _store(bench, item, change, broken, effort.entered)
    return True


def take_back(bench: Workbench, item: Item) -> None:
    """Everything about a move as it was calculated, its effort too."""
    code = item.move.code
    change_move(assessment=bench.assessment, code=code, change=Change(), figures={f"effort:{code}": None})


def _store(
    bench: Workbench,
    item: Item,
    change: Change,
    broken: tuple[str, ...],
    figures: Mapping[str, Own | None] | None = None,
) -> None:
    """A reason is kept as long as there is something to accept."""
    kept = change if broken else replace(change, risk="")
    change_move(assessment=bench.assessment, code=item.move.code, change=kept, figures=figures)
