"""The one place that writes an answer, and the one that reads answers into a Situation."""

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext

from advisor import metrics
from advisor.engine.playbook import Playbook
from advisor.engine.situation import CONTEXT_FIELDS, Mode, Situation, Special, context_value
from advisor.engine.situation import Answer as Level
from assessments.erasures import record
from assessments.links import digest_of, token_of
from assessments.locking import locked, note_change
from assessments.models import Answer, AnswerChange, Assessment, Milestone
from assessments.models.assessment import NOTE_LENGTH, REASON_LENGTH, new_public_id
from assessments.ordering import Edit, Stamp, judge
from assessments.parcels import throw_away
from assessments.playbooks import edition
from assessments.questions import DOES_NOT_APPLY, Asked, RefusedError, Value, asked, read_number
from assessments.statements import answers_in, insert

__all__ = [
    "DRAFT_LENGTH",
    "AnswerError",
    "ConflictError",
    "Draft",
    "Given",
    "RefusedError",
    "Rows",
    "answers_of",
    "clean_text",
    "copy_answers",
    "create_assessment",
    "delete_assessment",
    "describe",
    "given_in",
    "keep_draft",
    "read_number",  # reports read figures as the questions do
    "record_answer",
    "rows_of",
    "situation_from",
    "take_answer_back",
    "widen",
]


class AnswerError(ValueError):
    """An answer that cannot be stored. ``mistakes`` pairs the name of a field with what to do about it."""

    def __init__(self, mistakes: tuple[tuple[str, str], ...]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(message for _, message in mistakes))


class ConflictError(Exception):
    """Another page has changed the answer since this one read it; ``stored`` is what stands there now."""

    def __init__(self, stored: Answer) -> None:
        self.stored = stored
        super().__init__(stored.question)


type Rows = Mapping[str, Answer]
"""What is stored of an assessment, by question."""

type Draft = Mapping[str, str | list[str]]
"""The fields of a question's form as somebody left them, by name; no field is longer than DRAFT_LENGTH."""

DRAFT_LENGTH = 4 * NOTE_LENGTH
"""Room for a note that has to be shortened first."""

MARKS = 30
"""Accents and the like on one letter."""

NOTHING: Draft = {"chosen": [], "number": "", "na_reason": "", "note": ""}
"""The draft that is left of an answer taken back before it was one."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in force, for those who show it again."""

    value: Value
    na_reason: str
    note: str


# --- Writing ----------------------------------------------------------------------------------------------------------


def create_assessment(
    *, playbook: Playbook, mode: Mode, stated: str | None = None, public_id: str = ""
) -> Assessment:
    """Start an assessment under this edition, with its private link, and with the symptom if one was named.

    Raises IntegrityError if there is one with this public id; without one, chance gives it.
    """
    with transaction.atomic():
        assessment = Assessment(edition=playbook.edition, mode=mode, public_id=public_id or new_public_id())
        assessment.resume_digest = digest_of(token_of(assessment))
        assessment.save()
        if stated is not None:
            record_answer(assessment=assessment, question="stated", value=stated)
    return assessment


def describe(*, assessment: Assessment, organisation: str, scope: str, decision: str) -> None:
    """Store what the answers are about."""
    assessment.organisation, assessment.scope, assessment.decision = organisation, scope, decision
    with locked(assessment):
        note_change(assessment)
        assessment.save(update_fields=["organisation", "scope", "decision"])


def widen(*, assessment: Assessment) -> None:
    """Turn a quick check into a full assessment. Every answer stays in force."""
    assessment.mode = Assessment.Mode.FULL
    with locked(assessment):
        note_change(assessment)
        assessment.save(update_fields=["mode"])


def delete_assessment(*, assessment: Assessment) -> None:
    """Delete the assessment with its answers, notes and trail. Its private link ends with it.

    It goes with its line in the list of deletions or not at all: a backup that is put back would bring it back.
    """
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).delete()
        if assessment.client_id is not None:
            throw_away(assessment.client_id)
        record("assessment", assessment.public_id)


