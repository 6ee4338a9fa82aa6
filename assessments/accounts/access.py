"""Who is signed in, and for what is sensitive: whether they have proven lately that it is them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from assessments.access import signed_in
from assessments.accounts.models import User

recently_proven = reauthentication_required
"""A decorator for views, below the one that lets somebody in: ``@desk_page(Role.OWNER)``, then ``@recently_proven``.

Whoever signed in, or gave password or code again, more than ACCOUNT_REAUTHENTICATION_TIMEOUT seconds ago is asked to do so,
and comes back to the page they were on. What they had sent is not kept.
"""


def proven_if_signed_in[**Given](
    view: Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
    """The same for pages that people without an account open too, by a private link: they have nothing to prove it with."""
    proven = recently_proven(view)

    @wraps(view)
    def opened(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        asked: HttpResponseBase = (proven if signed_in(request) else view)(request, *args, **kwargs)
        return asked

    return opened


def account_of(request: HttpRequest) -> User:
    """The account of whoever is signed in. Only where somebody has to be."""
    return cast(User, request.user)
