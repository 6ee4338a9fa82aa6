"""The consultancy's own names for its services."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.defaults import offers_in, set_offers
from assessments.http import SeeOther
from assessments.models import Membership, Role
from assessments.playbooks import current
from assessments.workspace.access import desk_page
from assessments.workspace.offering import offers_page


@desk_page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Two names a layer: what is run for clients, and what is built with them."""
    workspace = membership.workspace
    sent = request.POST if request.method == "POST" else None
    page = offers_page(current(), offers_in(workspace), sent)
    if sent is not None and not page.mistakes:
        set_offers(request=request, workspace=workspace, names=page.names)
        return SeeOther(f"{reverse('assessments:offers', args=[workspace.public_id])}?saved=1")
    words = {
        "workspace": workspace,
        "membership": membership,
        "here": "offers",
        "page": page,
        "saved": "saved" in request.GET,
    }
    return render(request, "desk/offers.html", words, status=422 if page.mistakes else 200)
