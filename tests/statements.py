"""The database statements that something took, counted alike on every database."""

from django.test.utils import CaptureQueriesContext


def asked(taken: CaptureQueriesContext) -> list[str]:
    """All of them but those that only lock a row: SQLite has none, since there the whole transaction waits for its turn."""
    statements = (each["sql"] for each in taken.captured_queries)
    return [each for each in statements if not (each.startswith("SELECT 1 ") and each.endswith("FOR UPDATE"))]
