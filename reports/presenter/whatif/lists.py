"""What becomes of pitfalls, of what to stop, and of the moves."""

from django.utils.translation import gettext, ngettext

from advisor.engine.advice import Advice, Difference
from reports.presenter import numbers
from reports.presenter.findings import severity_word
from reports.presenter.lexicon import Lexicon
from reports.presenter.ownplan import short_of
from reports.presenter.whatif.parts import Listed


def pitfalls_listed(lexicon: Lexicon, found: Difference) -> Listed:
    """Pitfalls that go, come, or weigh otherwise than today."""
    before = {each.id: each.severity for each in found.before.pitfalls}
    after = {each.id: each.severity for each in found.after.pitfalls}
    titles = lexicon.playbook.pitfall
    changed = [each for each in after if each in before and before[each] != after[each]]
    if not (found.pitfalls_gone or found.pitfalls_new or changed):
        return Listed(says=gettext("These levels change nothing about the pitfalls."))
    sentences = [
        gettext("“%(title)s” stays, and is %(after)s instead of %(before)s.")
        % {
            "title": titles[each].title,
            "before": severity_word(before[each]).lower(),
            "after": severity_word(after[each]).lower(),
        }
        for each in changed
    ]
    return Listed(
        says=" ".join(sentences),
        gone=tuple(titles[each].title for each in found.pitfalls_gone),
        new=tuple(titles[each].title for each in found.pitfalls_new),
    )


def holds_listed(lexicon: Lexicon, found: Difference) -> Listed:
    """What has to stop today or then, but not both."""
    before, after = ([each.id for each in advice.holds] for advice in (found.before, found.after))
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    if not (gone or new):
        none = gettext("Nothing has to stop, today or then.")
        return Listed(says=gettext("What to stop stays the same.") if before else none)
    titles = lexicon.playbook.hold
    return Listed(
        says="",
        gone=tuple(titles[each].title for each in gone),
        new=tuple(titles[each].title for each in new),
    )


def moves_listed(lexicon: Lexicon, found: Difference) -> Listed:
    """Moves that leave the roadmap or enter it."""
    if not (found.moves_gone or found.moves_new):
        return Listed(says=gettext("These levels change no move of the roadmap."))
    stay = sum(1 for each in move_codes(found.before) if each not in found.moves_gone)
    words = {"count": numbers.in_words_first(stay)}
    return Listed(
        says=ngettext("One move stays in the roadmap.", "%(count)s moves stay in the roadmap.", stay) % words
        if stay
        else gettext("No move of today’s roadmap is left."),
        gone=tuple(short_of(lexicon, each) for each in found.moves_gone),
        new=tuple(short_of(lexicon, each) for each in found.moves_new),
    )


def move_codes(advice: Advice) -> list[str]:
    """The codes of all moves in the roadmap, in its order."""
    return [move.code for stage in advice.roadmap for move in stage.moves]


def first_moves(lexicon: Lexicon, advice: Advice) -> tuple[str, ...]:
    """What to do first, by short names."""
    return tuple(short_of(lexicon, each.move.code) for each in advice.first_moves)
