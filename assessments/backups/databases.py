"""How each kind of database is copied while others write to it, and put back into an empty one."""

import gzip
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import psycopg
from django.db import connection
from psycopg import sql

LEFT_OUT = ("django_session", "usersessions_usersession", "shared_cache", "reports_madepdf")
"""Tables whose rows are in no backup: who is signed in (whoever has a row is in), counts of tries, and PDFs, which are made anew."""

GIVEN = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "assessments_counter", *LEFT_OUT}
)
"""Tables that hold rows before anybody has used a new database."""

INSTALL = "Install it (Debian: apt-get install postgresql-client; macOS: brew install libpq)."


class BackupError(Exception):
    """It cannot be done; the words say why, and what would help."""


def counts_here() -> dict[str, int]:
    """The rows of every table that there is."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        return {each: _count(cursor.execute, cursor.fetchone, each) for each in tables}


def _count(execute: Callable[[str], Any], fetchone: Callable[[], Any], table: str) -> int:
    execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  a name the database has told
    return int(fetchone()[0])


def rows_in_the_way() -> dict[str, int]:
    """Tables with rows that somebody has made; none in an empty database."""
    return {table: count for table, count in counts_here().items() if count and table not in GIVEN}


def dump(folder: Path) -> tuple[Path, dict[str, int]]:
    """A file that shows one moment, and the rows of every table at that moment. Raises BackupError."""
    return _dump_sqlite(folder) if connection.vendor == "sqlite" else _dump_postgresql(folder)


def load(file: Path, counts: Mapping[str, int]) -> None:
    """Put it into this database, all or nothing. Raises BackupError."""
    if connection.vendor == "sqlite":
        _load_sqlite(file, counts)
    else:
        _load_postgresql(file)
    if (found := counts_here()) != dict(counts):
        raise BackupError(f"What was put back is not what was kept: {_difference(counts, found)}.")


def _difference(kept: Mapping[str, int], found: Mapping[str, int]) -> str:
    differ = [each for each in sorted({*kept, *found}) if kept.get(each) != found.get(each)]
    return "; ".join(
        f"{each} has {found.get(each, 'no')} rows instead of {kept.get(each, 'no')}" for each in differ
    )


# --- SQLite -----------------------------------------------------------------------------------------------------------


def _dump_sqlite(folder: Path) -> tuple[Path, dict[str, int]]:
    """By VACUUM INTO, which reads one moment and lets others write meanwhile."""
    copy, packed = folder / "copy.sqlite3", folder / "database"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    with _opened(copy) as database:
        database.execute("PRAGMA secure_delete = ON")
        for table in _tables(database) & set(LEFT_OUT):
            database.execute(f'DELETE FROM "{table}"')  # noqa: S608  one of the four above
        database.execute("VACUUM")  # so that nothing of them is left between the pages
        counts = _counts(database)
    with copy.open("rb") as plain, gzip.open(packed, "wb", compresslevel=6) as out:
        shutil.copyfileobj(plain, out, 1 << 20)
    copy.unlink()
    return packed, counts


def _load_sqlite(file: Path, counts: Mapping[str, int]) -> None:
    """By SQLite's own copying, which is one transaction: whoever has the database open sees all of it or nothing."""
    copy = file.with_name("copy.sqlite3")
    try:
        with gzip.open(file, "rb") as packed, copy.open("wb") as out:
            shutil.copyfileobj(packed, out, 1 << 20)
    except (OSError, EOFError) as wrong:
        raise BackupError(f"The database in the backup cannot be unpacked ({wrong}).") from wrong
    with _opened(copy) as database:
        said = [each[0] for each in database.execute("PRAGMA integrity_check(3)")]
        if said != ["ok"]:
            raise BackupError(f"SQLite finds the database in the backup damaged: {'; '.join(said)}.")
        if (found := _counts(database)) != dict(counts):
            raise BackupError(f"The backup does not hold what it says: {_difference(counts, found)}.")
        connection.ensure_connection()
        database.backup(cast("sqlite3.Connection", connection.connection))
    connection.close()  # the next one learns the tables anew
    copy.unlink()


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The database in a file, opened as Django does: our tables have checks that call functions of Django's."""
    other = connection.copy("backup")
    other.settings_dict["NAME"], other.settings_dict["OPTIONS"] = str(file), {}
    try:
        other.ensure_connection()
        yield cast("sqlite3.Connection", other.connection)
    finally:
        other.close()


def _tables(database: sqlite3.Connection) -> set[str]:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    return {each[0] for each in database.execute(named)}


def _counts(database: sqlite3.Connection) -> dict[str, int]:
    cursor = database.cursor()
    return {each: _count(cursor.execute, cursor.fetchone, each) for each in sorted(_tables(database))}


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def _dump_postgresql(folder: Path) -> tuple[Path, dict[str, int]]:
    """By pg_dump, at the moment that our own counting sees as well."""
    file = folder / "database"
    with _one_moment() as (snapshot, counts):
        left_out = [f"--exclude-table-data={each}" for each in LEFT_OUT]
        options = (
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={file}",
        )
        _run("pg_dump", *options, *left_out)
    return file, counts | {each: 0 for each in LEFT_OUT if each in counts}


@contextmanager
def _one_moment() -> Iterator[tuple[str, dict[str, int]]]:
    """A moment that others can look at too, for as long as this lasts, and the rows of every table then."""
    parameters = cast("Any", connection).get_connection_params()
    with psycopg.connect(**parameters) as own:
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        own.read_only = True
        row = own.execute("SELECT pg_export_snapshot()").fetchone()
        names = own.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        ).fetchall()
        counts = {}
        for (name,) in names:
            counted = own.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
            counts[str(name)] = int(counted[0]) if counted else 0
        yield str(row[0]) if row else "", counts


def _load_postgresql(file: Path) -> None:
    """By pg_restore in one transaction, in place of whatever empty tables are there."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    options = (
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        "--clean",
        "--if-exists",
    )
    _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(file))


def _run(program: str, *options: str) -> None:
    """Run a program of PostgreSQL on the database in the settings. Raises BackupError with what it said."""
    try:
        done = subprocess.run(
            [program, *options], env=_surroundings(), capture_output=True, text=True, check=False
        )
    except FileNotFoundError as missing:
        raise BackupError(f"{program} was not found, which copies PostgreSQL. {INSTALL}") from missing
    if done.returncode == 0:
        return
    said = " ".join(done.stderr.split())
    if "server version mismatch" in said:
        raise BackupError(
            f"{program} is older than the server ({said}). Install the one of the server's version, such as "
            "postgresql-client-17 for PostgreSQL 17, and have it first on the PATH."
        )
    if "unsupported version" in said:
        raise BackupError(
            f"{program} is older than the one that made the backup ({said}). Install a newer one, such as "
            "postgresql-client-17."
        )
    raise BackupError(f"{program} failed: {said[-1000:] or f'code {done.returncode}'}")


def _surroundings() -> dict[str, str]:
    """The database for PostgreSQL's programs. By the environment, since everybody on this machine can read arguments."""
    known = connection.settings_dict
    named = {
        "PGDATABASE": known["NAME"],
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGHOST": known["HOST"],
        "PGPORT": known["PORT"],
        "PGSSLMODE": known["OPTIONS"].get("sslmode", ""),
        "PGSSLROOTCERT": known["OPTIONS"].get("sslrootcert", ""),
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return inherited | {name: str(value) for name, value in named.items() if value}
