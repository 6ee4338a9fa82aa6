"""Coming back by the private link. Opening it shows a button and nothing else, since mail scanners open links too."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_behind, let_in, private_page
from assessments.http import SeeOther
from assessments.models import Assessment
from assessments.retention import note_return
from assessments.wizard.addresses import next_url
from assessments.wizard.progress import progress_of

FRESH = timedelta(days=1)
"""After a longer break the overview helps more than the next question."""


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to go on; going on ties the assessment to this browser and leaves the secret behind."""
    assessment = assessment_behind(token)
    if request.method == "POST":
        let_in(request, assessment)
        note_return(assessment)
        return SeeOther(_place_to_go_on(assessment))
    response = render(request, "assessments/wizard/resume.html")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _place_to_go_on(assessment: Assessment) -> str:
    if timezone.now() - assessment.touched > FRESH:
        return reverse("assessments:hub", args=[assessment.public_id])
    return next_url(assessment, progress_of(assessment))
