"""What happens to accounts, as lines of the trail: signing in and out, passwords, addresses and second steps.

allauth and Django tell of these by signals, whoever does it and by whatever way.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_step
from django.contrib.auth import get_user_model
from django.contrib.auth import signals as signing
from django.http import HttpRequest

from assessments import audit, throttle
from assessments.http import network_of

MOST_FAILED = 20
"""Lines an hour about wrong passwords from one network: more say nothing more, and would let anybody fill the trail."""


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    signing.user_logged_in.connect(_signed_in, dispatch_uid="groundwork.note_signed_in")
    signing.user_logged_out.connect(_signed_out, dispatch_uid="groundwork.note_signed_out")
    signing.user_login_failed.connect(_failed, dispatch_uid="groundwork.note_failed")
    for signal, action in (
        (account.password_changed, "account.password_changed"),
        (account.password_set, "account.password_set"),
        (account.password_reset, "account.password_reset"),
        (account.email_changed, "account.email_changed"),
        (account.user_signed_up, "account.made"),
        (second_step.authenticator_added, "account.second_step_added"),
        (second_step.authenticator_removed, "account.second_step_removed"),
        (second_step.authenticator_reset, "account.second_step_renewed"),
    ):
        signal.connect(_noting(action), weak=False, dispatch_uid=f"groundwork.note.{action}")


def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    audit.note_account(request, "account.signed_in", user.pk)


def _signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        audit.note_account(request, "account.signed_out", user.pk)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Whose account it was, where there is one with the address; the address itself is not kept."""
    if request is None:
        return
    try:
        throttle.check_in("failed sign-ins noted", network_of(request), most=MOST_FAILED)
    except throttle.TooOftenError:
        return
    except throttle.CacheAwayError:  # rather a line too many than none
        pass
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    found = get_user_model().objects.filter(email=address).values_list("pk", flat=True).first()
    audit.note_account(request, "account.sign_in_failed", found)


def _noting(action: str) -> Any:
    def note(request: HttpRequest | None = None, user: Any = None, **_: Any) -> None:
        audit.note_account(request, action, user.pk if user is not None else None)

    return note
