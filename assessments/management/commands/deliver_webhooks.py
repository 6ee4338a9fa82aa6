"""Sends the messages to programs that are due; the server does that by itself, this is for whoever runs it elsewhere."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.webhooks import deliver_due


class Command(BaseCommand):
    help = "Send the messages to programs that are due. `manage.py serve` does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Taken by the other side: {deliver_due()}.")
