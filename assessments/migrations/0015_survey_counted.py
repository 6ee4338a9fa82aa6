from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Coalesce, Now


def note_counts(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What shows counts was counted when it was closed, or at the latest now where it was opened again."""
    surveys = apps.get_model("assessments", "Survey").objects.filter(tallies__isnull=False)
    surveys.update(counted=Coalesce("closed", Now()))


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_shared_cache"),
    ]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="counted",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(note_counts, migrations.RunPython.noop),
    ]
