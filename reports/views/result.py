"""The result as a page: of one's own assessment, and of the sample organisations."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.work import FullError, is_queued
from reports.forms import MoneyForm, figures, money_form
from reports.keeping import AHEAD
from reports.tasks import order_pdf
from reports.telling import Report, teaser_of, whole_report_of


@access.private_page
@require_safe
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the answers of this assessment say."""
    assessment = access.assessment_for(request, public_id, reading=True)
    form = money_form(request.GET)
    report = whole_report_of(assessment, **figures(form))
    _have_made(assessment, report, form)
    at_desk = access.is_at_desk(request, assessment)
    words = {"page": report.page, "assessment": assessment, "money": form, "at_desk": at_desk}
    return render(request, "reports/result.html", words)


@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """The sample organisations, each with its finding."""
    teasers = [teaser_of(each) for each in access.samples()]
    return render(request, "reports/samples.html", {"teasers": teasers})


@require_safe
def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page for a sample organisation; nothing on it can be changed."""
    assessment = access.sample_called(slug)
    form = money_form(request.GET)
    report = whole_report_of(assessment, **figures(form))
    _have_made(assessment, report, form)
    words = {"page": report.page, "sample": assessment, "money": form}
    return render(request, "reports/result.html", words)


def _have_made(assessment: access.Assessment, report: Report, form: MoneyForm) -> None:
    """Have the PDF made while somebody reads; one with amounts that were typed is made when it is asked for.

    Where there are workers one of them makes it, once there is nothing else to do: a web server need not be able to.
    """
    if not settings.PDF_MADE_AHEAD or any(figures(form).values()):
        return
    if not is_queued():
        AHEAD.want(assessment, report)
    elif AHEAD.is_news(assessment, report):
        with suppress(FullError):
            order_pdf(assessment, "a4", soon=False)
