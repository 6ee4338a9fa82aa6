"""What the screen prints: who is in, how many have voted, and after the reveal how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from advisor.drawing import Svg, wall
from advisor.drawing.svg import Token
from advisor.engine.votes import FEWEST
from assessments.floors import hue_of
from assessments.links import absolute
from assessments.models import Round
from assessments.qr import qr_image
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW, Asked
from assessments.votes import range_words
from assessments.workshop import joining
from assessments.workshop.growing import Growing, growing
from assessments.workshop.rounds import answers_for
from assessments.workshop.seen import Moment, Room
from assessments.workshop.wording import (
    advice,
    answer_words,
    headline,
    kicker,
    time_left,
    voted_words,
    votes_of,
)

type Size = Literal["", "long", "longer"]

QUESTION, NAME, FINDING = (80, 114), (36, 60), (46, 110)
"""A question, the name of an organisation and a finding with more characters than these are set in smaller steps."""
QUIET_ZONE = 4
"""Modules around the QR code, as its standard wants them."""
VOTING = ("open", "closed")
SHOWN = ("revealed", "agreed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer. ``bar`` and ``count`` are None before the reveal and where votes are too few."""

    title: str
    level: str = ""
    stack: Svg | None = None
    bar: Svg | None = None
    count: int | None = None
    special: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How to come in: what to scan, and what to type."""

    address: str
    """As it is read out, without the scheme."""
    code: str
    qr: str
    locked: bool
    """Whether newcomers wait until a facilitator lets them in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePage:
    """One moment of the room, as everybody sees it. Empty text means that there is nothing to say."""

    moment: Moment
    tag: str
    secret: str
    dark: bool
    hue: Token
    kicker: str
    title: str
    """The question; before and after, whose workshop it is."""
    size: Size
    here: int
    here_words: str
    questions: int
    agreed_words: str
    """On how many questions the room has agreed."""
    rule: str = ""
    """How to choose among the answers."""
    way: Way | None = None
    rows: tuple[Row, ...] = ()
    voted: int = 0
    of: int = 0
    wall: Svg | None = None
    voted_words: str = ""
    unknown_words: str = ""
    """How many of them did not know; empty for none, and where votes are too few to tell."""
    seconds_left: int | None = None
    seconds_whole: int = 0
    closes: bool = False
    """Whether the vote closes when the time is up."""
    headline: str = ""
    advice: str = ""
    earlier: str = ""
    """What the votes of the round before ran from and to."""
    agreed: str = ""
    house: Growing | None = None
    moved: bool = False
    """Whether the room has moved on since this screen asked last, so that it is said aloud."""

    @property
    def finding_size(self) -> Size:
        """In which size the headline or the agreed answer is set."""
        return _size(self.headline or self.agreed, FINDING)

    @property
    def time_left(self) -> str:
        """The same as a clock shows it; empty without one."""
        return "" if self.seconds_left is None else time_left(self.seconds_left)

    @property
    def said(self) -> str:
        """What is new, for those who hear the page."""
        words = {"question": self.title, "headline": self.headline, "agreed": self.agreed}
        return {
            "before": gettext("The workshop has not begun. Join with your phone."),
            "waiting": gettext("Next question: %(question)s Voting has not begun."),
            "open": gettext("Voting is open: %(question)s"),
            "closed": gettext("Voting is closed."),
            "revealed": gettext("The result: %(headline)s"),
            "agreed": gettext("Agreed: %(agreed)s"),
            "ended": gettext("The workshop is over."),
        }[self.moment] % words


def tag_of(room: Room) -> str:
    """Another one whenever the screen has something new to show; its end says which ground it stands on."""
    return f"{room.tag}.{'dark' if room.workshop.dark else 'light'}"


def stage_page(request: HttpRequest, room: Room, secret: str, seen: str = "") -> StagePage:
    """What to show now. ``seen`` is the tag that the screen has by now. No query."""
    question, moment = room.question, room.moment
    told = {
        "moment": moment,
        "tag": tag_of(room),
        "secret": secret,
        "dark": room.workshop.dark,
        "here": room.here,
        "here_words": _here(room),
        "questions": len(room.agenda),
        "agreed_words": _agreed_so_far(room),
        "way": None if moment == "ended" else _way(request, room),
        "moved": seen.partition(".")[0] != str(room.workshop.version),
    }
    if moment in {"before", "ended"} or question is None:
        title = room.workshop.assessment.organisation or gettext("Workshop")
        return StagePage(
            **told,  # type: ignore[arg-type]
            hue="ink",
            kicker="\N{NO-BREAK SPACE}· ".join(
                [gettext("Workshop"), *(each.name for each in room.playbook.layers)]
            ),
            title=title,
            size=_size(title, NAME),
            seconds_left=room.seconds_left if moment == "before" else None,
            seconds_whole=room.workshop.timer_seconds,
            house=growing(room) if moment == "ended" else None,
        )
    return StagePage(**told, **_asking(room, question))  # type: ignore[arg-type]


def _size(words: str, steps: tuple[int, int]) -> Size:
    long, longer = steps
    return "longer" if len(words) > longer else "long" if len(words) > long else ""


