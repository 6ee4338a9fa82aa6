"""What became of the plan and of the pitfalls between two days."""

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Move
from advisor.engine.progress import Progress
from reports.presenter import numbers
from reports.presenter.compared import Group
from reports.presenter.lexicon import Lexicon
from reports.presenter.progress.days import Pair


def work_groups(pair: Pair) -> tuple[Group, ...]:
    """The moves of the plan by what became of them; groups with none are left out."""
    change, was, lexicon = pair.change, pair.was, pair.lexicon
    left_out = pair.now.left_out
    still = change.work("open")
    found = (
        (gettext("Done: the levels they were to bring are reached"), was, change.work("done")),
        (gettext("Begun: a level has risen, but not as far as planned"), was, change.work("begun")),
        (gettext("Still open"), was, tuple(each for each in still if each.code not in left_out)),
        (gettext("Left out by you"), was, tuple(each for each in still if each.code in left_out)),
        (gettext("No longer in the plan"), was, change.work("left")),
        (gettext("New in the plan"), lexicon, change.work("new")),
    )
    return tuple(
        Group(heading=heading, titles=tuple(_initiative(words, each) for each in moves))
        for heading, words, moves in found
        if moves
    )


def _initiative(lexicon: Lexicon, move: Move) -> str:
    return lexicon.playbook.initiative[move.initiative].words(move.phase).title


def works_heading(change: Progress) -> str:
    """As in: "One initiative is done, two are begun"."""
    done, begun = len(change.work("done")), len(change.work("begun"))
    words = {"done": numbers.in_words_first(done), "begun": numbers.in_words(begun)}
    first = ngettext("One initiative is done", "%(done)s initiatives are done", done) % words
    if done and begun:
        second = ngettext("one is begun", "%(begun)s are begun", begun) % words
        return gettext("%(first)s, %(second)s") % {"first": first, "second": second}
    if done:
        return first
    words["begun"] = numbers.in_words_first(begun)
    started = ngettext("One initiative is begun", "%(begun)s initiatives are begun", begun) % words
    return started if begun else gettext("No initiative is done or begun")


def pitfall_groups(pair: Pair) -> tuple[Group, ...]:
    """Those that are gone, new and still there; groups with none are left out."""
    change = pair.change
    found = (
        (gettext("Gone"), pair.was, change.pitfalls_gone),
        (gettext("New"), pair.lexicon, change.pitfalls_new),
        (gettext("Still there"), pair.lexicon, change.pitfalls_still),
    )
    return tuple(
        Group(heading=heading, titles=tuple(lexicon.playbook.pitfall[each].title for each in names))
        for heading, lexicon, names in found
        if names
    )


def pitfalls_heading(change: Progress) -> str:
    """As in: "One pitfall is gone, one is new"."""
    gone, new = len(change.pitfalls_gone), len(change.pitfalls_new)
    words = {"gone": numbers.in_words_first(gone), "new": numbers.in_words(new)}
    first = ngettext("One pitfall is gone", "%(gone)s pitfalls are gone", gone) % words
    if gone and new:
        second = ngettext("one is new", "%(new)s are new", new) % words
        return gettext("%(first)s, %(second)s") % {"first": first, "second": second}
    if gone:
        return first
    words["new"] = numbers.in_words_first(new)
    fresh = ngettext("One pitfall is new", "%(new)s pitfalls are new", new) % words
    return fresh if new else gettext("The same pitfalls apply")
