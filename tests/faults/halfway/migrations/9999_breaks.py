"""Makes a table and a column, writes a row, and breaks."""

from typing import Any

from django.db import migrations, models


def _last() -> str:
    """The newest of the others."""
    from pathlib import Path

    import assessments.migrations

    folder = Path(str(assessments.migrations.__file__)).parent
    return max(each.stem for each in folder.glob("0*.py"))


def write(apps: Any, schema_editor: Any) -> None:
    apps.get_model("assessments", "HalfMade").objects.create(name="half")
    apps.get_model("assessments", "Assessment").objects.update(half="made")


def breaks(apps: Any, schema_editor: Any) -> None:
    raise RuntimeError("this one breaks on purpose")


class Migration(migrations.Migration):
    dependencies = [("assessments", _last())]

    operations = [
        migrations.CreateModel(
            name="HalfMade",
            fields=[("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=10))],
        ),
        migrations.AddField("assessment", "half", models.CharField(max_length=10, default="")),
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.RunPython(breaks, migrations.RunPython.noop),
    ]
