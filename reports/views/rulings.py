"""Where a consultant judges differently from the rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_at_desk, private_page
from assessments.http import SeeOther
from assessments.rulings import record_rulings, rulings_of
from reports.rulings_page import rulings_page
from reports.telling import read


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def rulings(request: HttpRequest, public_id: str) -> HttpResponse:
    """Bottleneck and gates, each as calculated or with a verdict of one's own and its reason."""
    assessment = assessment_at_desk(request, public_id)
    sent = request.POST if request.method == "POST" else None
    page = rulings_page(read(assessment), rulings_of(assessment), sent)
    if sent is not None and not page.mistakes:
        record_rulings(request, assessment=assessment, wanted=page.entered)
        return SeeOther(f"{reverse('reports:result', args=[public_id])}#judged")
    words = {"assessment": assessment, "page": page}
    return render(request, "reports/rulings.html", words, status=422 if sent is not None else 200)
