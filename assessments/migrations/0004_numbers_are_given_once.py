from typing import Any

from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce


def count_what_is_there(apps: Any, _: object) -> None:
    assessments = apps.get_model("assessments", "Assessment").objects
    for kind in ("Scenario", "Milestone"):
        rows = apps.get_model("assessments", kind).objects.filter(assessment=OuterRef("pk"))
        highest = rows.order_by().values("assessment").annotate(highest=Max("number")).values("highest")
        assessments.update(**{f"last_{kind.lower()}": Coalesce(Subquery(highest), 0)})


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_figures_plans_scenarios_and_milestones"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="last_milestone",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="assessment",
            name="last_scenario",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunPython(count_what_is_there, migrations.RunPython.noop),
    ]
