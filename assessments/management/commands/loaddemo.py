"""Loads the invented sample organisations, so that there is something to look at."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.models import Assessment
from assessments.samples import samples, store_sample


class Command(BaseCommand):
    help = "Load the sample organisations. Run twice, it changes nothing the second time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only if there is no assessment at all in the database"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if if_empty and Assessment.objects.exists():
            self.stdout.write("There are assessments already, so no samples were loaded.")
            return
        for sample in samples():
            done = store_sample(sample)
            self.stdout.write(
                f"{sample.organisation}: {done}, {len(sample.answers)} answers, {sample.mode} assessment"
            )
