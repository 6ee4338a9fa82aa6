"""The re-check of one gate: what it is, and its beginning; the questions are asked where they always are."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_for, private_page
from assessments.http import SeeOther
from assessments.milestones import FullError
from assessments.wizard.addresses import question_url
from assessments.wizard.progress import progress_of
from assessments.wizard.recheck import begin_walk, recheck_page
from assessments.wizard.steps import show_step

TEMPLATE = "assessments/wizard/recheck.html"


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def recheck(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what is asked again; or keep today's answers as a milestone, and on to the first question."""
    assessment = assessment_for(request, public_id)
    progress = progress_of(assessment)
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            walk = begin_walk(assessment, progress)
        except FullError:
            walk = None
        if walk:
            return SeeOther(question_url(assessment, walk.questions[0], sender="recheck"))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    page = recheck_page(assessment, progress)
    return show_step(request, TEMPLATE, assessment, {"page": page}, status)
