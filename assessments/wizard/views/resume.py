"""Coming back by the private link. Opening it shows a button and nothing else, since mail scanners open links too."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_behind, let_in, private_page
from assessments.http import SeeOther
from assessments.links import replace_link
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
    assessment = begun_with(request, token) or assessment_behind(token)
    if request.method == "POST":
        if is_first_visit(assessment):
            replace_link(assessment=assessment)
            note_begun(request, token, assessment)
        let_in(request, assessment)
        note_return(assessment)
        return SeeOther(_place_to_go_on(assessment))
    words = {"assessment": assessment, "first": is_first_visit(assessment)}
    response = render(request, "assessments/wizard/resume.html", words)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


# --- The first visit of a client ------------------------------------------------------------------------------------------


def is_first_visit(assessment: Assessment) -> bool:
    """Whether a client comes in by the link that a consultant has sent.

    That link ends here, and the client's own takes its place: the consultant who knows the first one must not be able
    to read what is answered.
    """
    return assessment.kept_by_client and assessment.link_number == 1


def _place_to_go_on(assessment: Assessment) -> str:
    if assessment.kept_by_client and not assessment.version:
        return reverse("assessments:scope", args=[assessment.public_id])
    if timezone.now() - assessment.touched > FRESH:
        return reverse("assessments:hub", args=[assessment.public_id])
    return next_url(assessment, progress_of(assessment))
