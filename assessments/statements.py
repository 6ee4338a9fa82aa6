"""The few database statements that every step takes, written out.

Django takes several times as long to write such a statement anew as SQLite to answer it; together they were a third of a
step, see ``make bench`` and decision 7. Whatever is asked less often is left to Django.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from assessments.models import Answer, AnswerChange, Assessment, Participant, Round, Workshop

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
OPENED = "SELECT * FROM assessments_assessment WHERE public_id = %s AND link_number = %s AND binned IS NULL"
ANSWERS = "SELECT * FROM assessments_answer WHERE assessment_id = %s"
TOUCHED = "UPDATE assessments_assessment SET touched = %s, version = version + 1 WHERE id = %s"
ROOM = """
SELECT room.*, assessment.version,
    (SELECT count(*) FROM assessments_participant WHERE workshop_id = room.id AND NOT removed AND admitted),
    (SELECT count(*) FROM assessments_participant WHERE workshop_id = room.id AND NOT removed AND NOT admitted),
    (SELECT count(*) FROM assessments_vote JOIN assessments_round ON assessments_round.id = round_id
        WHERE workshop_id = room.id AND state <> 'revealed')
FROM assessments_workshop room JOIN assessments_assessment assessment ON assessment.id = room.assessment_id
WHERE room.public_id = %s AND assessment.binned IS NULL"""
PHONE = "SELECT * FROM assessments_participant WHERE digest = %s AND NOT removed"
PHONE_STILL_IN = "SELECT id FROM assessments_participant WHERE id = %s AND admitted AND NOT removed"
ROUND = "SELECT * FROM assessments_round WHERE id = %s AND workshop_id = %s"
ROOM_ROW = "SELECT * FROM assessments_workshop WHERE id = %s"
VOTED = "SELECT value FROM assessments_vote WHERE round_id = %s AND participant_id = %s"
VOTE = """
INSERT INTO assessments_vote (round_id, participant_id, value) VALUES (%s, %s, %s)
ON CONFLICT (round_id, participant_id) DO UPDATE SET value = excluded.value"""


def session_data(key: str, now: datetime) -> str | None:
    """What is stored under this key, signed, if its time is not over."""
    with connection.cursor() as cursor:
        cursor.execute(SESSION, [key, connection.ops.adapt_datetimefield_value(now)])
        row = cursor.fetchone()
    return row[0] if row else None


def assessment_opened_by(public_id: str, link_number: int) -> Assessment | None:
    """The assessment with this id, if this is the number of its private link."""
    return next(iter(Assessment.objects.raw(OPENED, [public_id, link_number])), None)


def answers_in(assessment: Assessment) -> list[Answer]:
    """Every row of an assessment, drafts included; those at hand where they were fetched for several at once."""
    if "answers" in getattr(assessment, "_prefetched_objects_cache", ()):
        return list(assessment.answers.all())
    return list(Answer.objects.raw(ANSWERS, [assessment.pk]))


def room_at_a_glance(public_id: str) -> tuple[tuple[Any, ...], int, int, int] | None:
    """What is true of a room now, for comparing; how many are in, how many wait outside, and how many votes are hidden."""
    with connection.cursor() as cursor:
        cursor.execute(ROOM, [public_id])
        row = cursor.fetchone()
    return None if row is None else (tuple(row[:-3]), *row[-3:])


def phone_with(digest: str) -> Participant | None:
    """The phone that comes back with this fingerprint, unless it was taken out."""
    return next(iter(Participant.objects.raw(PHONE, [digest])), None)


def is_still_in(participant: Participant) -> bool:
    """Whether this phone is in the room; nobody takes it out before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(PHONE_STILL_IN + _lock(), [participant.pk])
        return cursor.fetchone() is not None


def locked_round(pk: int, workshop_pk: int) -> Round | None:
    """This round of this room, which nobody moves on until the transaction ends."""
    return next(iter(Round.objects.raw(ROUND + _lock(), [pk, workshop_pk])), None)


def room_with(pk: int) -> Workshop | None:
    """The room as it is now."""
    return next(iter(Workshop.objects.raw(ROOM_ROW, [pk])), None)


def _lock() -> str:
    """SQLite has no locks on rows: there the whole transaction waits for its turn, see the settings."""
    return " FOR UPDATE" if connection.features.has_select_for_update else ""


def vote_of(participant: Participant, round_pk: int) -> str:
    """What this phone says in this round; empty if nothing."""
    with connection.cursor() as cursor:
        cursor.execute(VOTED, [round_pk, participant.pk])
        row = cursor.fetchone()
    return row[0] if row else ""


def store_vote(participant: Participant, round_pk: int, value: str) -> None:
    """Its vote in this round, in place of the one it may have had."""
    with connection.cursor() as cursor:
        cursor.execute(VOTE, [round_pk, participant.pk, value])


def touch(assessment: Assessment, at: datetime) -> bool:
    """Note when something was stored, and that it was once more; False if there is no assessment any more."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [connection.ops.adapt_datetimefield_value(at), assessment.pk])
        return bool(cursor.rowcount)


def insert(row: Answer | AnswerChange) -> None:
    """Store a new row."""
    fields, sql = _insert_into(type(row))
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (row.pk,) = cursor.fetchone()
    row._state.adding = False  # noqa: SLF001  as Django does


@cache
def _insert_into(model: type[Model]) -> tuple[list["Field[Any, Any]"], str]:
    about, quoted = model._meta, connection.ops.quote_name  # noqa: SLF001  public, for all its name
    fields = [each for each in about.concrete_fields if not each.primary_key]
    columns = ", ".join(quoted(str(each.column)) for each in fields)
    marks = ", ".join(["%s"] * len(fields))
    return fields, f"INSERT INTO {quoted(about.db_table)} ({columns}) VALUES ({marks}) RETURNING id"  # noqa: S608  nothing but our own names
