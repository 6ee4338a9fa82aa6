"""Deletes once more what a backup that was put back has brought back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.erasing import replay


class Command(BaseCommand):
    help = (
        "After a backup was put back: delete everything that was deleted for good since it was made. Reads the list "
        "in the data folder, which has to be kept apart from the backup. May be run as often as one likes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = replay()
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
                "Some are again the only owners of a workspace and are still there: "
                + "; ".join(f"{address} of {error}" for address, error in done.held)
                + ". Run erase_person for each of them as its message says."
            )
