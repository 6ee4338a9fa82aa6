"""The one place that writes and reads surveys: several people answer one assessment separately, and agree on answers."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from advisor.engine.playbook import Playbook
from advisor.engine.votes import FEWEST
from assessments import audit
from assessments.answering import (
    Given,
    RefusedError,
    answers_of,
    clean_text,
    copy_answers,
    create_assessment,
    record_answer,
    rows_of,
)
from assessments.links import TOKEN_LENGTH, digest_of
from assessments.locking import locked
from assessments.models import Answer, AnswerChange, Assessment, Survey, Tally
from assessments.models.assessment import NOTE_LENGTH, new_public_id
from assessments.playbooks import edition
from assessments.tallying import Result, counted, most_split_first, of_tally, voted_on
from assessments.webhooks import tell_if_complete

KEY_SALT = "groundwork.survey"
DAYS = 30
"""So long somebody can come in by the link."""
MOST = 60
"""People in one survey."""
KEPT_DAYS = 30
"""So long what each person said is kept after it was counted; then only the counts remain."""


# --- The link -----------------------------------------------------------------------------------------------------------


def survey_of(assessment: Assessment) -> Survey | None:
    """One query."""
    return Survey.objects.filter(assessment=assessment).first()


def open_survey(*, request: HttpRequest | None, assessment: Assessment) -> Survey:
    """Begin to ask, or go on after it was closed; whoever has answered can go on too.

    Raises RefusedError where what people said is deleted already, and DeletedError.
    """
    with locked(assessment):
        survey = survey_of(assessment) or Survey(assessment=assessment, public_id=new_public_id())
        if survey.pk and survey.closed is None:
            return survey
        if survey.closed and not can_be_opened_again(survey):
            raise RefusedError(
                gettext("What each person said is deleted already, so nothing can be added to it.")
            )
        survey.closed, survey.expires = None, timezone.now() + timedelta(days=DAYS)
        survey.digest = digest_of(_token_of(survey))
        survey.save()
        audit.note_work(request, "survey.opened", assessment)
    return survey


def can_be_opened_again(survey: Survey) -> bool:
    """Whether what each person said is still there to be counted anew. No query."""
    return survey.closed is None or timezone.now() - survey.closed < timedelta(days=KEPT_DAYS)


def renew_link(*, request: HttpRequest, survey: Survey) -> None:
    """End the link and make the next one. Who came in by the old one stays in."""
    with locked(survey.assessment):
        survey.link_number += 1
        survey.digest, survey.expires = digest_of(_token_of(survey)), timezone.now() + timedelta(days=DAYS)
        survey.save(update_fields=["link_number", "digest", "expires"])
        audit.note_work(request, "survey.link_replaced", survey.assessment)


def link_of(survey: Survey) -> str | None:
    """The link, without the name of the server; None where the server's key was replaced since it was made."""
    token = _token_of(survey)
    return reverse("assessments:take_part", args=[token]) if digest_of(token) == survey.digest else None


def survey_behind(token: str) -> Survey:
    """The survey to which a link leads, with its assessment. Raises Http404 for wrong, ended and old ones alike."""
    if len(token) != TOKEN_LENGTH:
        raise Http404
    found = Survey.objects.filter(
        digest=digest_of(token), expires__gt=timezone.now(), assessment__binned__isnull=True
    )
    survey = found.select_related("assessment__client__workspace").first()
    if survey is None:
        raise Http404
    return survey


