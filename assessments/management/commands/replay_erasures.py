"""Deletes once more what a backup that was put back has brought back."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.erasing import replay


class Command(BaseCommand):
    help = (
        "After a backup was put back: delete everything that was deleted for good since it was made. Reads the list "
        "in the data folder, which has to be kept apart from the backup, and lists of other machines that are named. "
        "May be run as often as one likes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="erased.txt of another machine of the same site",
        )

    def handle(self, *args: Any, files: Sequence[Path] = (), **options: Any) -> None:
        try:
            done = replay(*files)
        except OSError as error:
            raise CommandError(
                f"The list {error.filename} cannot be read ({error.strerror}); nothing was deleted."
            ) from error
        said = ", ".join(
            f"{name} {done.counts[kind]}"
            for kind, name in (
                ("workspace", "workspaces"),
                ("client", "clients"),
                ("assessment", "assessments"),
                ("person", "people"),
            )
        )
        self.stdout.write(f"Deleted once more: {said}.")
        if done.held:
            raise CommandError(
                "Some own a workspace alone again and are still there: "
                + "; ".join(f"{who} of {', '.join(each.name for each in rooms)}" for who, rooms in done.held)
                + ". Let another person become an owner, then run this once more; or run erase_person for them."
            )
