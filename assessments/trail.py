"""Keeps the trail as it was written: the database itself refuses to change a line, or to delete one that is still to be kept."""

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT_MONTHS = 24
"""For so long no line can be deleted; afterwards the retention command takes it away."""

TABLE = "assessments_auditevent"
SEALS = "assessments_trailseal"

SQLITE = (
    f"""CREATE TRIGGER trail_no_change BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    f"""CREATE TRIGGER trail_no_delete BEFORE DELETE ON {TABLE}
    WHEN OLD.at > datetime('now', '-{KEPT_MONTHS} months')
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
)
NO_SQLITE = ("DROP TRIGGER IF EXISTS trail_no_change", "DROP TRIGGER IF EXISTS trail_no_delete")

POSTGRESQL = (
    f"""CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{KEPT_MONTHS} months' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'the trail is append-only';
    END $$""",
    f"""CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION trail_refuse()""",
)
NO_POSTGRESQL = (
    f"DROP TRIGGER IF EXISTS trail_no_change ON {TABLE}",
    "DROP FUNCTION IF EXISTS trail_refuse()",
)


# Beside what a line can be told to do, SQLite puts a row in the place of another, and PostgreSQL empties a whole table,
# without asking the triggers above.
SEALS_SQLITE = (
    f"""CREATE TRIGGER trail_no_replacing BEFORE INSERT ON {TABLE}
    WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",  # noqa: S608  the names are those above
    f"""CREATE TRIGGER seals_no_replacing BEFORE INSERT ON {SEALS}
    WHEN EXISTS (SELECT 1 FROM {SEALS} WHERE number = NEW.number OR event = NEW.event)
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",  # noqa: S608  here too
    f"""CREATE TRIGGER seals_no_change BEFORE UPDATE ON {SEALS}
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    f"""CREATE TRIGGER seals_no_delete BEFORE DELETE ON {SEALS}
    WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = OLD.event)
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",  # noqa: S608  here too
)
NO_SEALS_SQLITE = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in ("trail_no_replacing", "seals_no_replacing", "seals_no_change", "seals_no_delete")
)

SEALS_POSTGRESQL = (
    f"""CREATE FUNCTION seals_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF NOT EXISTS (SELECT 1 FROM {TABLE} WHERE id = OLD.event) THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'the trail is append-only';
    END $$""",  # noqa: S608  here too
    f"""CREATE TRIGGER seals_no_change BEFORE UPDATE OR DELETE ON {SEALS}
    FOR EACH ROW EXECUTE FUNCTION seals_refuse()""",
    f"""CREATE TRIGGER seals_no_emptying BEFORE TRUNCATE ON {SEALS}
    FOR EACH STATEMENT EXECUTE FUNCTION seals_refuse()""",
    f"""CREATE TRIGGER trail_no_emptying BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION seals_refuse()""",
)
NO_SEALS_POSTGRESQL = (
    f"DROP TRIGGER IF EXISTS trail_no_emptying ON {TABLE}",
    f"DROP TRIGGER IF EXISTS seals_no_emptying ON {SEALS}",
    f"DROP TRIGGER IF EXISTS seals_no_change ON {SEALS}",
    "DROP FUNCTION IF EXISTS seals_refuse()",
)


def protect(connection: BaseDatabaseWrapper) -> None:
    """Have the database refuse changes from now on."""
    _run(connection, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor])


def unprotect(connection: BaseDatabaseWrapper) -> None:
    """Take that back."""
    _run(connection, {"sqlite": NO_SQLITE, "postgresql": NO_POSTGRESQL}[connection.vendor])


def protect_seals(connection: BaseDatabaseWrapper) -> None:
    """Have it refuse changes of the seals as well, and what goes around the rest."""
    _run(connection, {"sqlite": SEALS_SQLITE, "postgresql": SEALS_POSTGRESQL}[connection.vendor])


def unprotect_seals(connection: BaseDatabaseWrapper) -> None:
    """Take that back."""
    _run(connection, {"sqlite": NO_SEALS_SQLITE, "postgresql": NO_SEALS_POSTGRESQL}[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)
