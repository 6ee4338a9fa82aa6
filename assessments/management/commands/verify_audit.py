"""Says whether the trail is still what was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments import chain


class Command(BaseCommand):
    help = (
        "Check that no line of the trail was changed or taken away since it was written. Ends with an error where one was. "
        "Seals from the log, which has one for each day, show a chain that was made anew as a whole: name them with --seal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seal",
            action="append",
            default=[],
            metavar="NUMBER:DIGEST",
            help="a seal as it stands in the log; may be given several times",
        )

    def handle(self, *args: Any, seal: list[str], **options: Any) -> None:
        try:
            found = chain.verify(seal)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if found.broken:
            raise CommandError(
                f"The trail is not what was written. {found.broken} Before it, {found.sealed} lines are right. "
                "Keep a copy of the database as it is, and compare it with the backups."
            )
        if found.sealed:
            said = f"The trail is what was written: {found.sealed} lines. Its last seal is {found.head}"
        else:
            said = "Nothing stands in the trail yet that has a seal."
        self.stdout.write(said)
        if found.loose:
            self.stdout.write(
                f"Lines without a seal: {found.loose}. The server seals them within a day; more of them than it writes "
                "in a moment were put there by somebody else, or before there were seals."
            )
