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
                "Some own a workspace alone again and are still there: "
                + "; ".join(f"{who} of {', '.join(each.name for each in rooms)}" for who, rooms in done.held)
                + ". Let another person become an owner, then run this once more; or run erase_person for them."
            )
