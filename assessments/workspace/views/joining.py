"""Coming into a workspace by the link of an invitation. Opening it changes nothing, since mail scanners open links too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.access import private_page, signed_in
from assessments.accounts import invited as kept
from assessments.http import SeeOther
from assessments.models import Invitation
from assessments.people import invitation_behind
from assessments.people import join as join_workspace
from assessments.workspace.joining_page import joining_page


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to join; going on remembers the invitation in this browser and leaves the secret behind."""
    invitation = invitation_behind(token)
    if invitation is None:
        response = render(request, "desk/join_over.html", status=404)
    elif request.method != "POST":
        response = render(
            request, "desk/join.html", {"page": joining_page(request, invitation), "arrived": False}
        )
    elif kept.is_meant_for(request, invitation):
        response = _join(request, invitation)
    else:
        kept.remember(request, invitation)
        response = SeeOther(reverse("assessments:invitation"))
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The way in for this browser's invitation: sign in, make an account, or join."""
    invitation = kept.invitation_of(request)
    if invitation is None:
        return render(request, "desk/join_over.html", status=404)
    if request.method == "POST" and kept.is_meant_for(request, invitation):
        return _join(request, invitation)
    page = {"page": joining_page(request, invitation), "arrived": True, "signed_in": signed_in(request)}
    return render(request, "desk/join.html", page)


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    join_workspace(request=request, invitation=invitation)
    kept.forget(request)
    return SeeOther(reverse("assessments:desk", args=[invitation.workspace.public_id]))
