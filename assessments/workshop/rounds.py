"""The state machine of the room: what a facilitator may do in which state, and the one place where they do it.

A question is waiting, open, closed, revealed or agreed. Votes are hidden from everybody while it is open or closed. The
server alone judges: whoever acts names the step they saw, and where it has moved on they hear who moved it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from assessments import audit
from assessments.answering import clean_text, given_in, record_answer, rows_of, take_answer_back
from assessments.locking import locked
from assessments.models import Agreement, Answer, Round, Workshop
from assessments.models.assessment import NOTE_LENGTH
from assessments.playbooks import edition
from assessments.questions import DONT_KNOW, Asked, RefusedError, asked
from assessments.tallying import counted
from assessments.webhooks import tell_if_complete
from assessments.workshop import fresh_rooms

type State = Literal["waiting", "open", "closed", "revealed", "agreed"]
type Act = Literal[
    "show", "open", "close", "reopen", "reveal", "again", "drop", "hands", "agree", "take_back"
]

MOVES: Mapping[Act, frozenset[State]] = {
    "show": frozenset({"waiting", "revealed", "agreed"}),
    "open": frozenset({"waiting"}),
    "close": frozenset({"open"}),
    "reopen": frozenset({"closed"}),
    "reveal": frozenset({"open", "closed"}),
    "again": frozenset({"revealed", "agreed"}),
    "drop": frozenset({"open", "closed"}),
    "hands": frozenset({"waiting", "revealed", "agreed"}),
    "agree": frozenset({"waiting", "revealed", "agreed"}),
    "take_back": frozenset({"agreed"}),
}
"""In which states of the question on the screen each act is possible."""

MOST_HANDS = 200


class ActedError(Exception):
    """The room has moved on since the page was made; ``act`` is what was done last, ``by`` the account that did it."""

    def __init__(self, act: str, by: int | None, name: str) -> None:
        self.act, self.by, self.name = act, by, name
        super().__init__(f"{act} by {by}")


class EndedError(Exception):
    """The workshop is over."""


# --- Reading --------------------------------------------------------------------------------------------------------------


def state_of(last: Round | None, made: Agreement | None) -> State:
    """The state of a question, from its last round and what the room made of it."""
    if last is not None and last.state != Round.State.REVEALED:
        return "open" if last.state == Round.State.OPEN else "closed"
    if made is not None and made.agreed:
        return "agreed"
    return "revealed" if last is not None else "waiting"


def question_called(workshop: Workshop, name: str) -> Asked:
    """One of the questions on which a room can vote. Raises RefusedError for any other."""
    found = asked(edition(workshop.assessment.edition), name)
    if found is None or found.part == "context":
        raise RefusedError(gettext("This question is not for the room."))
    return found


# --- Acting ---------------------------------------------------------------------------------------------------------------


@contextmanager
def changing(workshop: Workshop, by: int | None, act: str, *, over: bool = False) -> Iterator[Workshop]:
    """Something that facilitators do, one after the other: everybody's screens learn of it.

    ``by`` is their account, None for whoever holds the private link. Yields the workshop as it is now. Only what moves
    a step on is remembered as the last act: nobody's act was refused because somebody else has set the clock. Raises
    EndedError for one that is over, unless ``over`` allows it.
    """
    with transaction.atomic():
        now = Workshop.objects.select_for_update(of=("self",)).select_related("assessment__client__workspace")
        fresh = now.get(pk=workshop.pk)
        if fresh.ended and not over:
            raise EndedError
        step = fresh.step
        yield fresh
        fresh.version += 1
        if fresh.step != step:
            fresh.last_act, fresh.last_by_id = act, by
        fresh.active = timezone.now()
        fresh.save()
    fresh_rooms.forget(workshop.public_id)


def act(
    *,
    request: HttpRequest | None,
    workshop: Workshop,
    name: Act,
    by: int | None,
    step: int,
    given: Mapping[str, Any] | None = None,
) -> None:
    """Do one of MOVES to the question on the screen. ``given`` is what some of them need beside.

    "show" takes ``question``; "hands" ``counts``, how many hands by value; "agree" ``value``.
    Raises ActedError where another facilitator was faster or the state does not allow it, EndedError, RefusedError, and
    AnswerError for an agreed answer that the question does not offer.
    """
    with changing(workshop, by, name) as fresh:
        if fresh.step != step:
            raise _acted(fresh)
        last = _locked_round(fresh)
        made = fresh.agreements.filter(question=fresh.question).first() if fresh.question else None
        if state_of(last, made) not in MOVES[name] or not (fresh.question or name == "show"):
            raise _acted(fresh)
        over = fresh.timer_ends is not None and fresh.timer_ends <= timezone.now()
        if over or name in {"close", "reveal", "drop", "show"}:
            fresh.timer_ends = None
        _DO[name](_Doing(fresh, last, given or {}))
        fresh.step += 1
        if name in NOTED:
            audit.note_work(request, f"workshop.{NOTED[name]}", fresh.assessment, question=fresh.question)


def _acted(workshop: Workshop) -> ActedError:
    return ActedError(workshop.last_act, workshop.last_by_id, str(workshop.last_by or ""))


def _locked_round(workshop: Workshop) -> Round | None:
    """The newest round of the question on the screen; no vote gets in while it is held."""
    found = workshop.rounds.select_for_update().filter(question=workshop.question)
    return found.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class _Doing:
    """What an act works on."""

    workshop: Workshop
    last: Round | None
    given: Mapping[str, Any]

    @property
    def round(self) -> Round:
        """The newest round of the question on the screen; only for acts that are impossible without one."""
        if self.last is None:
            raise Round.DoesNotExist
        return self.last

    @property
    def question(self) -> Asked:
        return question_called(self.workshop, self.workshop.question)

    @property
    def next_number(self) -> int:
        return self.last.number + 1 if self.last else 1


def _show(doing: _Doing) -> None:
    doing.workshop.question = question_called(doing.workshop, str(doing.given.get("question", ""))).id


def _open(doing: _Doing) -> None:
    doing.workshop.rounds.create(question=doing.workshop.question, number=doing.next_number)


def _close(doing: _Doing) -> None:
    doing.round.state = Round.State.CLOSED
    doing.round.save(update_fields=["state"])


def _reopen(doing: _Doing) -> None:
    doing.round.state = Round.State.OPEN
    doing.round.save(update_fields=["state"])


def _reveal(doing: _Doing) -> None:
    """Close and count in one: nothing is added to what is shown."""
    votes = doing.round.votes.values_list("participant__role", "value")
    _show_counts(
        doing, doing.round, [(role if doing.workshop.asks_roles else "", value) for role, value in votes]
    )


def _show_counts(doing: _Doing, this: Round, said: Sequence[tuple[str, str]]) -> None:
    """From now on everybody sees them, and the room has to agree anew."""
    found = counted(said)
    this.state, this.people = Round.State.REVEALED, len(said)
    this.counts, this.roles = found["counts"], found["roles"]
    this.save()
    doing.workshop.agreements.filter(question=this.question).update(agreed=None)


def _drop(doing: _Doing) -> None:
    doing.round.delete()


def _hands(doing: _Doing) -> None:
    counts = hands_for(doing.question, doing.given.get("counts", {}))
    said = [("", value) for value, count in counts.items() for _ in range(count)]
    if not said:
        raise RefusedError(gettext("Enter how many hands were raised for at least one answer"))
    this = Round(
        workshop=doing.workshop, question=doing.workshop.question, number=doing.next_number, by_hand=True
    )
    _show_counts(doing, this, said)


def hands_for(question: Asked, counts: Mapping[str, str]) -> dict[str, int]:
    """How many hands by value, as typed. Raises RefusedError for anything but whole numbers up to MOST_HANDS in all."""
    found = {}
    for value, title in answers_for(question):
        typed = counts.get(value, "").strip()
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 4):
            words = {"typed": typed, "title": title, "most": MOST_HANDS}
            raise RefusedError(
                gettext("“%(typed)s” for “%(title)s” is no number of hands: enter 0 to %(most)s") % words
            )
        found[value] = int(typed or 0)
    if sum(found.values()) > MOST_HANDS:
        words = {"sum": sum(found.values()), "most": MOST_HANDS}
        raise RefusedError(gettext("These are %(sum)s hands; at most %(most)s can be entered") % words)
    return found


def answers_for(question: Asked) -> tuple[tuple[str, str], ...]:
    """What can be voted for: value as text, and title. "Does not apply" is for facilitators, when they agree."""
    choices = [(str(each.value), each.title) for each in question.choices]
    return (*choices, (DONT_KNOW, gettext("I don’t know")))


def _agree(doing: _Doing) -> None:
    """Store the answer as any other, and remember what counted before, so that it can be taken back."""
    question, assessment = doing.question, doing.workshop.assessment
    sent = str(doing.given.get("value", ""))
    made, _ = doing.workshop.agreements.get_or_create(question=question.id)
    with locked(assessment):
        rows = rows_of(assessment)
        before = given_in(rows).get(question.id)
        stored = record_answer(
            assessment=assessment,
            question=question.id,
            value={str(each.value): each.value for each in question.choices}.get(sent, sent),
            na_reason=str(doing.given.get("na_reason", "")),
            note=_note_in(rows.get(question.id)),
        )
        tell_if_complete(assessment)
    if not made.agreed:
        made.before = [before.value, before.na_reason] if before else None
    made.agreed, made.value = timezone.now(), stored.value
    made.save()


def _note_in(row: Answer | None) -> str:
    """The note to an answer, or what was typed of one that is none yet: agreeing loses no word."""
    if row is None:
        return ""
    return str((row.draft or {}).get("note", "")) or row.note


def _take_back(doing: _Doing) -> None:
    made = doing.workshop.agreements.get(question=doing.workshop.question)
    value, na_reason = made.before or (None, "")
    assessment = doing.workshop.assessment
    with locked(assessment):
        stored = rows_of(assessment).get(made.question)
        if stored is None or stored.value != made.value:
            raise RefusedError(
                gettext(
                    "The answer was changed elsewhere since the room agreed, so it is not taken back here. Agree anew."
                )
            )
        take_answer_back(assessment=assessment, question=made.question, to=value, na_reason=na_reason)
    made.agreed = made.before = None
    made.save()


_DO: Mapping[Act, Callable[[_Doing], None]] = {
    "show": _show,
    "open": _open,
    "close": _close,
    "reopen": _reopen,
    "reveal": _reveal,
    "again": _open,
    "drop": _drop,
    "hands": _hands,
    "agree": _agree,
    "take_back": _take_back,
}
assert set(_DO) == set(MOVES) == set(get_args(Act.__value__))  # noqa: S101  a move without a hand would be a mistake here

NOTED: Mapping[Act, str] = {
    "open": "round_opened",
    "again": "round_opened",
    "reveal": "revealed",
    "drop": "round_dropped",
    "hands": "revealed",
    "agree": "agreed",
    "take_back": "taken_back",
}
"""What goes into the trail: that it happened, never an answer."""


class NotedError(Exception):
    """Another facilitator has changed the note since it was read."""


def note_down(*, workshop: Workshop, question: str, note: str, shown: bool, seen: str) -> None:
    """Keep what facilitators note on a question. ``seen`` is the note that whoever writes has read.

    No screen learns of it: a note that is being typed must not stir thirty phones. Raises RefusedError for a note that is
    too long, and NotedError.
    """
    words = clean_text(note, NOTE_LENGTH, gettext("Note"))
    name = question_called(workshop, question).id
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        made = workshop.agreements.filter(question=name).first() or Agreement(
            workshop=workshop, question=name
        )
        if made.note not in {seen.replace("\r\n", "\n").strip(), words}:
            raise NotedError
        if (made.note, made.note_shown) != (words, shown and bool(words)):
            made.note, made.note_shown = words, shown and bool(words)
            made.save()
            Workshop.objects.filter(pk=workshop.pk).update(
                active=timezone.now()
            )  # so that consoles read it anew
    fresh_rooms.forget(workshop.public_id)
