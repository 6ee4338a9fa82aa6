from typing import Any

from django.db import migrations

from assessments.trail import protect, unprotect


def on(_: Any, editor: Any) -> None:
    protect(editor.connection)


def off(_: Any, editor: Any) -> None:
    unprotect(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_rulings")]

    operations = [migrations.RunPython(on, off)]
