"""The result on paper: of one's own assessment, and of the sample organisations."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments import access
from assessments.throttle import TooOftenError
from reports.allowance import Allowance, counted
from reports.forms import figures, money_form
from reports.keeping import pdf_for, waiting
from reports.pdf import PdfBusyError, PdfError
from reports.printing import Size, file_name, pdf_of
from reports.telling import whole_report_of

RETRY_SECONDS = 10

log = logging.getLogger("reports.pdf")


@access.private_page
@require_safe
def result_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the answers of this assessment say, on paper."""
    assessment = access.assessment_for(request, public_id, reading=True)
    return pdf_response(request, assessment, reverse("reports:result", args=[public_id]))


@require_safe
def sample_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a sample organisation."""
    return pdf_response(request, access.sample_called(slug), reverse("reports:sample", args=[slug]))


def pdf_response(
    request: HttpRequest, assessment: access.Assessment, back: str, link: str = ""
) -> HttpResponse:
    """The PDF, or a page that says why there is none and where the whole report is; see Allowance for ``link``."""
    allowance = Allowance.of(request, assessment, link)
    typed = figures(money_form(request.GET))
    report = whole_report_of(assessment, **typed)
    size: Size = "letter" if request.GET.get("paper") == "letter" else "a4"
    try:
        # What was typed for looking is stored nowhere.
        if any(typed.values()):
            with waiting(), counted(allowance):
                made = pdf_of(report, size)
        else:
            made = pdf_for(assessment, report, size, allowance=allowance)
    except TooOftenError as refused:
        response = render(request, "reports/pdf_failed.html", {"often": refused, "back": back}, status=429)
        response["Retry-After"] = str(refused.seconds)
        return response
    except PdfError as reason:
        log.error("No PDF for %s: %s", assessment.public_id, reason)  # noqa: TRY400  the reason says it all
        words = {"busy": isinstance(reason, PdfBusyError), "back": back}
        response = render(request, "reports/pdf_failed.html", words, status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    named = content_disposition_header(as_attachment=True, filename=file_name(report.page))
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": named or ""})
