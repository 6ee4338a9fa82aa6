"""Lets somebody in again who has lost both the phone and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from assessments import audit
from assessments.management.accounts import account_at


class Command(BaseCommand):
    help = (
        "Switch the second step of an account off: app, passkeys and recovery codes. Be sure who asks for it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = account_at(email)
        with transaction.atomic():
            count, _by_model = Authenticator.objects.filter(user=user).delete()
            audit.note_account(None, "account.second_step_off", user.pk)
        self.stdout.write(f"Switched off for {user.email}: {count}.")
