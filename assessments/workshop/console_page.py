"""What the facilitators' console prints: what to do now, who is in, what comes next, and where the room is apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from advisor.drawing import Svg, spread
from advisor.engine.votes import FEWEST, OTHERS
from assessments.floors import hue_of
from assessments.links import absolute
from assessments.models import Agreement
from assessments.questions import DOES_NOT_APPLY, Asked, asked
from assessments.tallying import votes_for
from assessments.votes import range_words, votes_words, word_words
from assessments.workshop import joining
from assessments.workshop.rounds import MOVES, State, answers_for
from assessments.workshop.seen import Moment, Room
from assessments.workshop.wishes import count_wishes
from assessments.workshop.wording import advice, answer_words, headline, kicker, time_left, votes_of

USUAL_SECONDS = 60
"""How long the clock runs where nobody has chosen anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer on the console; ``count`` is None before the reveal and where votes are too few."""

    value: str
    level: str
    """The figure of a level; empty where the question has none."""
    title: str
    fact: str
    count: int | None
    drawing: Svg | None
    agreed: bool

    @property
    def id(self) -> str:
        return f"agree-{self.value}"

    @property
    def hands_id(self) -> str:
        return f"hands-{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """How one role voted."""

    title: str
    range: str
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One question of the agenda."""

    id: str
    title: str
    state: State
    state_words: str
    hue: str
    here: bool
    answered: bool
    """Whether an answer counts already, though the room has not agreed on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitLine:
    """A question on which the room voted and has not agreed."""

    id: str
    title: str
    word: str
    range: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The question on the screen, and what can be done with it."""

    question: Asked
    kicker: str
    hue: str
    state: State
    state_words: str
    can: Mapping[str, bool]
    """By act, whether it is possible now."""
    lines: tuple[Line, ...]
    number: int
    """Of the round."""
    headline: str
    advice: str
    roles: tuple[RoleLine, ...]
    suggestion: str
    """The lower median, offered by its name and never chosen beforehand."""
    agreed: str
    before: str
    """Which answer counts while the room has not agreed, or not yet anew."""
    note: str
    note_shown: bool

    @property
    def digits(self) -> tuple[str, str] | None:
        """The first and the last key that choose an answer; None where answers have no levels."""
        levels = [each.level for each in self.lines if each.level]
        return (levels[0], levels[-1]) if levels else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolePage:
    """The console at one moment."""

    moment: Moment
    tag: str
    step: int
    work: Work | None
    here: int
    outside: int
    voted: int
    of: int
    seconds_left: int | None
    seconds_whole: int
    closes: bool
    code: str
    join_address: str
    join_link: str
    within_reach: bool
    """Whether phones can follow that link at all."""
    stage_link: str
    agenda: tuple[AgendaLine, ...]
    agreed: int
    next: AgendaLine | None
    next_hint: str
    split: tuple[SplitLine, ...]
    wishes: int
    seconds_offered: tuple[int, ...] = (30, 60, 120, 300)

    @property
    def time_left(self) -> str:
        """The same as a clock shows it; empty without one."""
        return "" if self.seconds_left is None else time_left(self.seconds_left)

    @property
    def seconds_chosen(self) -> int:
        """How long the clock ran last, or the nearest below that is offered."""
        return max(
            (each for each in self.seconds_offered if each <= self.seconds_whole), default=USUAL_SECONDS
        )

    @property
    def unsettled(self) -> int:
        """On how many questions the room has not agreed."""
        return len(self.agenda) - self.agreed

    @property
    def voting(self) -> bool:
        """Whether there are votes that nobody has seen."""
        return self.moment in {"open", "closed"}

    @property
    def fewest(self) -> int:
        """Fewer votes than these are never shown."""
        return FEWEST

    @property
    def few(self) -> bool:
        """Whether there would be nothing to see for certain."""
        return self.voting and self.voted < FEWEST

    @property
    def can_show(self) -> bool:
        """Whether another question can come onto the screen."""
        return self.moment not in {"open", "closed", "ended"}


def tag_of(room: Room) -> str:
    """Another one whenever the console has something new to show. One query after the end, none before."""
    return f"{room.tag}.{count_wishes(room.workshop.assessment)}" if room.moment == "ended" else room.tag


def console_page(request: HttpRequest, room: Room) -> ConsolePage:
    """No query, two after the end."""
    workshop, moment = room.workshop, room.moment
    agenda = tuple(_agenda_line(room, each) for each in room.agenda)
    following = next_of(room)
    link = absolute(request, joining.join_link(workshop))
    upcoming = asked(room.playbook, following) if following else None
    return ConsolePage(
        moment=moment,
        tag=tag_of(room),
        step=workshop.step,
        work=_work(room) if workshop.question and moment != "ended" else None,
        here=room.here,
        outside=room.outside,
        voted=room.voted,
        of=room.of,
        seconds_left=room.seconds_left,
        seconds_whole=workshop.timer_seconds,
        closes=workshop.timer_closes,
        code=joining.shown(workshop.code or ""),
        join_address=joining.join_address(request),
        join_link=link,
        within_reach=joining.within_reach(request),
        stage_link=absolute(request, joining.stage_link(workshop)),
        agenda=agenda,
        agreed=room.agreed,
        next=next((each for each in agenda if each.id == following), None),
        next_hint=upcoming.hint if upcoming else "",
        split=tuple(
            SplitLine(
                id=each.question.id,
                title=each.question.title,
                word=word_words(each.votes),
                range=range_words(each.question, each.votes),
            )
            for each in room.results()
            if not each.agreed and each.question.id in room.rounds
        ),
        wishes=count_wishes(workshop.assessment) if moment == "ended" else 0,
    )


