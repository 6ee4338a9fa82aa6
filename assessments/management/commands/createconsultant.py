"""Makes the account of a consultant with a workspace: the first one of a new server, or one where nobody may sign up."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from assessments.accounts.models import User
from assessments.answering import RefusedError, clean_line
from assessments.models.assessment import NAME_LENGTH
from assessments.people import start_workspace


class Command(BaseCommand):
    help = (
        "Make an account and a workspace that it owns. Asks for a password, or reads it from standard input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument("--name", default="", help="what others in the workspace see")
        parser.add_argument(
            "--workspace", default="", help="its name (default: the name, or else the address)"
        )

    def handle(self, *args: Any, email: str, name: str, workspace: str, **options: Any) -> None:
        address = email.strip().lower()
        check_address(address)
        password = ask_password()
        try:
            validate_password(password, User(email=address, name=name))
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        try:
            with transaction.atomic():
                called = clean_line(name, NAME_LENGTH, gettext("Name"))
                owner = User.objects.create_user(address, password, name=called)
                EmailAddress.objects.create(user=owner, email=address, primary=True, verified=True)
                made = start_workspace(request=None, owner=owner, name=workspace or name or address)
        except RefusedError as refused:
            raise CommandError(f"{refused}.") from refused
        self.stdout.write(f"{address} owns the workspace {made.name}, and signs in at /account/login/.")


def check_address(address: str) -> None:
    """Raise CommandError for what is no address, and for one that has an account already."""
    try:
        validate_email(address)
    except ValidationError as refused:
        raise CommandError(f"{address!r} is not an e-mail address, such as ana@example.com.") from refused
    if User.objects.filter(email=address).exists():
        raise CommandError(f"There is an account with {address} already.")


def ask_password() -> str:
    """The password, typed twice; from standard input one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if password != getpass("The same once more: "):
        raise CommandError("The two passwords differ. Try again.")
    return password
