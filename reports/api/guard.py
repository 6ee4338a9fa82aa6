"""Who may come in: a program with a key of a workspace, and not too often."""

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from assessments.http import network_of
from assessments.throttle import TooOftenError, hold_back
from assessments.tokens import ApiToken, token_behind

AN_HOUR = 2_000
"""Requests with one key."""
MISSES = 60
"""Wrong keys from one network within an hour; then right ones from there have to wait as well."""


class ComeBackError(HttpError):
    """Not now; ``seconds`` says when to come back."""

    def __init__(self, said: str, seconds: int, status: int = 503) -> None:
        self.seconds = seconds
        super().__init__(status, f"{said} Come back in {seconds} seconds.")


class SlowDownError(ComeBackError):
    """Too many requests."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many requests.", seconds, 429)


class Key(HttpBearer):
    """``Authorization: Bearer gw_...``"""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The key, if there is one with this secret. Raises SlowDownError.

        A key of 256 bits is guessed by nobody, so programs may go on while tries cannot be counted.
        """
        found = token_behind(token)
        try:
            if found is None:
                hold_back("api miss", network_of(request), most=MISSES)
            else:
                hold_back("api", str(found.pk), most=AN_HOUR)
        except TooOftenError as refused:
            raise SlowDownError(refused.seconds) from refused
        return found
