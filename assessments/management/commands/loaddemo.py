"""Loads the invented sample organisations, and a consultant to try the desk out with, so that there is something to look at."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from assessments.accounts.demo import ADDRESS, PASSWORD
from assessments.demo import store_demo_consultant
from assessments.models import Assessment
from assessments.samples import samples, store_sample


class Command(BaseCommand):
    help = (
        "Load the sample organisations, and with GROUNDWORK_DEBUG a consultant to try the desk out with. Run twice, it "
        "changes nothing the second time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only if there is no assessment at all in the database"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        self.load_samples(if_empty)
        self.load_consultant()

    def load_consultant(self) -> None:
        """The one for trying out, whose password everybody knows; elsewhere there are only real ones."""
        if not settings.DEBUG:
            return
        done = "loaded" if store_demo_consultant() else "unchanged"
        self.stdout.write(f"Consultant {ADDRESS}: {done}, signs in with the password: {PASSWORD}")

    def load_samples(self, if_empty: bool) -> None:
        if if_empty and Assessment.objects.exists():
            self.stdout.write("There are assessments already, so no samples were loaded.")
            return
        for sample in samples():
            done = store_sample(sample)
            self.stdout.write(
                f"{sample.organisation}: {done}, {len(sample.answers)} answers, {sample.mode} assessment"
            )
