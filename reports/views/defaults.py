"""Figures of judgement that a workspace sets once for all assessments to come."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.defaults import default_figures, set_defaults
from assessments.http import SeeOther
from assessments.playbooks import current
from assessments.workspace.access import Membership, Role, desk_page
from reports.figures_page import GROUPS, defaults_page


@desk_page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def defaults(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Every figure that can be set, in groups; each group is stored by itself."""
    workspace = membership.workspace
    sent = request.POST if request.method == "POST" else None
    group = sent.get("group", "") if sent else ""
    if sent is not None and group not in GROUPS:
        raise Http404
    page = defaults_page(current(), default_figures(workspace), group=group, data=sent)
    if sent is not None and not page.mistakes:
        set_defaults(request=request, workspace=workspace, figures=page.entered)
        address = reverse("reports:defaults", args=[workspace.public_id])
        return SeeOther(f"{address}?saved={group}#{group}")
    words = {"workspace": workspace, "membership": membership, "here": "defaults", "page": page}
    words["saved"] = request.GET.get("saved", "")
    return render(request, "desk/defaults.html", words, status=422 if sent is not None else 200)
