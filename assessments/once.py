"""A form that makes something makes it once, however often it was sent.

Two clicks may be answered before either answer arrives, so nothing in the session can tell. What tells is the number on
the page, together with the browser's protection against foreign forms: the number alone is worth nothing.
"""

import base64
import secrets

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

KEY_SALT = "groundwork.once"
FIELD = "once"
"""The name of the field that holds the number."""


def new_number() -> str:
    """For the field of one page."""
    return secrets.token_urlsafe(16)


def word_of(request: HttpRequest, size: int, *parts: str) -> str:
    """So many random bytes as text, the same ones for each sending of this form with these parts, and for no other.

    Empty where the form came without its number.
    """
    once, secret = request.POST.get(FIELD, ""), request.META.get("CSRF_COOKIE", "")
    if not (once and secret):
        return ""
    digest = salted_hmac(KEY_SALT, "\n".join((once, secret, *parts)), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:size]).rstrip(b"=").decode()
