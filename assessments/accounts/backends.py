"""Who may sign in with a password: everybody with an account, and the account for trying out only where it is shown."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from assessments.accounts.demo import ADDRESS
from assessments.accounts.models import User


class ByAddress(AuthenticationBackend):
    """allauth's own, except that everybody knows the password of the account for trying out.

    It is made where GROUNDWORK_DEBUG is on. The same data may be served to others later, and then it opens nothing.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if str(credentials.get("email", "")).lower() == ADDRESS and not settings.DEBUG:
            credentials["email"] = f"nobody@{ADDRESS}"  # which takes as long as any other address
        user: User | None = super().authenticate(request, **credentials)
        return user

    def get_user(self, user_id: int) -> User | None:
        user: User | None = super().get_user(user_id)
        return None if user is not None and user.email == ADDRESS and not settings.DEBUG else user