def _way(request: HttpRequest, room: Room) -> Way:
    link = absolute(request, joining.join_link(room.workshop))
    return Way(
        address=joining.join_address(request),
        code=joining.shown(room.workshop.code or ""),
        qr=qr_image(link, QUIET_ZONE),
        locked=room.workshop.locked,
    )


def _here(room: Room) -> str:
    if not room.here:
        return gettext("Nobody is here yet")
    return ngettext("%(count)s person is here", "%(count)s people are here", room.here) % {"count": room.here}


def _agreed_so_far(room: Room) -> str:
    words = {"count": room.agreed, "total": len(room.agenda)}
    return (
        ngettext(
            "%(count)s of %(total)s questions agreed", "%(count)s of %(total)s questions agreed", room.agreed
        )
        % words
    )


# --- A question ---------------------------------------------------------------------------------------------------------


def _asking(room: Room, question: Asked) -> dict[str, object]:
    moment, this, hue = room.moment, room.round, hue_of(room.playbook, question.layer)
    told: dict[str, object] = {
        "hue": hue,
        "kicker": _kicker(room, question),
        "title": question.question,
        "size": _size(question.question, QUESTION),
        "rule": question.hint,
        "rows": _rows(room, question, hue) if moment not in VOTING else (),
        "earlier": _earlier(room, question) if moment == "revealed" else "",
    }
    if moment in VOTING:
        words = _voted(room)
        told |= {"voted": room.voted, "of": room.of, "voted_words": words}
        told["wall"] = wall.wall(room.voted, room.of, hue, words)
        told["closes"] = room.workshop.timer_closes
    if moment in {"waiting", "open"}:
        told |= {"seconds_left": room.seconds_left, "seconds_whole": room.workshop.timer_seconds}
    if moment == "revealed" and this is not None:
        told |= {"headline": headline(question, this), "advice": advice(question, this)}
        told["voted_words"] = voted_words(this) if this.by_hand else _voted(room)
        told["unknown_words"] = _unknown(question, this)
    if moment == "agreed":
        given = room.answers.get(question.id)
        told |= {"agreed": answer_words(question, given.value) if given else "", "house": growing(room)}
    return told


def _kicker(room: Room, question: Asked) -> str:
    """Where the question stands, and which vote this is, unless it is the first."""
    number = room.round.number if room.round and room.moment != "waiting" else 1
    if number == 1:
        return kicker(room, question)
    words = {2: gettext("2nd vote"), 3: gettext("3rd vote")}.get(
        number, gettext("Vote %(number)s") % {"number": number}
    )
    return f"{kicker(room, question)}\N{NO-BREAK SPACE}· {words}"


def _voted(room: Room) -> str:
    return gettext("%(voted)s of %(of)s voted") % {"voted": room.voted, "of": room.of}


def _unknown(question: Asked, this: Round) -> str:
    votes = votes_of(question, this)
    if not votes.unknown or votes.range is None:
        return ""
    return ngettext("%(count)s does not know", "%(count)s do not know", votes.unknown) % {
        "count": votes.unknown
    }


def _earlier(room: Room, question: Asked) -> str:
    before = room.earlier.get(question.id)
    words = range_words(question, votes_of(question, before)) if before else ""
    return gettext("The vote before: %(range)s.") % {"range": words} if words else ""


def _rows(room: Room, question: Asked, hue: Token) -> tuple[Row, ...]:
    """The answers in their order, "I don't know" last; with levels and votes only once they are shown."""
    shown = room.moment in SHOWN
    counted = room.round if shown and room.round and votes_of(question, room.round).placed >= FEWEST else None
    given = room.answers.get(question.id) if room.moment == "agreed" else None
    chosen = str(given.value) if given else ""
    offered: Sequence[tuple[str, str]] = answers_for(question)
    if chosen == DOES_NOT_APPLY:
        offered = [*offered, (DOES_NOT_APPLY, gettext("Does not apply"))]
    return tuple(
        _row(question, value, title, hue, counted, shown=shown, agreed=value == chosen)
        for value, title in offered
    )


def _row(
    question: Asked, value: str, title: str, hue: Token, counted: Round | None, *, shown: bool, agreed: bool
) -> Row:
    special = value in {DONT_KNOW, DOES_NOT_APPLY}
    level = value if shown and question.part == "capability" and not special else ""
    stack = gettext("Level %(level)s of 4") % {"level": level}
    count = counted.counts.get(value, 0) if counted and value != DOES_NOT_APPLY else None
    return Row(
        title=title,
        level=level,
        stack=wall.courses(int(level), hue, stack) if level else None,
        bar=None if count is None or counted is None else _bar(count, counted, hue, special=special),
        count=count,
        special=special,
        agreed=agreed,
    )


def _bar(count: int, this: Round, hue: Token, *, special: bool) -> Svg:
    """As long as its votes are many beside the answer that has most of them."""
    most, words = (
        max(this.counts.values()),
        ngettext("%(count)s vote", "%(count)s votes", count) % {"count": count},
    )
    return wall.unknown(count, most, words) if special else wall.bricks(count, most, hue, words)
