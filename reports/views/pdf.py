"""The result on paper: of one's own assessment, and of the sample organisations."""

import logging
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments import access
from assessments.parcels import fetch
from assessments.throttle import TooOftenError
from assessments.work import is_queued
from reports.allowance import Allowance, counted
from reports.forms import Figures, figures, money_form
from reports.keeping import WORKING_OUT, in_line, kept_pdf, pdf_for
from reports.pdf import PdfBusyError, PdfError
from reports.printing import Size, file_name, pdf_of
from reports.tasks import PdfWith, order_pdf
from reports.telling import Report, whole_report_of
from reports.waiting import awaited, wanted_pdf

RETRY_SECONDS = 10

log = logging.getLogger("reports.pdf")


@access.private_page
@require_safe
def result_pdf(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What the answers of this assessment say, on paper."""
    assessment = access.assessment_for(request, public_id, reading=True)
    return pdf_response(request, assessment, reverse("reports:result", args=[public_id]))


@require_safe
def sample_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same for a sample organisation."""
    return pdf_response(request, access.sample_called(slug), reverse("reports:sample", args=[slug]))


def pdf_response(
    request: HttpRequest, assessment: access.Assessment, back: str, link: str = ""
) -> HttpResponseBase:
    """The PDF, or a page that waits for it, or one that says why there is none and where the whole report is.

    See Allowance for ``link``.
    """
    allowance = Allowance.of(request, assessment, link)
    typed = figures(money_form(request.GET))
    size: Size = "letter" if request.GET.get("paper") == "letter" else "a4"
    if is_queued():
        try:
            return _awaited_pdf(request, assessment, size, typed, back=back, allowance=allowance)
        except TooOftenError as refused:
            return _too_often(request, refused, back)
    try:
        with in_line(assessment, size, typed=any(typed.values())) as placed:
            with WORKING_OUT:
                report = whole_report_of(assessment, **typed)
            if any(typed.values()):  # what was typed for looking is stored nowhere
                with counted(allowance):
                    made = pdf_of(report, size)
            else:
                made = pdf_for(assessment, report, size, allowance=allowance, placed=placed)
    except TooOftenError as refused:
        return _too_often(request, refused, back)
    except PdfError as reason:
        log.error("No PDF for %s: %s", assessment.public_id, reason)  # noqa: TRY400  the reason says it all
        words = {"busy": isinstance(reason, PdfBusyError), "back": back}
        response = render(request, "reports/pdf_failed.html", words, status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _sent(made, report)


def _awaited_pdf(
    request: HttpRequest,
    assessment: access.Assessment,
    size: Size,
    typed: Figures,
    *,
    back: str,
    allowance: Allowance,
) -> HttpResponseBase:
    """The same where workers make it: a web server only looks for it. Raises TooOftenError."""
    if any(typed.values()):
        asked = PdfWith(assessment, size, typed)

        def made() -> HttpResponseBase | None:
            content = fetch(asked.number, about=assessment, keep=request.method == "HEAD")
            return _sent(content, whole_report_of(assessment)) if content else None

        return awaited(request, wanted_pdf(back), made=made, order=lambda: asked.order(allowance))

    def kept() -> HttpResponseBase | None:
        report = whole_report_of(assessment)
        content = kept_pdf(assessment, report, size)
        return _sent(content, report) if content else None

    def order() -> UUID:
        return order_pdf(assessment, size, soon=True, allowance=allowance)

    return awaited(request, wanted_pdf(back), made=kept, order=order)


def _too_often(request: HttpRequest, refused: TooOftenError, back: str) -> HttpResponse:
    response = render(request, "reports/pdf_failed.html", {"often": refused, "back": back}, status=429)
    response["Retry-After"] = str(refused.seconds)
    return response


def _sent(made: bytes, report: Report) -> HttpResponse:
    named = content_disposition_header(as_attachment=True, filename=file_name(report.page))
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": named or ""})
