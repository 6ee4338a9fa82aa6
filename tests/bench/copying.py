"""Copies what a database holds over and over, by statements: a thousand assessments become a million in minutes."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import CharField, EmailField, Field, Model, TextField

from assessments.models import TrailHead

STEP = 100_000
"""Between the keys of a row and of its copy; a block has fewer rows of a kind."""
AT_ONCE = 25
"""Copies in one statement."""
SHORT = 12
"""Ids of so many characters have a number of three at their end, longer ones of four."""
COUNTING = """(WITH RECURSIVE counting(k) AS (SELECT %s UNION ALL SELECT k + 1 FROM counting WHERE k < %s)
SELECT k FROM counting) AS block"""
"""What SQLite has in place of PostgreSQL's ``generate_series``."""
PLAIN_KEYS = {
    ("assessments_auditevent", "workspace"),
    ("assessments_auditevent", "actor"),
    ("assessments_trailseal", "event"),
}
"""Numbers that name a row without a foreign key."""


class Copier:
    """Remembers what is in the database when it is made, and copies just that."""

    def __init__(self) -> None:
        self.models = [each for each in _in_order() if each.objects.exists()]  # type: ignore[attr-defined]
        self.copies = 0
        self.tables = {each._meta.db_table for each in self.models}
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f"CREATE TABLE bench_{table} AS SELECT * FROM {table}")  # noqa: S608  our own names

    def grow(self, copies: int) -> None:
        """Until there are so many beside the first."""
        _hurry()
        try:
            while self.copies < copies:
                until = min(copies, self.copies + AT_ONCE)
                for model in self.models:
                    self._copy(model, self.copies + 1, until)
                self.copies = until
        finally:
            _as_usual()
        self._go_on_behind()

    def _copy(self, model: type[Model], first: int, last: int) -> None:
        about = model._meta
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(each.column)) for each in about.concrete_fields)
        values = ", ".join(self._value(each) for each in about.concrete_fields)
        numbers = "generate_series(%s, %s) AS block(k)" if connection.vendor == "postgresql" else COUNTING
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {about.db_table} ({columns}) "  # noqa: S608  our own names
                f"SELECT {values} FROM {numbers} CROSS JOIN bench_{about.db_table} AS base",
                [first, last],
            )

    def _value(self, field: "Field[object, object]") -> str:
        """What a copy has in this column: its own keys and secrets, and the same otherwise."""
        column = f"base.{connection.ops.quote_name(str(field.column))}"
        table = field.model._meta.db_table
        points = field.is_relation and field.related_model._meta.db_table in self.tables  # type: ignore[union-attr]
        number = field.primary_key and not field.is_relation and not isinstance(field, CharField)
        if points or number or (table, field.name) in PLAIN_KEYS:
            return f"{column} + block.k * {STEP}"
        if isinstance(field, EmailField):
            return f"'k' || block.k || '.' || {column}"
        if isinstance(field, CharField | TextField) and (field.unique or field.primary_key):
            wide = 3 if (field.max_length or SHORT + 1) <= SHORT else 4
            filled = f"substr('000' || block.k, length('000' || block.k) - {wide - 1})"
            return f"substr({column}, 1, length({column}) - {wide}) || {filled}"
        return str(column)

    def _go_on_behind(self) -> None:
        """New rows get keys behind all copies; SQLite sees to that itself."""
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(_no_style(), self.models):
                cursor.execute(statement)
            cursor.execute("ANALYZE")


def stored_bytes() -> int:
    """What the database takes on the disk, the thousand that is copied from not counted."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _in_order() -> Iterator[type[Model]]:
    """Whatever fills while Groundwork is used."""
    for app in ("accounts", "assessments", "reports"):
        yield from (each for each in apps.get_app_config(app).get_models() if each is not TrailHead)
    yield from (EmailAddress, UserSession, Session)


def _hurry() -> None:
    """Nothing looks for rows that foreign keys point to, and nothing is written twice: who loses this starts again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA journal_mode = MEMORY")
            cursor.execute("PRAGMA cache_size = -1000000")


def _as_usual() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("RESET session_replication_role")
    connection.close()  # with what was set for it; the next one begins as settings say


def _no_style() -> object:
    from django.core.management.color import no_style

    return no_style()
