"""Prints the tables, columns and applied migrations of a database as JSON, to be compared."""

import json
import os
import sys

import django


def schema() -> dict[str, object]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        columns = {
            each: sorted(
                column.name for column in connection.introspection.get_table_description(cursor, each)
            )
            for each in tables
        }
    return {
        "columns": columns,
        "applied": sorted(map("/".join, MigrationRecorder(connection).applied_migrations())),
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "advisor.settings"
    django.setup()
    json.dump(schema(), sys.stdout)
