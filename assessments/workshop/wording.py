"""The room in words, for all its screens."""

import re

from django.utils.translation import gettext, ngettext

from advisor.engine.votes import FEWEST, Votes
from assessments.models import Round
from assessments.questions import Asked
from assessments.tallying import votes_for
from assessments.votes import range_words, word_words
from assessments.workshop.seen import Room

LONG, LONGER = 13, 18
"""A name in which a word has more letters than these is set in smaller steps."""


def kicker(room: Room, question: Asked, *, short: bool = False) -> str:
    """Where a question stands: "Framework · DataOps · Question 16 of 36"."""
    layer = room.playbook.layer.get(question.layer or "")
    parts = [layer.name] if layer else []
    if not short:
        parts = [gettext("Symptoms") if question.part == "signal" else layer.place if layer else "", *parts]
    if room.number:
        words = {"number": room.number, "total": len(room.agenda)}
        parts.append(gettext("Question %(number)s of %(total)s") % words)
    return "\N{NO-BREAK SPACE}· ".join(each for each in parts if each)


def votes_of(question: Asked, this: Round) -> Votes:
    """What was counted in a revealed round."""
    return votes_for(question, this.counts)


def headline(question: Asked, this: Round) -> str:
    """How far the room lies apart, in a sentence: "Spread out: votes run from 0 to 3."."""
    votes = votes_of(question, this)
    if votes.word == "few":
        return voted_words(this)
    if len(votes.places) == 1:
        return short_headline(question, this)
    return gettext("%(word)s: %(range)s.") % {
        "word": word_words(votes),
        "range": range_words(question, votes),
    }


def short_headline(question: Asked, this: Round) -> str:
    """The same without the figures of levels, for phones, which never show any."""
    votes = votes_of(question, this)
    return voted_words(this) if votes.word == "few" else f"{word_words(votes)}."


def advice(question: Asked, this: Round, *, figures: bool = True) -> str:
    """What the room may do next; with the figures of levels, or in words alone."""
    votes = votes_of(question, this)
    if votes.range is None:
        return _hidden(this)
    if votes.word == "agreed":
        return gettext("Say in a sentence why. Then agree on one answer.")
    if question.part == "capability" and figures:
        low, high = votes.range
        words = {"low": low, "high": high}
        return gettext("Let a %(low)s and a %(high)s explain. Then agree on one answer.") % words
    return gettext("Let both ends explain. Then agree on one answer.")


def _hidden(this: Round) -> str:
    """Why there is nothing to see. How many of them did not know is not told, as the others could be worked out."""
    words = {"fewest": FEWEST}
    if this.people < FEWEST:
        return gettext("So few votes are never shown. Talk it over, and agree on one answer.")
    return (
        gettext(
            "Some chose “I don’t know”. That leaves fewer than %(fewest)s votes for an answer, and so few are never "
            "shown. Talk it over, and agree on one."
        )
        % words
    )


def voted_words(this: Round) -> str:
    """How many took part: "2 people voted", or raised their hands."""
    words = {"count": this.people}
    if this.by_hand:
        return ngettext("%(count)s hand was raised", "%(count)s hands were raised", this.people) % words
    return ngettext("%(count)s person voted", "%(count)s people voted", this.people) % words


def time_left(seconds: int) -> str:
    """Seconds as a clock shows them: "4:58"."""
    return f"{seconds // 60}:{seconds % 60:02}"


def answer_words(question: Asked, value: object) -> str:
    """An answer by its title."""
    titles: dict[str, str] = {str(each.value): each.title for each in question.choices}
    special = {"unknown": gettext("I don’t know"), "na": gettext("Does not apply")}
    return titles.get(str(value)) or special.get(str(value), "")


def size_of_name(name: str) -> str:
    """In which step a phone sets an organisation's name, by its longest word; empty for the usual one."""
    longest = max(map(len, re.split(r"[\s-]+", name)))
    return "longer" if longest > LONGER else "long" if longest > LONG else ""
