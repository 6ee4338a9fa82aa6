"""The invitation that a browser has come in by: it opens sign-up to one address, and the workspace to one account."""

from django.http import HttpRequest

from assessments.access import signed_in
from assessments.models import Invitation
from assessments.people import invitation_numbered

KEY = "invitation"
"""Under which the number of the invitation lies in the session."""


def remember(request: HttpRequest, invitation: Invitation) -> None:
    """Whoever has the link has read the mail, so the address in it is proven to be theirs."""
    request.session[KEY] = invitation.pk
    request.session["account_verified_email"] = (
        invitation.email
    )  # where allauth looks when an account is made


def forget(request: HttpRequest) -> None:
    """The invitation is used, or was not meant for this account."""
    request.session.pop(KEY, None)
    request.session.pop("account_verified_email", None)


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The invitation of this browser, as long as it is in force. No query where there is none."""
    return invitation_numbered(request.session.get(KEY))


def is_meant_for(request: HttpRequest, invitation: Invitation) -> bool:
    """Whether whoever is signed in is the one who was invited."""
    return signed_in(request) and bool(getattr(request.user, "email", "") == invitation.email)