def record_answer(
    *,
    assessment: Assessment,
    question: str,
    value: object,
    na_reason: str = "",
    note: str = "",
    edit: Edit | None = None,
    rows: Rows | None = None,
) -> Answer:
    """Store one answer and a line in the trail. The same answer again changes nothing.

    ``value`` is a level 0 to 4, an option's id, a list of ids, a number, "unknown" or "na"; ``edit`` says which page
    sent it, None for whoever is alone at work; ``rows`` is what a caller who holds the lock has read already. A save
    that a later one of the same page has overtaken is dropped, and what is stored is returned. Raises AnswerError with
    every mistake if the assessment's edition does not know the question or does not offer the value, ConflictError if
    another page changed the answer in the meantime, and DeletedError if the assessment is gone.
    """
    found = asked(edition(assessment.edition), question)
    if found is None:
        raise AnswerError((("answer", gettext("This question is not part of the assessment.")),))
    given = _checked(found, value, na_reason, note)
    with _row(assessment, question, rows) as stored:
        same = stored is not None and stored.draft is None and _given(stored) == given
        if stored is not None and not _may_write(stored, edit, same=same):
            return stored
        _trace(assessment, question, stored, given)
        answer = stored or Answer(assessment=assessment, question=question)
        answer.value, answer.na_reason, answer.note = given.value, given.na_reason, given.note
        answer.draft = None
        return _write(assessment, answer, edit)


def take_answer_back(*, assessment: Assessment, question: str, to: object, na_reason: str = "") -> None:
    """Put the answer that counted before in place of the one in force; ``to`` is None where there was none.

    A note that stands there stays. Only while the assessment is locked. Raises AnswerError and DeletedError.
    """
    stored = assessment.answers.filter(question=question).first()
    if to is not None:
        note = stored.note if stored else ""
        record_answer(assessment=assessment, question=question, value=to, na_reason=na_reason, note=note)
    elif stored and stored.value is not None:
        insert(AnswerChange(assessment=assessment, question=question, old=stored.value, new=None))
        if stored.note:
            stored.value, stored.na_reason = None, ""
            stored.draft = {**NOTHING, "note": stored.note}
            _write(assessment, stored, None)
        else:
            stored.delete()
            note_change(assessment)


def copy_answers(*, given: Mapping[str, Given], to: Assessment) -> None:
    """Begin an assessment that has none yet with these answers of another one under the same edition, without the notes."""
    with transaction.atomic():
        Answer.objects.bulk_create(
            Answer(assessment=to, question=question, value=each.value, na_reason=each.na_reason, revision=1)
            for question, each in given.items()
        )
        AnswerChange.objects.bulk_create(
            AnswerChange(assessment=to, question=question, new=each.value) for question, each in given.items()
        )
        note_change(to)


def keep_draft(
    *,
    assessment: Assessment,
    question: str,
    draft: Draft | None,
    edit: Edit | None = None,
    rows: Rows | None = None,
) -> Answer:
    """Store what was typed and is no answer yet, so that not a word is lost; an answer in force stays in force.

    ``draft`` is None where somebody takes back what was begun. Raises ConflictError and DeletedError as
    ``record_answer`` does.
    """
    with _row(assessment, question, rows) as stored:
        left = draft or (NOTHING if stored is None or stored.value is None else None)
        same = stored is not None and stored.draft == left
        if stored is not None and not _may_write(stored, edit, same=same):
            return stored
        answer = stored or Answer(assessment=assessment, question=question)
        answer.draft = left
        return _write(assessment, answer, edit)


@contextmanager
def _row(assessment: Assessment, question: str, rows: Rows | None) -> Iterator[Answer | None]:
    """The row of a question, to be written while nobody else writes."""
    if rows is not None:
        yield copy(rows.get(question))
        return
    with locked(assessment):
        yield assessment.answers.filter(question=question).first()


def _may_write(stored: Answer, edit: Edit | None, *, same: bool) -> bool:
    """Whether there is something to write. Raises ConflictError if that is for the person to decide."""
    verdict = judge(edit, Stamp(stored.page, stored.seq, stored.revision)) if edit else "take"
    if verdict == "conflict" and not same:
        raise ConflictError(stored)
    if verdict == "take" and same and edit:  # so that what this page sent before cannot undo it
        Answer.objects.filter(pk=stored.pk).update(page=edit.page, seq=_seq(stored, edit))
    return verdict == "take" and not same


def _trace(assessment: Assessment, question: str, stored: Answer | None, given: Given) -> None:
    old = stored.value if stored else None
    if old != given.value:
        insert(AnswerChange(assessment=assessment, question=question, old=old, new=given.value))


def _write(assessment: Assessment, answer: Answer, edit: Edit | None) -> Answer:
    answer.updated = timezone.now()
    answer.revision += 1
    answer.page, answer.seq = (edit.page, _seq(answer, edit)) if edit else ("", 0)
    if answer.pk:
        answer.save()
    else:
        insert(answer)
    note_change(assessment)
    transaction.on_commit(metrics.SAVES.inc)
    return answer


