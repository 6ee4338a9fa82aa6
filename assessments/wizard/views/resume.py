"""Coming back by the private link. Opening it shows a button and nothing else, since mail scanners open links too."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_behind, let_in, private_page
from assessments.http import SeeOther
from assessments.models import Assessment
from assessments.retention import note_return
from assessments.wizard.addresses import next_url
from assessments.wizard.first_visit import begin, begun_by_double_click, is_first_visit
from assessments.wizard.progress import progress_of

FRESH = timedelta(days=1)
"""After a longer break the overview helps more than the next question."""


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to go on; going on ties the assessment to this browser and leaves the secret behind."""
    assessment = _behind(request, token)
    if request.method == "POST":
        if is_first_visit(assessment):
            begin(request, assessment)
        let_in(request, assessment)
        note_return(assessment)
        return SeeOther(_place_to_go_on(assessment))
    words = {"assessment": assessment, "first": is_first_visit(assessment)}
    response = render(request, "assessments/wizard/resume.html", words)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _behind(request: HttpRequest, token: str) -> Assessment:
    try:
        return assessment_behind(token)
    except Http404:
        if request.method != "POST":
            raise
        return begun_by_double_click(request, token)


def _place_to_go_on(assessment: Assessment) -> str:
    if assessment.kept_by_client and not assessment.version:
        return reverse("assessments:scope", args=[assessment.public_id])
    if timezone.now() - assessment.touched > FRESH:
        return reverse("assessments:hub", args=[assessment.public_id])
    return next_url(assessment, progress_of(assessment))
