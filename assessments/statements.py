"""The few database statements that every step takes, written out.

Django takes several times as long to write such a statement anew as SQLite to answer it; together they were a third of a
step, see ``make bench`` and decision 7. Whatever is asked less often is left to Django.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from assessments.models import Answer, AnswerChange, Assessment

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
