"""The page of a "what if": the levels to try, and everything that changes, beside what it was."""

from django.utils.translation import gettext

from advisor.engine.advice import Difference
from advisor.engine.situation import Situation
from reports.presenter.lexicon import Lexicon
from reports.presenter.summary import headline
from reports.presenter.trials import Levels, floors, query_of, starts
from reports.presenter.whatif.changes import changed_level, lacking_support, unknown_remedy, unsupported_level
from reports.presenter.whatif.figures import figure_rows
from reports.presenter.whatif.houses import directions, house_drawn
from reports.presenter.whatif.lists import first_moves, holds_listed, moves_listed, pitfalls_listed
from reports.presenter.whatif.parts import Effect, Pair, WhatIfPage
from reports.presenter.whatif.sentence import summary
from reports.presenter.whatif.structure import bottleneck_words, gate_pairs, moved_gates


def whatif_page(lexicon: Lexicon, levels: Levels, difference: Difference) -> WhatIfPage:
    """``lexicon`` has today's answers, ``levels`` the tried ones as ``tried`` leaves them."""
    return WhatIfPage(
        floors=tuple(floors(lexicon, levels, difference)),
        starts=tuple(starts(lexicon, levels, difference.before)),
        summary=summary(lexicon, len(levels), difference),
        effect=_effect(lexicon, levels, difference),
        levels=tuple(levels.items()),
        query=query_of(levels),
    )


def _effect(lexicon: Lexicon, levels: Levels, found: Difference) -> Effect:
    then = _then(lexicon, levels)
    bottleneck = Pair(
        before=bottleneck_words(lexicon, found.before), after=bottleneck_words(then, found.after)
    )
    first_before, first_after = (first_moves(lexicon, each) for each in (found.before, found.after))
    return Effect(
        changed=tuple(changed_level(lexicon, each, level) for each, level in levels.items()),
        headline=Pair(before=headline(lexicon, found.before), after=headline(then, found.after)),
        before_house=house_drawn(lexicon, found.before, {}, gettext("The house today.")),
        after_house=house_drawn(
            then, found.after, directions(lexicon, levels), gettext("The house with these levels.")
        ),
        unsupported=tuple(
            unsupported_level(lexicon, levels, each) for each in lacking_support(levels, found.after)
        ),
        gates=tuple(gate_pairs(lexicon, found)),
        gates_say="" if moved_gates(found) else gettext("These levels change nothing about the gates."),
        bottleneck=bottleneck,
        bottleneck_says=""
        if found.bottleneck_moved
        else gettext("These levels change nothing about the bottleneck."),
        pitfalls=pitfalls_listed(lexicon, found),
        holds=holds_listed(lexicon, found),
        moves=moves_listed(lexicon, found),
        figures=tuple(figure_rows(found)),
        first_before=first_before,
        first_after=first_after,
        first_says=gettext("The first moves stay the same.") if first_before == first_after else "",
        unknown=unknown_remedy(lexicon, levels, found),
    )


def _then(lexicon: Lexicon, levels: Levels) -> Lexicon:
    """The words for the situation with the tried levels."""
    situation: Situation = lexicon.situation.with_levels(levels)
    given = None if lexicon.given is None else {*lexicon.given, *levels}
    return Lexicon(lexicon.playbook, situation, given, lexicon.edition, lexicon.own)
