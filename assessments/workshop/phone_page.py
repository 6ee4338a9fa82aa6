"""What a phone prints: the question, its own vote, and after the reveal what all have said."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext, ngettext

from advisor.engine.votes import FEWEST
from assessments.floors import hue_of
from assessments.models import Participant
from assessments.questions import DONT_KNOW
from assessments.statements import vote_of
from assessments.workshop.rounds import answers_for
from assessments.workshop.seen import Moment, Room
from assessments.workshop.wording import advice, answer_words, kicker, short_headline, time_left, votes_of

OVER = ".over"
"""How the tag of a phone ends that shows the end."""

type Place = Literal["in", "outside", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer; ``count`` is None before the reveal and where votes are too few."""

    value: str
    title: str
    mine: bool
    special: bool
    fact: str = ""
    """What it means."""
    count: int | None = None

    @property
    def id(self) -> str:
        return f"vote-{self.value}"

    @property
    def checked(self) -> bool:
        return self.mine


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePage:
    """One moment of the room, on one phone."""

    moment: Moment
    place: Place
    tag: str
    mark: str
    """Another one whenever there is something to say aloud."""
    organisation: str
    kicker: str = ""
    hue: str = "ink"
    question: str = ""
    rule: str = ""
    """How to choose among the answers."""
    round: int = 0
    options: tuple[Option, ...] = ()
    voted: bool = False
    headline: str = ""
    advice: str = ""
    agreed: str = ""
    seconds_left: int | None = None
    seconds_whole: int = 0
    closes: bool = False
    """Whether the vote closes when the time is up."""
    error: str = ""
    again: bool = False
    """Whether this is not the first round on the question."""

    @property
    def time_left(self) -> str:
        """The same as a clock shows it; empty without one."""
        return "" if self.seconds_left is None else time_left(self.seconds_left)

    @property
    def said(self) -> str:
        """What is new, for those who hear the page."""
        words = {"question": self.question, "headline": self.headline, "agreed": self.agreed}
        told = {
            "before": gettext("You are in. Wait for the first question."),
            "waiting": gettext("Next question: %(question)s Voting has not begun."),
            "open": gettext("Vote now: %(question)s"),
            "closed": gettext("Voting is closed."),
            "revealed": gettext("The result: %(headline)s"),
            "agreed": gettext("Agreed: %(agreed)s"),
            "ended": gettext("The workshop is over."),
        }[self.moment] % words
        if self.seconds_left is None:
            return told
        return f"{told} {ngettext('%(count)s second left.', '%(count)s seconds left.', self.seconds_left) % {'count': self.seconds_left}}"


def phone_page(room: Room, phone: Participant | None, *, error: str = "") -> PhonePage:
    """One query where there is a round, none otherwise."""
    place: Place = "gone" if phone is None else "in" if phone.admitted else "outside"
    moment, question, this = room.moment, room.question, room.round
    told = {
        "moment": moment,
        "place": place,
        "tag": tag_of(room),
        "mark": room.mark,
        "organisation": room.workshop.assessment.organisation if phone else "",
        "error": error,
    }
    if question is None or place != "in" or moment == "ended":
        return PhonePage(**told)  # type: ignore[arg-type]
    mine = ""
    if this is not None and phone is not None:
        mine = vote_of(phone, this.pk)
    shown = moment in {"revealed", "agreed"} and this is not None
    return PhonePage(
        **told,  # type: ignore[arg-type]
        kicker=kicker(room, question, short=True),
        hue=hue_of(room.playbook, question.layer),
        question=question.question,
        rule=question.hint,
        round=this.pk if this else 0,
        options=_options(room, mine, shown=shown),
        voted=bool(mine),
        headline=short_headline(question, this) if shown and this else "",
        advice=advice(question, this, figures=False) if moment == "revealed" and this else "",
        agreed=_agreed(room) if moment == "agreed" else "",
        seconds_left=room.seconds_left if moment == "open" else None,
        seconds_whole=room.workshop.timer_seconds,
        closes=room.workshop.timer_closes,
        again=this is not None and this.number > 1 and moment in {"open", "closed"},
    )


def tag_of(room: Room) -> str:
    """Another one whenever this phone has something new to show; a room that was left alone for hours is over as well."""
    return f"{room.workshop.version}{OVER if room.moment == 'ended' else ''}"


def _options(room: Room, mine: str, *, shown: bool) -> tuple[Option, ...]:
    question, this = room.question, room.round
    if question is None:
        return ()
    votes = votes_of(question, this) if shown and this else None
    counts = this.counts if this and votes and votes.placed >= FEWEST else None
    facts = {str(each.value): each.fact for each in question.choices}
    return tuple(
        Option(
            value=value,
            title=title,
            mine=value == mine,
            special=value == DONT_KNOW,
            fact=facts.get(value, ""),
            count=None if counts is None else counts.get(value, 0),
        )
        for value, title in answers_for(question)
    )


def _agreed(room: Room) -> str:
    question = room.question
    given = room.answers.get(room.workshop.question)
    return answer_words(question, given.value) if question and given else ""
