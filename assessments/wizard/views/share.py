"""A client that answers alone shows its answers to the consultancy it answers for."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import casework
from assessments.access import assessment_for, private_page
from assessments.http import SeeOther
from assessments.wizard.steps import show_page


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say who will see what; and on to the review once it is shared, also where it was shared before."""
    assessment = assessment_for(request, public_id)
    if assessment.kept_by_client and request.method != "POST":
        return show_page(request, "assessments/wizard/share.html", assessment, {})
    if assessment.kept_by_client:
        casework.share(request=request, assessment=assessment)
    return SeeOther(f"{reverse('assessments:review', args=[public_id])}?shared=1")
