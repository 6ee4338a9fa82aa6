"""Whether somebody signs in from a browser that has been theirs before; if not, they are told by mail.

The browser keeps the accounts it knows in a signed cookie, as fingerprints; the server keeps nothing.
"""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessments.accounts.models import User

SALT = "groundwork.browsers"
LASTS = timedelta(days=400)
"""As long as browsers keep a cookie at most."""
MOST = 20
"""Accounts that one browser knows."""
JUST_MADE = timedelta(hours=1)
"""An account that young was made in this browser, so nobody has to be told."""


def greet(request: HttpRequest, user: User, response: HttpResponse | None = None, **_: Any) -> None:
    """Somebody has just signed in, with every step there is: tell them if the browser is new, and have it remember."""
    known, this = _known(request), _fingerprint(user)
    if this not in known and timezone.now() - user.joined > JUST_MADE:
        get_adapter(request).send_notification_mail("account/email/new_browser", user)
    if response is not None:
        kept = [this, *(each for each in known if each != this)][:MOST]
        response.set_cookie(
            settings.BROWSER_COOKIE_NAME,
            signing.dumps(kept, salt=SALT),
            max_age=LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _known(request: HttpRequest) -> list[str]:
    try:
        found = signing.loads(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return []
    return [str(each) for each in found]


def _fingerprint(user: User) -> str:
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()[:32]
