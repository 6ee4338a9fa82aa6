"""A report for somebody who came in by a link to read it: the page, its PDF, and what if; nothing can be changed."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments import access
from assessments.sharing.access import ShareLink, link_read_by
from reports.forms import figures, money_form
from reports.telling import whole_report_of
from reports.trying import trial
from reports.views.pdf import pdf_response
from reports.views.whatif import trial_page

type View = Callable[Concatenate[HttpRequest, ShareLink, ...], HttpResponseBase]


def reader_page(view: View) -> Callable[..., HttpResponseBase]:
    """For pages of a reader: the view gets the link, which is looked up at every request, in place of its id."""

    @wraps(view)
    def opened(request: HttpRequest, share: str) -> HttpResponseBase:
        response = view(request, link_read_by(request, share))
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return access.private_page(opened)


@reader_page
@require_safe
def shared(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """The report as it is now."""
    form = money_form(request.GET)
    report = whole_report_of(link.assessment, **figures(form))
    return render(request, "reports/result.html", {"page": report.page, "shared": link, "money": form})


@reader_page
@require_safe
def shared_pdf(request: HttpRequest, link: ShareLink) -> HttpResponseBase:
    """The same on paper."""
    back = reverse("reports:shared", args=[link.public_id])
    return pdf_response(request, link.assessment, back, link.public_id)


@reader_page
@require_safe
def shared_whatif(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """Levels that are tried; nothing of it is stored."""
    return trial_page(request, trial(link.assessment, request.GET.dict(), reader=link.public_id))
