"""After a workshop: the report into every inbox that asked for it."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from assessments import access, audit, mail
from assessments.http import SeeOther
from assessments.throttle import TooOftenError
from assessments.work import Progress, is_queued
from assessments.workshop.wishes import count_wishes, fulfil
from reports.allowance import Allowance
from reports.keeping import pdf_for
from reports.pdf import PdfError
from reports.tasks import copies_progress, order_copies, send_copy
from reports.telling import whole_report_of

log = logging.getLogger("reports.room")


@access.private_page
@require_http_methods(["GET", "HEAD", "POST"])
def copies(request: HttpRequest, public_id: str) -> HttpResponse:
    """How many wait for the report, and a button that sends it to all of them."""
    assessment = access.assessment_for(request, public_id)
    if request.method != "POST":
        told = request.GET.get("sent", "")
        return _page(request, assessment, sent=int(told) if told.isdecimal() and len(told) < 4 else None)
    if mail.only_printed():
        return _page(request, assessment, refused=True, status=HTTPStatus.CONFLICT)
    try:
        if is_queued():
            return _put_on_its_way(request, assessment)
        report = whole_report_of(assessment)
        made = pdf_for(assessment, report, allowance=Allowance.of(request, assessment))
    except TooOftenError:
        error = gettext("Many PDFs were made within the hour, and nothing was sent. Try again in a while.")
        return _page(request, assessment, error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
    except PdfError as reason:
        log.error("No PDF for %s: %s", assessment.public_id, reason)  # noqa: TRY400  the reason says it all
        error = gettext("The PDF could not be made just now, and nothing was sent. Try again in a minute.")
        return _page(request, assessment, error=error, status=HTTPStatus.SERVICE_UNAVAILABLE)
    sent, left = fulfil(assessment, lambda address: send_copy(address, report, made))
    _note(request, assessment, sent)
    if left:
        error = gettext(
            "%(sent)s went out, %(left)s still wait: the mail server took no more, or an address has had enough mails for this hour. Send again in a while."
        )
        words = {"sent": sent, "left": left}
        return _page(request, assessment, error=error % words, status=HTTPStatus.BAD_GATEWAY)
    return SeeOther(f"{reverse('reports:copies', args=[public_id])}?sent={sent}")


def _put_on_its_way(request: HttpRequest, assessment: access.Assessment) -> HttpResponse:
    """The same by a worker, which goes on trying where the mail server does not take everything."""
    if waiting := count_wishes(assessment):
        order_copies(assessment, Allowance.of(request, assessment))
        _note(request, assessment, waiting)
    return SeeOther(reverse("reports:copies", args=[assessment.public_id]))


def _note(request: HttpRequest, assessment: access.Assessment, mails: int) -> None:
    if assessment.client and mails:
        workspace = assessment.client.workspace
        audit.note(
            request, "workshop.report_sent", workspace=workspace, subject=assessment.public_id, mails=mails
        )


def _page(
    request: HttpRequest, assessment: access.Assessment, *, status: int = HTTPStatus.OK, **words: object
) -> HttpResponse:
    told = {
        "assessment": assessment,
        "waiting": count_wishes(assessment),
        "only_printed": mail.only_printed(),
        "progress": copies_progress(assessment) if is_queued() else Progress("unknown"),
        **words,
    }
    return render(request, "reports/copies.html", told, status=status)
