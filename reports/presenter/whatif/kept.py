"""Plans that somebody kept, as the report tells of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from advisor.engine import whatif
from advisor.engine.advice import Difference
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon
from reports.presenter.trials import Levels, query_of, tried
from reports.presenter.whatif.changes import changed_level
from reports.presenter.whatif.figures import effort_difference, whole_effort
from reports.presenter.whatif.parts import ChangedLevel
from reports.presenter.whatif.structure import bottleneck_words, gate_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioCard:
    """A kept plan: its name as typed, what it changes, and what that would do.

    ``reached`` says that nothing is left to try, and then there are no facts.
    """

    number: int
    name: str
    changed: tuple[ChangedLevel, ...]
    reached: str
    facts: tuple[tuple[str, str], ...]
    """ "Bottleneck", "MLOps instead of DataOps"."""
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenariosSection:
    heading: str
    note: str
    cards: tuple[ScenarioCard, ...]


def scenarios_section(cards: Iterable[ScenarioCard]) -> ScenariosSection | None:
    """None where nobody kept one."""
    found = tuple(cards)
    if not found:
        return None
    count = len(found)
    return ScenariosSection(
        heading=ngettext("What if: one plan", "What if: %(count)s plans", count)
        % {"count": numbers.in_words(count)},
        note=gettext("Levels as they might become. The effect is worked out anew from today’s answers."),
        cards=found,
    )


def scenario_cards(lexicon: Lexicon, scenarios: Iterable[tuple[int, str, Levels]]) -> Iterable[ScenarioCard]:
    """``scenarios`` are number, name and levels of each."""
    for number, name, levels in scenarios:
        left = tried(lexicon, levels)
        yield _card(lexicon, number, name, left, whatif(lexicon.playbook, lexicon.situation, left))


def _card(lexicon: Lexicon, number: int, name: str, levels: Levels, found: Difference) -> ScenarioCard:
    """Without ``levels``, today's answers have come as far as the plan."""
    return ScenarioCard(
        number=number,
        name=name,
        changed=tuple(changed_level(lexicon, each, level) for each, level in levels.items()),
        reached="" if levels else gettext("Today’s answers have reached every level of this plan."),
        facts=tuple(_facts(lexicon, found)) if levels else (),
        query=query_of(levels),
    )


def _facts(lexicon: Lexicon, found: Difference) -> Iterable[tuple[str, str]]:
    gates = [
        gettext("%(layer)s %(says)s") % {"layer": each.layer.name, "says": each.says}
        for each in gate_pairs(lexicon, found)
        if each.says
    ]
    yield gettext("Gates"), "; ".join(reversed(gates)) or gettext("as today")
    words = {"then": bottleneck_words(lexicon, found.after)}
    moved = "%(then)s" if found.bottleneck_moved else gettext("%(then)s, as today")
    yield gettext("Bottleneck"), moved % words
    if whole_effort(found.before) is not None and whole_effort(found.after) is not None:
        yield gettext("Effort"), effort_difference(found) or gettext("as today")
