"""What several people said, counted so that nobody can be made out, whether they answered alone or together in a room."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from advisor.engine.asking import path
from advisor.engine.playbook import Playbook
from advisor.engine.votes import FEWEST, OTHERS, Votes, Word, by_role
from assessments.answering import Given, Rows, given_in, situation_from
from assessments.models import Agreement, Assessment, Round, Tally, Workshop
from assessments.playbooks import edition
from assessments.questions import DOES_NOT_APPLY, DONT_KNOW, Asked, asked

FAR: tuple[Word, ...] = ("split", "apart", "spread")


def voted_on(released: Playbook, assessment: Assessment, given: Mapping[str, Given]) -> tuple[str, ...]:
    """The questions of an assessment on which people can differ: not those about the organisation. No query."""
    wanted = path(released, situation_from(released, assessment, given))
    return tuple(each for each in wanted if each not in released.question)


# --- Counting ------------------------------------------------------------------------------------------------------------


def counted(said: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What is stored of these answers to one question, each with the role of whoever gave it.

    Empty where too few chose an answer: those who do not know are nobody among whom the others could hide.
    The keys are "counts" and "roles".
    """
    roles: dict[str, Counter[str]] = {}
    for role, value in said:
        roles.setdefault(role, Counter())[value] += 1
    everybody = sum(roles.values(), Counter())
    if everybody.total() - everybody[DONT_KNOW] - everybody[DOES_NOT_APPLY] < FEWEST:
        return {"counts": {}, "roles": {}}
    return {"counts": dict(everybody), "roles": _large_enough(roles)}


def _large_enough(roles: Mapping[str, Counter[str]]) -> dict[str, dict[str, int]]:
    people = {role: Votes((counts.total(),)) for role, counts in roles.items()}
    shown = by_role(people)
    if not shown:
        return {}
    hidden = (counts for role, counts in roles.items() if role == OTHERS or role not in shown)
    others = sum(hidden, Counter[str]())
    return {role: dict(others if role == OTHERS else roles[role]) for role in shown}


def votes_for(question: Asked, counts: Mapping[str, int]) -> Votes:
    """Such counts as votes for the places of this question's answers."""
    places = tuple(counts.get(str(each.value), 0) for each in question.choices)
    return Votes(places, counts.get(DONT_KNOW, 0), counts.get(DOES_NOT_APPLY, 0))


# --- What came of it -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What several people said to one question. ``given`` is the answer that counts today, if there is one."""

    question: Asked
    votes: Votes
    roles: Mapping[str, Votes]
    """By role, as far as roles are large enough; under OTHERS the rest."""
    remarks: tuple[str, ...] = ()
    agreed: datetime | None
    dissent: str
    given: Given | None = None
    revision: int = 0
    """How often that answer has changed."""

    @property
    def mark(self) -> str:
        """Another one after every change of the answer, and whenever somebody settles on one."""
        return f"{self.revision}.{self.agreed.timestamp() if self.agreed else 0:.0f}"

    @property
    def far(self) -> bool:
        """Whether people lie far apart."""
        return self.votes.word in FAR


def most_split_first(result: Result) -> tuple[bool, float]:
    """The key to sort by; those that too few have answered come last."""
    few = result.votes.placed < FEWEST
    return few, 0.0 if few else result.votes.consensus


def of_tally(released: Playbook, tally: Tally, rows: Rows) -> Result | None:
    """What was counted when a survey was closed; None where the edition does not know the question."""
    question = asked(released, tally.question)
    if question is None:
        return None
    return Result(
        question=question,
        votes=votes_for(question, tally.counts),
        roles={role: votes_for(question, counts) for role, counts in tally.roles.items()},
        remarks=tuple(tally.remarks),
        agreed=tally.agreed,
        dissent=tally.dissent,
        given=given_in(rows).get(tally.question),
        revision=rows[tally.question].revision if tally.question in rows else 0,
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What several people said about an assessment, for those who tell of it."""

    way: Literal["alone", "room"]
    """Whether they answered alone, or the last of it was voted on in a room."""
    people: int
    at: datetime
    results: tuple[Result, ...]
    """Most split first."""
    alone: int = 0
    """How many answered alone; only where a room has voted since, and left out something of what they said."""


def counted_in(assessment: Assessment) -> Counted | None:
    """What several people said, once it was counted: in a room, and alone where no room voted on the question since.

    Two queries, two more where there was a workshop, none for a sample or a part.
    """
    if assessment.sample or assessment.part_of_id:
        return None
    alone, room = _counted_alone(assessment), _counted_in_room(assessment)
    if alone is None or room is None:
        return room or alone
    voted = {each.question.id for each in room.results}
    both = [*room.results, *(each for each in alone.results if each.question.id not in voted)]
    some_alone = alone.people if len(both) > len(room.results) else 0
    results = tuple(sorted(both, key=most_split_first))
    return Counted("room", room.people, room.at, results, alone=some_alone)


def _counted_alone(assessment: Assessment) -> Counted | None:
    found = Tally.objects.filter(survey__assessment=assessment, survey__closed__isnull=False)
    tallies = list(found.select_related("survey").order_by("pk"))
    if not tallies:
        return None
    survey, released = tallies[0].survey, edition(assessment.edition)
    results = (of_tally(released, each, {}) for each in tallies)
    at = survey.counted or survey.opened
    return Counted("alone", survey.people, at, tuple(sorted(filter(None, results), key=most_split_first)))


def _counted_in_room(assessment: Assessment) -> Counted | None:
    workshop = Workshop.objects.filter(assessment=assessment).first()
    if workshop is None:
        return None
    rounds = list(workshop.rounds.filter(state=Round.State.REVEALED).order_by("number", "pk"))
    notes = {each.question: each for each in workshop.agreements.all()}
    results = results_in_room(edition(assessment.edition), notes, rounds)
    if not results:
        return None
    people = max((each.people for each in rounds), default=0)
    return Counted("room", people, workshop.ended or workshop.active, results)


def results_in_room(
    released: Playbook, made: Mapping[str, Agreement], rounds: Iterable[Round]
) -> tuple[Result, ...]:
    """The last of these rounds of each question, most split first, with what the room made of it. No query.

    A question without a vote is among them where something was noted on it for the report.
    """
    last = {each.question: each for each in rounds}
    noted_only = (name for name, each in made.items() if each.note_shown and name not in last)
    results = []
    for name in (*last, *noted_only):
        question, this, noted = asked(released, name), last.get(name) or Round(), made.get(name)
        if question is not None:
            results.append(
                Result(
                    question=question,
                    votes=votes_for(question, this.counts),
                    roles={role: votes_for(question, counts) for role, counts in this.roles.items()},
                    agreed=noted.agreed if noted else None,
                    dissent=noted.note if noted and noted.note_shown else "",
                )
            )
    return tuple(sorted(results, key=most_split_first))
