"""Whether a statement reads a growing table from end to end, as the database itself says it will."""

import json
import re
from typing import Any

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

ASKABLE = re.compile(r"\s*(SELECT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
NOT_OURS = {"django_content_type", "auth_permission", "auth_group", "django_migrations"}
"""Tables that a release fills, and nobody who uses it."""


def growing() -> frozenset[str]:
    """The tables that fill while Groundwork is used; the shared cache has a limit of its own and is none of them."""
    names = {each._meta.db_table for each in apps.get_models()}
    return frozenset(names - NOT_OURS)


def scanned(statement: str) -> list[str]:
    """The growing tables that this statement reads from end to end; none for one that only adds rows."""
    if not ASKABLE.match(statement):
        return []
    found = _by_postgresql(statement) if connection.vendor == "postgresql" else _by_sqlite(statement)
    return sorted({each for each in found if each in growing()})


def plan_of(statement: str) -> str:
    """How the database would answer it, in its own words."""
    if connection.vendor == "postgresql":
        return json.dumps(_postgresql_plan(statement))
    return "\n".join(_sqlite_plan(statement))


def _sqlite_plan(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + statement.replace("%", "%%"), [])
        return [str(row[3]) for row in cursor.fetchall()]


def _by_sqlite(statement: str) -> list[str]:
    """A scan by an index counts as well, since it reads all of that; unless it is one that holds few."""
    lines = _sqlite_plan(statement)
    names = _other_names(statement)
    scans = (re.match(r"SCAN (\S+)(?! USING .*_few_)", each) for each in lines)
    return [names.get(each[1], each[1]) for each in scans if each]


def _other_names(statement: str) -> dict[str, str]:
    """What tables are called within the statement: T4, U0."""
    pairs = re.findall(r'(?:FROM|JOIN|,)\s*"?(\w+)"?\s+(?:AS\s+)?"?(\w+)"?', statement)
    return {other: table for table, other in pairs if table in growing()}


def _by_postgresql(statement: str) -> list[str]:
    return list(_sequential(_postgresql_plan(statement)))


def _postgresql_plan(statement: str) -> dict[str, Any]:
    """Where a table is small it is read as a whole, so that is forbidden first: what is done all the same has no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement.replace("%", "%%"), [])
        (plan,) = cursor.fetchone()
        cursor.execute("RESET enable_seqscan")
    whole = plan if isinstance(plan, list) else json.loads(plan)
    found: dict[str, Any] = whole[0]["Plan"]
    return found


def _sequential(node: dict[str, Any]) -> list[str]:
    here = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" else []
    return here + [found for each in node.get("Plans", ()) for found in _sequential(each)]


def whole_reads(taken: CaptureQueriesContext) -> list[str]:
    """The statements among these that read a growing table from end to end, each with the tables."""
    statements = dict.fromkeys(each["sql"] for each in taken.captured_queries)
    return [f"{', '.join(tables)}: {each}" for each in statements if (tables := scanned(each))]