def _token_of(survey: Survey) -> str:
    message = f"{survey.public_id}:{survey.link_number}"
    secret = salted_hmac(KEY_SALT, message, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


# --- Taking part ---------------------------------------------------------------------------------------------------------


def part_among(survey: Survey, public_ids: Iterable[str]) -> Assessment | None:
    """What somebody has answered here already, if one of these is it."""
    return Assessment.objects.filter(part_of=survey.assessment_id, public_id__in=public_ids).first()


def join(*, survey: Survey, role: str, public_id: str = "") -> Assessment:
    """An assessment for one more person, with what is known about the organisation.

    ``public_id`` is the same for each sending of one form, so that a double click makes one; empty leaves it to chance.
    Raises RefusedError where nobody else can take part, or for a role that is not offered, and DeletedError.
    """
    whole = survey.assessment
    released = edition(whole.edition)
    if role not in dict(roles_in(released)):
        raise RefusedError(gettext("Select what you do"))
    try:
        with locked(whole):
            survey.refresh_from_db(fields=["closed"])
            if survey.closed:
                raise RefusedError(gettext("The answers were counted already, so nobody else can take part."))
            if whole.parts.count() >= MOST:
                words = {"most": MOST}
                raise RefusedError(gettext("%(most)s people take part already, and more cannot.") % words)
            return _part(whole, released, role, public_id)
    except IntegrityError:  # an earlier sending of the form was faster
        return Assessment.objects.get(public_id=public_id, part_of=whole)


def _part(whole: Assessment, released: Playbook, role: str, public_id: str) -> Assessment:
    part = create_assessment(
        playbook=released,
        mode="quick" if whole.mode == Assessment.Mode.QUICK else "full",
        public_id=public_id,
    )
    part.part_of, part.role = whole, role
    part.organisation, part.scope = whole.organisation, whole.scope
    part.save(update_fields=["part_of", "role", "organisation", "scope"])
    known = answers_of(whole)
    copy_answers(given={each: known[each] for each in released.question if each in known}, to=part)
    return part


def roles_in(released: Playbook) -> tuple[tuple[str, str], ...]:
    """The roles to choose from: id and title."""
    return tuple((each.id, each.title) for each in released.question["c_roles"].options)


# --- How far they are ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people take part, have begun and have answered everything, by role."""

    role: str
    people: int
    begun: int
    done: int


def standing_of(survey: Survey) -> tuple[Standing, ...]:
    """By role, in the order of the edition; roles without anybody are left out. Two queries."""
    released = edition(survey.assessment.edition)
    parts = [(each, *_progress(released, each)) for each in _parts(survey)]
    found = []
    for role, _title in roles_in(released):
        mine = [(done, of) for part, done, of in parts if part.role == role]
        if mine:
            begun, done = sum(1 for n, _ in mine if n), sum(1 for n, of in mine if n == of)
            found.append(Standing(role, len(mine), begun, done))
    return tuple(found)


def _parts(survey: Survey) -> list[Assessment]:
    answers = Prefetch("answers", Answer.objects.filter(value__isnull=False))
    return list(
        Assessment.objects.filter(part_of=survey.assessment_id).prefetch_related(answers).order_by("pk")
    )


def _progress(released: Playbook, part: Assessment) -> tuple[int, int]:
    given = answers_of(part)
    wanted = voted_on(released, part, given)
    return sum(1 for each in wanted if each in given), len(wanted)


# --- Counting ------------------------------------------------------------------------------------------------------------


def close_survey(*, request: HttpRequest | None, survey: Survey) -> None:
    """Count what people have answered. From then on the counts hold, whatever anybody changes in their own answers.

    What was agreed before it was opened again stays agreed. A question that was counted before is counted anew only where
    enough have answered it or changed their answer since: the difference between two counts would say what one or two of
    them chose. Raises DeletedError.
    """
    whole = survey.assessment
    with locked(whole):
        survey.refresh_from_db()
        if survey.closed:
            return
        survey.closed = timezone.now()
        released = edition(whole.edition)
        wanted = set(voted_on(released, whole, answers_of(whole))) - _left_as_counted(survey)
        if wanted:
            _count(survey, wanted, released)
        survey.save(update_fields=["closed", "counted", "people"])
        audit.note_work(request, "survey.closed", whole, people=survey.people)


def _left_as_counted(survey: Survey) -> set[str]:
    """The questions that show a count to which too few have added anything. Two queries, one before the first count."""
    counted = set(survey.tallies.exclude(counts={}).values_list("question", flat=True))
    if not counted:
        return set()
    changes = AnswerChange.objects.filter(assessment__part_of=survey.assessment_id, at__gt=survey.counted)
    people = changes.values("question").annotate(people=Count("assessment", distinct=True))
    return counted - {each["question"] for each in people if each["people"] >= FEWEST}


def _count(survey: Survey, questions: Iterable[str], released: Playbook) -> None:
    parts = [(part.role, answers_of(part)) for part in _parts(survey)]
    Tally.objects.bulk_create(
        (Tally(survey=survey, question=each, **_counted(each, parts)) for each in sorted(questions)),
        update_conflicts=True,
        unique_fields=["survey", "question"],
        update_fields=["counts", "roles", "remarks"],
    )
    survey.counted = survey.closed
    survey.people = sum(1 for _, given in parts if any(each not in released.question for each in given))


def _counted(question: str, parts: Sequence[tuple[str, Mapping[str, Given]]]) -> dict[str, Any]:
    """What is stored of the answers to a question, and nothing by which somebody could be made out."""
    said = [(role, given[question]) for role, given in parts if question in given]
    found = counted((role, str(given.value)) for role, given in said)
    shown = sorted(given.note for _, given in said if given.note) if found["counts"] else []
    return found | {"remarks": shown}


# --- Where people differ -------------------------------------------------------------------------------------------------


def results_of(survey: Survey) -> tuple[Result, ...]:
    """Those of a closed survey, most split first, and last what too few have answered. Two queries."""
    released, rows = edition(survey.assessment.edition), rows_of(survey.assessment)
    found = [of_tally(released, each, rows) for each in survey.tallies.order_by("pk")]
    return tuple(sorted((each for each in found if each), key=most_split_first))


def result_of(survey: Survey, question: str) -> Result:
    """The same of one question. Raises Http404 where nothing was counted for it. Two queries."""
    tally = survey.tallies.filter(question=question).first()
    found = of_tally(edition(survey.assessment.edition), tally, rows_of(survey.assessment)) if tally else None
    if found is None:
        raise Http404
    return found


# --- Agreeing ------------------------------------------------------------------------------------------------------------


class SettledError(Exception):
    """Somebody else has changed the answer, or settled on one, since the page was made."""


def settle(
    *, request: HttpRequest, survey: Survey, question: str, value: object, dissent: str, seen: str
) -> None:
    """Make this the answer that counts. A note that stands at the question stays. Settling the same again changes nothing.

    ``seen`` is the mark of the result that whoever settles knows. Raises AnswerError for what the question does not
    offer, RefusedError for too long a dissent, SettledError, and DeletedError.
    """
    words = clean_text(dissent, NOTE_LENGTH, gettext("What remains open"))
    with locked(survey.assessment):
        found = result_of(survey, question)
        if found.mark != seen:
            if found.agreed and found.given and (found.given.value, found.dissent) == (value, words):
                return
            raise SettledError
        _record(survey, question, value, found.given)
        tell_if_complete(survey.assessment)
        survey.tallies.filter(question=question).update(agreed=timezone.now(), dissent=words)
        audit.note_work(request, "survey.agreed", survey.assessment, question=question)


def settle_unanimous(*, request: HttpRequest, survey: Survey) -> int:
    """Make every answer count that all have given, unless something was agreed there already; how many. Raises DeletedError."""
    with locked(survey.assessment):
        found = [each for each in results_of(survey) if each.votes.unanimous and not each.agreed]
        for each in found:
            value = each.question.choices[each.votes.places[0]].value
            _record(survey, each.question.id, value, each.given)
            survey.tallies.filter(question=each.question.id).update(agreed=timezone.now())
        if found:
            tell_if_complete(survey.assessment)
            audit.note_work(request, "survey.agreed", survey.assessment, questions=len(found))
    return len(found)


def _record(survey: Survey, question: str, value: object, given: Given | None) -> None:
    note = given.note if given else ""
    record_answer(assessment=survey.assessment, question=question, value=value, note=note)


# --- Forgetting ----------------------------------------------------------------------------------------------------------


def counted_long_ago(now: datetime) -> QuerySet[Assessment]:
    """What each person said, where it was counted long enough ago."""
    return Assessment.objects.filter(part_of__survey__closed__lte=now - timedelta(days=KEPT_DAYS))


def delete_counted(now: datetime) -> int:
    """Delete it; how many people's answers. The counts stay."""
    return counted_long_ago(now).delete()[0]
