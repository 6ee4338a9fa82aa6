"""Writes everything that Groundwork knows into one file, while it goes on serving."""

import signal
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.backups.archive import Manifest
from assessments.backups.databases import BackupError
from assessments.backups.making import make_backup, new_file


class Command(BaseCommand):
    # What saves data waits neither for a playbook without a mistake nor for all pages to be loaded.
    requires_system_checks = []
    help = (
        "Write a backup into FILE, which must not be there yet; - writes to standard output, so that it can be encrypted on "
        "its way: manage.py backup - | age -r age1... > FILE. The secret key is not in it: keep that apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to; - for standard output")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        if threading.current_thread() is threading.main_thread():  # what was begun is taken away then
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            if file == "-":
                manifest = self.to_standard_output()
            else:
                with new_file(Path(file)) as out:
                    manifest = make_backup(out)
        except BackupError as wrong:
            raise CommandError(str(wrong)) from wrong
        rows = sum(manifest.counts.values())
        assessments = manifest.counts.get("assessments_assessment", 0)
        self.stderr.write(
            f"Backed up as of {manifest.made}: {len(manifest.counts)} tables, {rows} rows, {assessments} assessments. "
            "The secret key is not in it."
        )

    def to_standard_output(self) -> Manifest:
        if sys.stdout.isatty():
            raise CommandError("A backup is nothing to read: name a file, or send it on with | or >.")
        manifest = make_backup(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return manifest
