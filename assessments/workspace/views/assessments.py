"""All assessments of a workspace at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Membership, Role
from assessments.workspace.access import desk_page


@desk_page(Role.VIEWER)
@require_safe
def desk(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The list of assessments."""
    return render(
        request, "desk/assessments.html", {"membership": membership, "workspace": membership.workspace}
    )
