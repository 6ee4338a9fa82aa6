"""Who is asking: for how long that holds, and when they have to prove it once more."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from assessments.access import signed_in
from assessments.accounts.sessions import end_if_over
from assessments.http import came_from_ours


class SignedInForAWhile(AuthenticationMiddleware):
    """Django's own, which first looks whether the time is over. Nothing is read before somebody asks for the user."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]


def _person(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        end_if_over(request.session)
    return get_user(request)


class AskAgain:
    """Send whoever wants to do something sensitive to where they prove again who they are.

    allauth would keep a form in the session and send it afterwards. Here it is sent anew by hand: what was typed may be a
    password, and has no business in the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, ReauthenticationRequired):
            return None
        way = reverse("account_login")
        if signed_in(request):
            way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        response = HttpResponseRedirect(f"{way}?{urlencode({'next': _page(request)})}")
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _page(request: HttpRequest) -> str:
    """The page that somebody is on; for a form the one it stands on, as far as the browser says so."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return came_from_ours(request) or "/"
