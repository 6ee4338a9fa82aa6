"""What the page prints that asks which of two answers to keep, after another window was faster."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from assessments.answering import Given, given_in
from assessments.models import Answer, Assessment
from assessments.questions import Asked, RefusedError
from assessments.wizard.addresses import Sender, back_to, question_url, skip_url, url_onward
from assessments.wizard.forms import Typed
from assessments.wizard.overview import answer_words
from assessments.wizard.progress import Progress
from assessments.wizard.recheck import Walk
from assessments.wizard.saving import new_page


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two answers in words, with its note."""

    words: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """Both answers, and everything it takes to send one's own again."""

    asked: Asked
    typed: Typed
    mine: Side
    theirs: Side
    at: datetime
    action: str
    other: str
    page: str
    seen: int
    window_title: str


def conflict_page(
    assessment: Assessment,
    question: Asked,
    progress: Progress,
    typed: Typed,
    stored: Answer,
    *,
    sender: Sender,
    walk: Walk | None = None,
) -> ConflictPage:
    """``typed`` is what could not be stored because ``stored`` had come in between."""
    return ConflictPage(
        asked=question,
        typed=typed,
        mine=typed_side(question, typed),
        theirs=stored_side(question, stored),
        at=timezone.localtime(stored.updated),
        action=question_url(assessment, question.id, sender=sender),
        other=_other(assessment, question, progress, sender, walk),
        page=new_page(),
        seen=stored.revision,
        window_title=gettext("Which answer shall stay? – Groundwork"),
    )


def _other(
    assessment: Assessment, question: Asked, progress: Progress, sender: Sender, walk: Walk | None
) -> str:
    """Where it leads to keep the answer of the other window."""
    if walk:
        return url_onward(assessment, walk.after(question.id), sender=sender, walk=walk)
    return back_to(assessment, sender) or skip_url(assessment, question.id, progress)


def stored_side(question: Asked, stored: Answer) -> Side:
    """What the other window has stored."""
    if stored.draft is not None:
        return typed_side(question, Typed.from_draft(stored.draft))
    return Side(answer_words(question, given_in({question.id: stored})[question.id]), stored.note)


def typed_side(question: Asked, typed: Typed) -> Side:
    """What was typed here."""
    try:
        value = question.accept(typed.value(question))
    except RefusedError:
        return Side(gettext("Nothing chosen yet"), typed.note)
    return Side(answer_words(question, Given(value, typed.na_reason, typed.note)), typed.note)
