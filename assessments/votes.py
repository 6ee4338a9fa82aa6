"""How far several people lie apart, in words."""

from django.utils.translation import gettext, ngettext

from advisor.engine.votes import FEWEST, Votes
from assessments.questions import Asked


def word_words(votes: Votes) -> str:
    """How far the answers lie apart, and nothing that is not true of each of them: "One vote stands apart"."""
    match votes.word:
        case "few":
            return gettext("Too few people have answered")
        case "agreed":
            return _together(votes)
        case "apart":
            return gettext("One vote stands apart")
        case "split":
            return gettext("Split into two camps")
        case "close":
            return (
                gettext("All within one step of the middle")
                if votes.near == votes.placed
                else gettext("Nearly all within one step of the middle")
            )
        case "spread":
            return gettext("Spread out")


def _together(votes: Votes) -> str:
    if len(votes.places) > 1:
        return gettext("All within one step")
    if votes.unanimous:
        return gettext("All chose the same answer")
    return gettext("All who could say chose the same answer")


def range_words(question: Asked, votes: Votes) -> str:
    """ "Votes run from 1 to 4" for levels, in the words of the answers for everything else; empty for too few."""
    if votes.range is None:
        return ""
    low, high = votes.range
    if question.part != "capability":
        words = {"low": question.choices[low].title, "high": question.choices[high].title}
        if low == high:
            return gettext("all votes for “%(low)s”") % words
        return gettext("votes run from “%(low)s” to “%(high)s”") % words
    if low == high:
        return gettext("all votes for level %(low)s") % {"low": low}
    return gettext("votes run from %(low)s to %(high)s") % {"low": low, "high": high}


def votes_words(question: Asked, votes: Votes) -> str:
    """The whole distribution in a sentence, or how many voted where there are too few to show it."""
    if votes.placed < FEWEST:
        return gettext(
            "Fewer than %(fewest)s answers: they are not shown, so that nobody can be made out."
        ) % {"fewest": FEWEST}
    told = [_voted_for(question, place, votes.counts[place]) for place in votes.places]
    if votes.unknown:
        told.append(gettext("%(count)s don’t know") % {"count": votes.unknown})
    if votes.left_out:
        told.append(gettext("%(count)s say it does not apply") % {"count": votes.left_out})
    total = ngettext("%(count)s answer", "%(count)s answers", votes.people) % {"count": votes.people}
    return gettext("%(total)s: %(told)s") % {"total": total, "told": ", ".join(told)}


def _voted_for(question: Asked, place: int, count: int) -> str:
    if question.part == "capability":
        return gettext("%(count)s for level %(level)s") % {"count": count, "level": place}
    return gettext("%(count)s for “%(answer)s”") % {"count": count, "answer": question.choices[place].title}
