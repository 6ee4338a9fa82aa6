"""Many units side by side, for everybody in a workspace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.workspace.access import Membership, Role, client_in, desk_page
from reports.portfolio_page import portfolio_page


@desk_page(Role.VIEWER)
@require_safe
def portfolio(request: HttpRequest, membership: Membership, client: str = "") -> HttpResponse:
    """The newest assessment of every unit, of all clients or of one."""
    workspace = membership.workspace
    if not client and (chosen := request.GET.get("client", "")):
        return redirect(
            "reports:client_portfolio", workspace.public_id, client_in(workspace, chosen).public_id
        )
    found = client_in(workspace, client) if client else None
    page = portfolio_page(workspace, client=found, page=request.GET.get("page", ""))
    words = {"workspace": workspace, "membership": membership, "here": "portfolio", "shown": page}
    return render(request, "desk/portfolio.html", words)
