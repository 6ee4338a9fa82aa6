"""Where somebody is named in a workspace, for its owners when a person asks."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.accounts.access import recently_proven
from assessments.erasing import take_out_of_plans
from assessments.http import SeeOther
from assessments.models import Membership, Role
from assessments.workspace.access import desk_page
from assessments.workspace.frame import show
from assessments.workspace.naming import named_page


@desk_page(Role.OWNER)
@recently_proven
@require_http_methods(["GET", "HEAD", "POST"])
def named(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Search for a name or an address; take who owns moves out of the plans."""
    here = reverse("assessments:named", args=[membership.workspace.public_id])
    if request.method == "POST":
        owner = request.POST.get("owner", "")
        count = take_out_of_plans(request=request, workspace=membership.workspace, owner=owner)
        return SeeOther(f"{here}?gone={count}")
    page = named_page(membership.workspace, request.GET)
    return show(request, "desk/named.html", membership, "people", page=page)
