"""What the page of an invitation says to whoever opens it."""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.http import HttpRequest

from assessments.access import signed_in
from assessments.accounts.invited import is_meant_for
from assessments.accounts.models import User
from assessments.models import Invitation
from assessments.workspace.people_page import RoleChoice, roles

type Way = Literal["join", "other account", "sign in", "sign up", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningPage:
    """``way`` is what has to happen next; only holders of the link get to know whether there is an account."""

    invitation: Invitation
    role: RoleChoice
    way: Way
    provider: str


def joining_page(request: HttpRequest, invitation: Invitation) -> JoiningPage:
    """What the template prints. One query where nobody is signed in."""
    return JoiningPage(
        invitation=invitation,
        role=next(each for each in roles() if each.value == invitation.role),
        way=_way(request, invitation),
        provider=settings.OIDC["name"],
    )


def _way(request: HttpRequest, invitation: Invitation) -> Way:
    if is_meant_for(request, invitation):
        return "join"
    if signed_in(request):
        return "other account"
    if User.objects.filter(email=invitation.email).exists():
        return "sign in"
    return "closed" if settings.SIGN_UP == "off" else "sign up"
