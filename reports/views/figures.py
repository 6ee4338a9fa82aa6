"""Figures of judgement, set for one assessment."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_for, private_page
from assessments.http import SeeOther
from assessments.planning import set_figures
from reports.figures_page import GROUPS, figures_page
from reports.telling import read


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every figure that can be set, in groups; each group is stored by itself."""
    assessment = assessment_for(request, public_id)
    sent = request.POST if request.method == "POST" else None
    group = sent.get("group", "") if sent else ""
    if sent is not None and group not in GROUPS:
        raise Http404
    page = figures_page(read(assessment), group=group, data=sent)
    if sent is not None and not page.mistakes:
        set_figures(assessment=assessment, figures=page.entered)
        return SeeOther(f"{reverse('reports:figures', args=[public_id])}?saved={group}#{group}")
    words = {"assessment": assessment, "page": page, "saved": request.GET.get("saved", "")}
    return render(request, "reports/plan/figures.html", words, status=422 if sent is not None else 200)
