"""Shows what workers could not do, and has it tried once more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments import work

SHORT = 8
"""So many characters of its number name a piece of work."""


class Command(BaseCommand):
    help = (
        "List the work of the last day that workers could not do (TASKS=database): number, when, what, and the kind of error; "
        "with --verbosity 2 also where it happened. With --again it is put back into the queue, once the reason is mended. "
        "Mails and messages to other programs are tried again by themselves, and are not here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", metavar="NUMBER", help='the number of one of them, or "all"')

    def handle(self, *args: Any, again: str | None, verbosity: int = 1, **options: Any) -> None:
        found = work.failed()
        if again is None:
            for each in found:
                name = str(each.pk)[:SHORT]
                self.stdout.write(
                    f"{name}  {each.finished_at:%Y-%m-%d %H:%M} UTC  {each.task_path}  {each.exception_class_path}"
                )
                if verbosity > 1:
                    self.stdout.write(each.traceback)
            self.stdout.write(f"Failed: {len(found)}.")
            return
        chosen = [each for each in found if again == "all" or (again and str(each.pk).startswith(again))]
        if again != "all" and len(chosen) != 1:
            raise CommandError(
                f"{len(chosen)} pieces of failed work have a number that begins with {again}. "
                "`manage.py failedwork` lists them all."
            )
        self.stdout.write(f"Put back into the queue: {sum(work.once_more(each) for each in chosen)}.")
        if chosen and not work.workers():
            self.stdout.write("No worker has been seen for half a minute: `manage.py db_worker` is one.")
