"""The whole effect in one sentence, to be read out."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Difference
from reports.presenter import numbers
from reports.presenter.lexicon import Lexicon, listed
from reports.presenter.whatif.figures import behind, effort_difference


def summary(lexicon: Lexicon, count: int, found: Difference) -> str:
    """ "With two levels changed, the DataOps gate opens, one pitfall goes and the plan takes 13 person-weeks less."."""
    if not count:
        return gettext("No level is changed yet: both sides show today’s answers.")
    effects = list(_effects(lexicon, found))
    words = {"count": numbers.in_words(count), "effects": listed(effects)}
    if not effects:
        return (
            ngettext(
                "With one level changed, gates, bottleneck, pitfalls and roadmap stay as they are.",
                "With %(count)s levels changed, gates, bottleneck, pitfalls and roadmap stay as they are.",
                count,
            )
            % words
        )
    return (
        ngettext("With one level changed, %(effects)s.", "With %(count)s levels changed, %(effects)s.", count)
        % words
    )


def _effects(lexicon: Lexicon, found: Difference) -> Iterable[str]:
    """What changes, the weightiest first, in parts of a sentence."""
    if found.gates_opened:
        words = {"layers": listed(map(lexicon.name, found.gates_opened))}
        count = len(found.gates_opened)
        yield ngettext("the %(layers)s gate opens", "the %(layers)s gates open", count) % words
    if found.gates_closed:
        words = {"layers": listed(map(lexicon.name, found.gates_closed))}
        count = len(found.gates_closed)
        yield ngettext("the %(layers)s gate closes", "the %(layers)s gates close", count) % words
    if found.bottleneck_moved:
        yield _bottleneck_moves(lexicon, found)
    if gone := len(found.pitfalls_gone):
        yield ngettext("one pitfall goes", "%(count)s pitfalls go", gone) % {"count": numbers.in_words(gone)}
    if new := len(found.pitfalls_new):
        yield ngettext("one pitfall appears", "%(count)s pitfalls appear", new) % {
            "count": numbers.in_words(new)
        }
    yield from _plan_effects(found)


def _bottleneck_moves(lexicon: Lexicon, found: Difference) -> str:
    after = found.after.bottleneck
    words = {"layer": lexicon.name(after.layer) if after.layer else ""}
    moves = gettext("the bottleneck moves to %(layer)s")
    becomes = gettext("%(layer)s becomes the bottleneck")
    return {
        "gate": (moves if found.before.bottleneck.kind == "gate" else becomes) % words,
        "next_stage": gettext("%(layer)s is the next stage") % words,
        "undetermined": gettext("no bottleneck can be named"),
        "none": gettext("no bottleneck is left"),
    }[after.kind]


def _plan_effects(found: Difference) -> Iterable[str]:
    if done := behind(found):
        yield gettext("%(effort)s are behind you") % {"effort": done}
    elif difference := effort_difference(found):
        yield gettext("the plan takes %(difference)s") % {"difference": difference}
    elif found.moves_gone or found.moves_new:
        yield gettext("the roadmap has other moves")
    elif [each.move.code for each in found.before.first_moves] != [
        each.move.code for each in found.after.first_moves
    ]:
        yield gettext("the first moves are other ones")