def _seq(stored: Answer, edit: Edit) -> int:
    """The count of the page's saves; where nobody counts, one more than before."""
    if edit.seq is not None:
        return edit.seq
    return stored.seq + 1 if stored.page == edit.page else 0


def _checked(question: Asked, value: object, na_reason: str, note: str) -> Given:
    mistakes: list[tuple[str, str]] = []
    accepted: Value = ""
    reason = text = ""
    try:
        accepted = question.accept(value)
    except RefusedError as refused:
        mistakes.append(("answer", str(refused)))
    if accepted == DOES_NOT_APPLY:
        try:
            reason = clean_text(na_reason, REASON_LENGTH, gettext("Reason"))
        except RefusedError as refused:
            mistakes.append(("na_reason", str(refused)))
        else:
            if not reason:
                mistakes.append(("na_reason", gettext("Enter why this does not apply to you")))
    try:
        text = clean_text(note, NOTE_LENGTH, gettext("Note"))
    except RefusedError as refused:
        mistakes.append(("note", str(refused)))
    if mistakes:
        raise AnswerError(tuple(mistakes))
    return Given(accepted, reason, text)


def clean_text(text: str, length: int, name: str) -> str:
    """Text as it is stored: composed characters, plain line ends, nothing invisible but line ends and tabs.

    Characters that turn the direction of writing are left out, since they could make a line read as something else.
    Raises RefusedError, with ``name`` in the sentence, if the text is longer than ``length`` or holds a NUL character,
    which no keyboard produces.
    """
    if "\0" in text:
        raise RefusedError(gettext("%(name)s contains a character that cannot be stored") % {"name": name})
    composed = unicodedata.normalize("NFC", _with_few_marks(text.replace("\r\n", "\n").replace("\r", "\n")))
    visible = "".join(each for each in composed if each in "\n\t" or not _invisible(each)).strip()
    if len(visible) > length:
        raise RefusedError(
            gettext("%(name)s must be %(length)s characters or less")
            % {"name": name, "length": number_format(length, force_grouping=True)}
        )
    return visible


def clean_line(text: str, length: int, name: str, missing: str = "") -> str:
    """The same in one line. Raises RefusedError, with ``missing`` for an empty one where that is given."""
    cleaned = " ".join(clean_text(text, length, name).split())
    if missing and not cleaned:
        raise RefusedError(missing)
    return cleaned


def _with_few_marks(text: str) -> str:
    """The text without the marks that stand above and below one letter beyond the thirtieth, as UAX 15 draws the line.

    No language has so many. To compose them they are put in order, each past the ones before it: 190,000 of them, which is
    a form that somebody may send, would take most of a minute in which nobody else is answered.
    """
    if text.isascii():
        return text
    kept, marks = [], 0
    for each in text:
        marks = marks + 1 if unicodedata.combining(each) else 0
        if marks <= MARKS:
            kept.append(each)
    return "".join(kept)


def _invisible(character: str) -> bool:
    turns = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return turns or unicodedata.category(character) in {"Cc", "Cs"}


# --- Reading ----------------------------------------------------------------------------------------------------------


def rows_of(assessment: Assessment) -> Rows:
    """Every row by question: answers, those not in use included, and drafts. One query."""
    return {each.question: each for each in answers_in(assessment)}


def given_in(rows: Rows) -> dict[str, Given]:
    """The answers among these rows; a draft alone is none."""
    return {question: _given(row) for question, row in rows.items() if row.value is not None}


def answers_of(assessment: Assessment) -> dict[str, Given]:
    """Every stored answer by question, those not in use included. One query."""
    return given_in(rows_of(assessment))


def situation_from(
    playbook: Playbook, assessment: Assessment | Milestone, answers: Mapping[str, Given]
) -> Situation:
    """What the engine works on: the answers of today, or those that a milestone has kept. No query."""
    levels = {each: _level(answers[each].value) for each in playbook.capability if each in answers}
    signals = {each: _signal(answers[each].value) for each in playbook.signal if each in answers}
    context = {
        field: context_value(question, answers[question].value)
        for question, field in CONTEXT_FIELDS.items()
        if question in answers
    }
    mode: Mode = "quick" if assessment.mode == Assessment.Mode.QUICK else "full"
    return Situation(mode=mode, levels=levels, signals=signals, **context)


def _given(answer: Answer) -> Given:
    return Given(answer.value, answer.na_reason, answer.note)


def _level(value: Value) -> Level:
    return value if isinstance(value, int) else Special(value)


def _signal(value: Value) -> str:
    return "not_applicable" if value == DOES_NOT_APPLY else str(value)
