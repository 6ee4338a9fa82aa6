"""The way in: the only workspace somebody has, or the choice among theirs."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.access import private_page
from assessments.accounts.invited import invitation_of
from assessments.workspace.access import may_start_workspace, memberships_of


@private_page
@require_safe
@login_required
def entry(request: HttpRequest) -> HttpResponse:
    """Straight to the only workspace, the choice among several, or what to do without one."""
    memberships = memberships_of(request)
    if len(memberships) == 1:
        return redirect("assessments:desk", memberships[0].workspace.public_id)
    page = {
        "memberships": memberships,
        "invitation": invitation_of(request),
        "may_start": may_start_workspace(request),
    }
    return render(request, "desk/entry.html", page)
