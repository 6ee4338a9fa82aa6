from typing import Any

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "shared_cache"


def make(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", TABLE, database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0013_webhooks"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
