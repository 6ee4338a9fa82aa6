"""What a facilitator did, in words for the one who comes second."""

from django.utils.translation import gettext

from assessments.workshop.rounds import ActedError


def acted_words(acted: ActedError) -> str:
    """ "Ben has already shown the result. This is where the room is now." """
    name = acted.name or gettext("Somebody else")
    return f"{_done(acted.act) % {'name': name}} {gettext('This is where the room is now.')}"


def _done(act: str) -> str:
    return {
        "show": gettext("%(name)s has already gone to another question."),
        "open": gettext("%(name)s has already opened the vote."),
        "close": gettext("%(name)s has already closed the vote."),
        "reopen": gettext("%(name)s has already opened the vote again."),
        "reveal": gettext("%(name)s has already shown the result."),
        "again": gettext("%(name)s has already asked for another vote."),
        "drop": gettext("%(name)s has already dropped this vote."),
        "hands": gettext("%(name)s has already entered raised hands."),
        "agree": gettext("%(name)s has already agreed on an answer."),
        "take_back": gettext("%(name)s has already taken the agreement back."),
        "timer_over": gettext("The time was up, and the vote has closed."),
        "opened": gettext("%(name)s has opened the room again."),
    }.get(act, gettext("%(name)s has changed something meanwhile."))