def next_of(room: Room) -> str:
    """The question that comes after the one on the screen: the next one on which the room has not agreed; "" after the last."""
    name = room.workshop.question
    place = room.agenda.index(name) if name in room.agenda else -1
    order = (*room.agenda[place + 1 :], *room.agenda[: max(place, 0)])
    return next((each for each in order if room.state_of(each) != "agreed"), "")


def _agenda_line(room: Room, name: str) -> AgendaLine:
    question = asked(room.playbook, name)
    state = room.state_of(name)
    return AgendaLine(
        id=name,
        title=question.title if question else name,
        state=state,
        state_words=state_words(state),
        hue=hue_of(room.playbook, question.layer if question else None),
        here=name == room.workshop.question,
        answered=name in room.answers and state != "agreed",
    )


def state_words(state: State) -> str:
    """A state by its name."""
    return {
        "waiting": gettext("Not voted on yet"),
        "open": gettext("Voting is open"),
        "closed": gettext("Voting is closed"),
        "revealed": gettext("Shown, not agreed"),
        "agreed": gettext("Agreed"),
    }[state]


def _work(room: Room) -> Work | None:
    question, this = room.question, room.round
    if question is None:
        return None
    state = room.state_of(question.id)
    shown = this if this is not None and state in {"revealed", "agreed"} else None
    votes = votes_of(question, shown) if shown else None
    made = room.agreement or Agreement()
    given = room.answers.get(question.id)
    answer = answer_words(question, given.value) if given else ""
    middle = votes.lower_median if votes and votes.placed >= FEWEST else None
    return Work(
        question=question,
        kicker=kicker(room, question),
        hue=hue_of(room.playbook, question.layer),
        state=state,
        state_words=state_words(state),
        can={name: state in states for name, states in MOVES.items()},
        lines=_lines(room, question, counted=bool(votes and votes.placed >= FEWEST)),
        number=this.number if this else 0,
        headline=headline(question, shown) if shown else "",
        advice=advice(question, shown) if shown and state == "revealed" else "",
        roles=_roles(room, question),
        suggestion="" if middle is None else question.choices[middle].title,
        agreed=answer if state == "agreed" else "",
        before="" if state == "agreed" or given is None else _counts_today(made, given.value, answer),
        note=made.note,
        note_shown=made.note_shown,
    )


def _counts_today(made: Agreement, value: object, answer: str) -> str:
    if made.agreed:
        told = gettext("The room agreed on “%(answer)s”. That counts until the votes are shown.")
    elif made.value is not None and made.value == value:
        told = gettext("“%(answer)s”, on which the room agreed before, counts until it agrees anew.")
    else:
        told = gettext("“%(answer)s” counts today; the room has not agreed on it.")
    return told % {"answer": answer}


def _lines(room: Room, question: Asked, *, counted: bool) -> tuple[Line, ...]:
    this, given = room.round, room.answers.get(question.id)
    facts = {str(each.value): each.fact for each in question.choices}
    agreed = str(given.value) if given and room.state_of(question.id) == "agreed" else ""
    offered = list(answers_for(question))
    if question.allow_na:
        offered.append((DOES_NOT_APPLY, gettext("Does not apply")))
    counts = this.counts if this and counted else None
    most = max((counts or {"": 0}).values())
    return tuple(
        Line(
            value=value,
            level=value if question.part == "capability" and value in facts else "",
            title=title,
            fact=facts.get(value, ""),
            count=None if counts is None or value == DOES_NOT_APPLY else counts.get(value, 0),
            drawing=_bar(counts.get(value, 0), most) if counts else None,
            agreed=value == agreed,
        )
        for value, title in offered
    )


def _bar(count: int, most: int) -> Svg | None:
    """As long as votes are many; nothing for none, where the figure says it all."""
    votes = ngettext("%(count)s vote", "%(count)s votes", count) % {"count": count}
    return spread.bar(count, most, votes) if count else None


def _roles(room: Room, question: Asked) -> tuple[RoleLine, ...]:
    this = room.round
    if this is None or not this.roles:
        return ()
    titles = dict(joining.roles_of(room.workshop))
    votes = {role: votes_for(question, counts) for role, counts in this.roles.items()}
    return tuple(
        RoleLine(
            title=titles.get(role) or gettext("All others"),
            range=range_words(question, each),
            counts=votes_words(question, each),
        )
        for role, each in sorted(votes.items(), key=lambda one: (one[0] == OTHERS, one[0]))
    )
