"""The one sentence over a comparison, and what else happened in a sentence each."""

from django.utils.translation import gettext, ngettext

from advisor.engine.progress import Progress
from reports.presenter import numbers
from reports.presenter.lexicon import listed
from reports.presenter.progress.days import Pair
from reports.presenter.progress.shifts import levels_sentence
from reports.presenter.progress.works import pitfalls_heading, works_heading


def headline(pair: Pair) -> str:
    """One sentence of at most 90 characters, the weightiest change first: a gate, and with it the bottleneck; the levels."""
    change = pair.change
    if not change.compared:
        return gettext("Nothing can be compared: no question was asked both times")
    if passed := change.crossed("passed"):
        return _passed(pair, passed)
    if lost := change.crossed("lost"):
        return _lost(pair, lost)
    if sentence := levels_sentence(change) or _known_sentence(change):
        return sentence
    if not change.unmoved:
        return gettext("Every level is as it was, but not everything around it")
    if change.only_then or change.only_now:
        return gettext("Nothing has changed in what can be compared")
    return gettext("Nothing has changed")


def _passed(pair: Pair, passed: tuple[str, ...]) -> str:
    words = {
        "layers": listed(pair.lexicon.name(each) for each in passed),
        "next": pair.lexicon.name(pair.now.seen.advice.bottleneck.layer or passed[-1]),
    }
    if pair.now.seen.advice.bottleneck.kind == "none":
        return (
            ngettext(
                "The %(layers)s gate is open: nothing in the structure holds you back",
                "The %(layers)s gates are open: nothing in the structure holds you back",
                len(passed),
            )
            % words
        )
    if pair.change.floors_moved > 0:
        return (
            ngettext(
                "The %(layers)s gate is open: the bottleneck has moved up to %(next)s",
                "The %(layers)s gates are open: the bottleneck has moved up to %(next)s",
                len(passed),
            )
            % words
        )
    return (
        ngettext("The %(layers)s gate is open now", "The %(layers)s gates are open now", len(passed)) % words
    )


def _lost(pair: Pair, lost: tuple[str, ...]) -> str:
    words = {
        "layers": listed(pair.lexicon.name(each) for each in lost),
        "to": pair.lexicon.name(pair.now.seen.advice.bottleneck.layer or lost[0]),
    }
    if pair.change.floors_moved < 0:
        return (
            ngettext(
                "The %(layers)s gate is no longer open: the bottleneck is back in %(to)s",
                "The %(layers)s gates are no longer open: the bottleneck is back in %(to)s",
                len(lost),
            )
            % words
        )
    return (
        ngettext(
            "The %(layers)s gate is no longer open", "The %(layers)s gates are no longer open", len(lost)
        )
        % words
    )


def _known_sentence(change: Progress) -> str:
    known, lost = (
        sum(1 for each in change.shifts if each.course == course)
        for course in ("now_known", "no_longer_known")
    )
    if known:
        words = {"count": numbers.in_words_first(known)}
        return (
            ngettext(
                "One answer is known now that was not", "%(count)s answers are known now that were not", known
            )
            % words
        )
    words = {"count": numbers.in_words_first(lost)}
    told = ngettext("One answer is no longer known", "%(count)s answers are no longer known", lost)
    return told % words if lost else ""


def lead(pair: Pair) -> tuple[str, ...]:
    """What else happened, a sentence each; what the headline says is not said again."""
    told = headline(pair)
    sentences = (
        levels_sentence(pair.change),
        _known_sentence(pair.change),
        works_heading(pair.change) if pair.change.work("done") or pair.change.work("begun") else "",
        pitfalls_heading(pair.change) if pair.change.pitfalls_gone or pair.change.pitfalls_new else "",
    )
    found = tuple(full_stop(each) for each in sentences if each and each != told)
    whole = pair.change.compared and not (pair.change.only_then or pair.change.only_now)
    if found or not whole or not pair.change.unmoved:
        return found
    return (gettext("The same answers give the same result."),)


def full_stop(sentence: str) -> str:
    """The headline as a sentence among others."""
    return gettext("%(sentence)s.") % {"sentence": sentence}
