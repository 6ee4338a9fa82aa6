"""The five-minute re-check: only what the next gate asks for is asked again, after today's answers were kept."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext, ngettext

from advisor.engine import advise
from advisor.engine.advice import Advice
from advisor.engine.judgement import Own, adjusted
from advisor.engine.playbook import Layer
from assessments.answering import Given, situation_from
from assessments.milestones import (
    MOST,
    Milestone,
    SameError,
    given_at,
    is_as_kept,
    keep,
    milestones_of,
)
from assessments.models import Assessment
from assessments.models.assessment import NAME_LENGTH
from assessments.planning import figures_in, own_figures
from assessments.wizard.progress import Progress, minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The questions of one gate, in the order in which they are asked, and the milestone from before."""

    layer: Layer
    questions: tuple[str, ...]
    milestone: int | None
    """Its number; None where nobody has kept one."""

    def after(self, question: str) -> str | None:
        """The question that follows; None after the last, and after one that does not belong here."""
        rest = self.questions[self.questions.index(question) + 1 :] if question in self.questions else ()
        return rest[0] if rest else None

    def before(self, question: str) -> str | None:
        place = self.questions.index(question) if question in self.questions else 0
        return self.questions[place - 1] if place else None

    def place(self, question: str) -> str:
        """ "Question 2 of 5"; empty for a question that does not belong here."""
        if question not in self.questions:
            return ""
        count = {"number": self.questions.index(question) + 1, "total": len(self.questions)}
        return gettext("Question %(number)s of %(total)s") % count


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckPage:
    """What is to be asked again, or why nothing is. ``again`` is when to look again, in months."""

    state: Literal["ready", "full", "unanswered", "all_open"]
    heading: str
    effort: str
    titles: tuple[str, ...]
    name: str
    kept: str
    """The name of a milestone that keeps today's answers already."""
    most: int
    again: int


def walk_of(assessment: Assessment, progress: Progress) -> Walk | None:
    """The walk that is under way: what the gate asked for when the newest milestone was kept. One query.

    Answers given on the way may open the gate; the walk still comes to its end. None where no gate is closed.
    """
    kept = milestones_of(assessment)
    newest = kept[-1] if kept and kept[-1].edition == assessment.edition else None
    if newest is None:
        return _walk_today(assessment, progress)
    advice = _advice(progress, newest, given_at(newest), figures_in(newest.figures))
    return _walk(advice, progress, newest.number)


def recheck_page(assessment: Assessment, progress: Progress) -> RecheckPage:
    """What a re-check today would ask. Two queries."""
    walk = _walk_today(assessment, progress)
    kept = milestones_of(assessment)
    same = kept[-1].name if kept and is_as_kept(kept[-1], assessment, progress.answers) else ""
    state: Literal["ready", "full", "unanswered", "all_open"] = "ready"
    if not progress.answered(progress.capabilities):
        state = "unanswered"
    elif walk is None:
        state = "all_open"
    elif not same and len(kept) >= MOST:
        state = "full"
    questions = walk.questions if walk else ()
    return RecheckPage(
        state=state,
        heading=_heading(walk) if state in ("ready", "full") else gettext("Nothing to re-check now"),
        effort=_effort(progress, questions),
        titles=tuple(progress.playbook.capability[each].title for each in questions),
        name=_name(walk) if walk else "",
        kept=same,
        most=MOST,
        again=int(progress.playbook.figures.sustain_months.value),
    )


def begin_walk(assessment: Assessment, progress: Progress) -> Walk | None:
    """Keep today's answers and start; where the newest milestone says the same, that one serves.

    None where there is nothing to re-check. Raises FullError and DeletedError.
    """
    walk = _walk_today(assessment, progress)
    if walk is None or not progress.answered(progress.capabilities):
        return None
    with suppress(SameError):
        keep(assessment=assessment, name=_name(walk))
    return walk


def _walk_today(assessment: Assessment, progress: Progress) -> Walk | None:
    advice = _advice(progress, assessment, progress.answers, own_figures(assessment))
    return _walk(advice, progress, None)


def _advice(
    progress: Progress, kept: Assessment | Milestone, given: Mapping[str, Given], own: Mapping[str, Own]
) -> Advice:
    situation = situation_from(progress.playbook, kept, given)
    return advise(adjusted(progress.playbook, own), situation)


def _walk(advice: Advice, progress: Progress, milestone: int | None) -> Walk | None:
    """The gate of the bottleneck, or the first one that cannot be judged."""
    at = advice.bottleneck.at
    if at is None or advice.gates[at].state == "not_started":
        return None
    needed = {*advice.gates[at].minima, *advice.gates[at].opens}
    questions = tuple(each for each in progress.capabilities if each in needed)
    layer = progress.playbook.layer[at]
    return Walk(layer=layer, questions=questions, milestone=milestone) if questions else None


def _heading(walk: Walk | None) -> str:
    return gettext("Re-check the %(layer)s gate") % {"layer": walk.layer.name if walk else ""}


def _name(walk: Walk) -> str:
    """The name of the milestone from before."""
    return (gettext("Before the re-check of %(layer)s") % {"layer": walk.layer.name})[:NAME_LENGTH]


def _effort(progress: Progress, questions: tuple[str, ...]) -> str:
    """ "5 questions, about 4 minutes"."""
    time = max(1, minutes(progress.playbook, progress.mode, questions))
    count = ngettext("%(count)s question", "%(count)s questions", len(questions)) % {"count": len(questions)}
    words = {"questions": count, "minutes": time}
    told = ngettext(
        "%(questions)s, about %(minutes)s minute", "%(questions)s, about %(minutes)s minutes", time
    )
    return told % words
