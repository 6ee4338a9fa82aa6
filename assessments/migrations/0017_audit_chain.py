from typing import Any

from django.db import migrations, models

from assessments.trail import protect_seals, unprotect_seals


def on(_: Any, editor: Any) -> None:
    protect_seals(editor.connection)


def off(_: Any, editor: Any) -> None:
    unprotect_seals(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0016_workshop")]

    operations = [
        migrations.CreateModel(
            name="TrailHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("first", models.BigIntegerField(default=0)),
                ("anchor", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="TrailSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(on, off),
    ]
