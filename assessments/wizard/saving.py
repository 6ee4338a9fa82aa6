"""What a question's page sends: stored as an answer, kept as a draft, or held back because another window was faster."""

import re
import secrets
from dataclasses import dataclass
from typing import TypedDict

from django.http import HttpResponse, QueryDict
from django_htmx.http import trigger_client_event

from assessments.answering import AnswerError, ConflictError, Rows, keep_draft, record_answer
from assessments.locking import locked
from assessments.models import Answer, Assessment
from assessments.models.assessment import PAGE_LENGTH
from assessments.ordering import LARGEST, Edit
from assessments.questions import Asked
from assessments.webhooks import tell_if_complete
from assessments.wizard.forms import Typed
from assessments.wizard.progress import Progress, progress_of

PAGE = re.compile(rf"[\w-]{{1,{PAGE_LENGTH}}}", re.ASCII)

type Mistakes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of it: the row that is stored now, what has to be put right, or the row that another page wrote.

    ``before`` is how far the assessment had come.
    """

    before: Progress
    row: Answer | None = None
    mistakes: Mistakes = ()
    conflict: Answer | None = None

    @property
    def answered(self) -> bool:
        """Whether an answer is in force now, with nothing unfinished beside it."""
        return self.row is not None and self.row.value is not None and self.row.draft is None


def save(assessment: Assessment, question: Asked, typed: Typed, edit: Edit | None) -> Saved:
    """Store an answer; what is none yet is kept as a draft, together with what is wrong with it."""
    with locked(assessment):
        saved = store(assessment, question, typed, edit, progress_of(assessment))
        tell_if_complete(assessment)
        return saved


def store(
    assessment: Assessment, question: Asked, typed: Typed, edit: Edit | None, before: Progress
) -> Saved:
    """The same for a caller who holds the lock and has read everything."""
    try:
        row, mistakes = _store(assessment, question, typed, edit, before)
    except ConflictError as other:
        return Saved(before=before, conflict=other.stored)
    return Saved(before=before, row=row, mistakes=mistakes)


def _store(
    assessment: Assessment, question: Asked, typed: Typed, edit: Edit | None, before: Progress
) -> tuple[Answer | None, Mistakes]:
    where = Where(assessment=assessment, question=question.id, edit=edit, rows=before.rows)
    try:
        return record_answer(
            value=typed.value(question), na_reason=typed.na_reason, note=typed.note, **where
        ), ()
    except AnswerError as refused:
        draft, row = typed.draft(question), before.rows.get(question.id)
        taken_back = typed.empty and row is not None and row.draft is not None
        return keep_draft(draft=draft, **where) if draft or taken_back else None, refused.mistakes


class Where(TypedDict):
    """What storing an answer and keeping a draft have to know alike."""

    assessment: Assessment
    question: str
    edit: Edit | None
    rows: Rows


def acknowledge(saved: Saved, typed: Typed) -> HttpResponse:
    """The answer to what a page saves by itself: no content, but an event that says what became of it.

    Nothing is swapped, so that focus and caret stay where they are.
    """
    response = HttpResponse(status=204)
    row = saved.conflict or saved.row
    if row is None:
        return response if typed.empty else trigger_client_event(response, "saved", {"state": "refused"})
    state = "conflict" if saved.conflict else "draft" if saved.mistakes and not typed.empty else "saved"
    seen = (
        {} if saved.conflict else {"seen": row.revision}
    )  # whoever knows of a conflict has not yet seen the answer
    told = {"state": state, "at": row.updated.isoformat(), "fields": seen}
    return trigger_client_event(response, "saved", told)


def edit_in(post: QueryDict, prefix: str = "") -> Edit | None:
    """Which page sent this; None for whoever does not say, and so is alone at work.

    A page may add to a revision, behind a dot, what it knows besides.
    """
    page, seq, seen = (
        post.get("page", ""),
        post.get("seq", ""),
        post.get(f"{prefix}seen", "").partition(".")[0],
    )
    return Edit(page, _whole(seq), _whole(seen) or 0) if PAGE.fullmatch(page) else None


def _whole(text: str) -> int | None:
    whole = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST)) else None
    return None if whole is None or whole > LARGEST else whole


def new_page() -> str:
    """A name for a page that is being shown."""
    return secrets.token_urlsafe(16)
