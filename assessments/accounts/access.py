"""Who is signed in, and for what is sensitive: whether they have proven lately that it is them."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest

from assessments.accounts.models import User

recently_proven = reauthentication_required
"""A decorator for views, below the one that lets somebody in: ``@desk_page(Role.OWNER)``, then ``@recently_proven``.

Whoever signed in, or gave password or code again, more than ACCOUNT_REAUTHENTICATION_TIMEOUT seconds ago is asked to do so,
and comes back to the page they were on. What they had sent is not kept.
"""


def account_of(request: HttpRequest) -> User:
    """The account of whoever is signed in. Only where somebody has to be."""
    return cast(User, request.user)
