"""Does the work that the web servers have put into the database: mail, PDFs that somebody asked for, large exports."""

import os
import secrets
import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments import work
from assessments.working import Working, stand_back


class Command(BaseCommand):
    help = (
        "Do the work that web servers have put into the database (TASKS=database). Run as many as you like, on as many "
        "machines as you like; each piece of work is done by one of them. SIGTERM or Ctrl+C ends it: what it has begun is "
        "finished within a few seconds or given to another."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--interval",
            type=float,
            default=0.5,
            help="seconds between two looks where there is nothing to do (default: %(default)s)",
        )
        parser.add_argument("--batch", action="store_true", help="end when there is nothing more to do")
        parser.add_argument(
            "--max-tasks",
            type=int,
            help="end after so many pieces of work, to be started anew by what watches over it",
        )
        parser.add_argument(
            "--worker-id",
            default="",
            help="a name that no other worker has (default: made from the machine's)",
        )

    def handle(
        self,
        *args: Any,
        interval: float,
        batch: bool,
        max_tasks: int | None,
        worker_id: str,
        verbosity: int = 1,
        **options: Any,
    ) -> None:
        if not work.is_queued():
            raise CommandError(
                "TASKS is immediate, so web servers do everything at once and there is nothing for a worker. Set "
                "TASKS=database, here and for every web server."
            )
        if not 0.05 <= interval <= 60:
            raise CommandError(f"--interval is {interval:g}, but can only be from 0.05 to 60 seconds.")
        if max_tasks is not None and max_tasks < 1:
            raise CommandError(f"--max-tasks is {max_tasks}, but can only be 1 or more.")
        name = worker_id[:64] or f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        stand_back()
        if verbosity:
            self.stdout.write(f"Worker {name} waits for work. To end it, press Ctrl+C.")
            self.stdout.flush()
        work.worker_started.send(type(self))
        Working(name, interval=interval, until_empty=batch, most=max_tasks).run()
