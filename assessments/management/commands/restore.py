"""Puts a backup back into an empty database, and deletes again what was deleted since."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.backups.databases import BackupError
from assessments.backups.making import Restored, restore


class Command(BaseCommand):
    # As with backup: what brings data back waits for nothing else to be in order.
    requires_system_checks = []
    help = (
        "Put the backup FILE into an empty database; - reads standard input: age -d -i KEY FILE | manage.py restore -. Checks "
        "that it is whole, applies newer migrations, and deletes again what was deleted for good since it was made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where from; - for standard input")
        parser.add_argument(
            "--erased",
            metavar="LIST",
            action="append",
            default=[],
            help="an erased.txt that was kept apart, newer than the backup; for several machines several times",
        )
        parser.add_argument(
            "--other-key", action="store_true", help="even though the secret key is not the one from then"
        )

    def handle(
        self, *args: Any, file: str, erased: list[str], other_key: bool = False, **options: Any
    ) -> None:
        lists = [Path(each) for each in erased]
        for each in lists:
            if not each.is_file():
                raise CommandError(
                    f"There is no list {each}. It is erased.txt in the data folder of the old server; where nothing was ever "
                    "erased there is none, and --erased is left out."
                )
        try:
            if file == "-":
                done = restore(sys.stdin.buffer, erased=lists, other_key=other_key)
            else:
                with Path(file).open("rb") as source:
                    done = restore(source, erased=lists, other_key=other_key)
        except BackupError as wrong:
            raise CommandError(str(wrong)) from wrong
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from wrong
        self.tell(done)

    def tell(self, done: Restored) -> None:
        manifest, replayed = done.manifest, done.replayed
        self.stdout.write(
            f"Restored as of {manifest.made}: {len(manifest.counts)} tables, {sum(manifest.counts.values())} rows, every "
            f"count as it was. Migrations applied since: {done.migrated}. Deleted once more: "
            f"{sum(replayed.counts.values())}. Everybody has to sign in again."
        )
        if replayed.held:
            raise CommandError(
                "Some own a workspace alone again and are still there: "
                + "; ".join(
                    f"{who} of {', '.join(each.name for each in rooms)}" for who, rooms in replayed.held
                )
                + ". Let another person become an owner, then run replay_erasures."
            )
