"""The trail of a workspace, for its owners."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.models import Membership, Role
from assessments.workspace.access import desk_page
from assessments.workspace.frame import show
from assessments.workspace.happened import trail_page


@desk_page(Role.OWNER)
@require_safe
def trail(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Who did what, the newest first."""
    page = trail_page(membership.workspace, request.GET)
    return show(request, "desk/trail.html", membership, "people", page=page)
