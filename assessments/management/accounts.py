"""The account that a command is about, by the address that was typed."""

from django.core.management.base import CommandError

from assessments.accounts.models import User


def account_at(email: str) -> User:
    """Raises CommandError where there is none."""
    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise CommandError(f"There is no account with {email}. `manage.py listaccounts` shows all.")
    return found
