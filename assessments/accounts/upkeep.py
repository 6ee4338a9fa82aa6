"""What whoever runs the server does for an account: a link to a new password, and switching it off and on."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from assessments import audit
from assessments.accounts import sessions
from assessments.accounts.models import User


def password_link(user: User) -> str:
    """The link that a mail about a forgotten password holds: it works once, for as long as such a mail does.

    Without the name of the server where the settings do not say it: a command was asked under no name.
    """
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    link = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    audit.note_account(None, "account.password_link", user.pk)
    return f"{settings.PUBLIC_URL}{link}"


def switch(user: User, *, on: bool) -> bool:
    """Let nobody sign in to the account, or let its owner in again; whether that is new.

    Switched off, it is signed out of every browser at once. What it has made and what it may do stay as they are.
    """
    with transaction.atomic():
        changed = bool(User.objects.filter(pk=user.pk).exclude(is_active=on).update(is_active=on))
        if changed:
            audit.note_account(None, f"account.switched_{'on' if on else 'off'}", user.pk)
        if not on:
            sessions.forget_everywhere(user)
    return changed
