"""Keeps the trail as it was written: the database itself refuses to change a line, or to delete one that is still to be kept."""

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT_MONTHS = 24
"""For so long no line can be deleted; afterwards the retention command takes it away."""

TABLE = "assessments_auditevent"

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


def protect(connection: BaseDatabaseWrapper) -> None:
    """Have the database refuse changes from now on."""
    _run(connection, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor])


def unprotect(connection: BaseDatabaseWrapper) -> None:
    """Take that back."""
    _run(connection, {"sqlite": NO_SQLITE, "postgresql": NO_POSTGRESQL}[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)
