"""After a workshop: the report into every inbox that asked for it."""

import logging
from http import HTTPStatus

from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from assessments import access, audit, mail, throttle
from assessments.http import SeeOther
from assessments.workshop.wishes import NotSentError, count_wishes, fulfil
from reports.allowance import Allowance
from reports.keeping import pdf_for
from reports.pdf import PdfError
from reports.printing import file_name
from reports.telling import Report, whole_report_of

log = logging.getLogger("reports.room")


@access.private_page
@require_http_methods(["GET", "HEAD", "POST"])
def copies(request: HttpRequest, public_id: str) -> HttpResponse:
    """How many wait for the report, and a button that sends it to all of them."""
    assessment = access.assessment_for(request, public_id)
    if request.method != "POST":
        told = request.GET.get("sent", "")
        return _page(request, assessment, sent=int(told) if told.isdecimal() and len(told) < 4 else None)
    try:
        report = whole_report_of(assessment)
        made = pdf_for(assessment, report, allowance=Allowance.of(request, assessment))
    except throttle.TooOftenError:
        error = gettext("Many PDFs were made within the hour, and nothing was sent. Try again in a while.")
        return _page(request, assessment, error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
    except PdfError as reason:
        log.error("No PDF for %s: %s", assessment.public_id, reason)  # noqa: TRY400  the reason says it all
        error = gettext("The PDF could not be made just now, and nothing was sent. Try again in a minute.")
        return _page(request, assessment, error=error, status=HTTPStatus.SERVICE_UNAVAILABLE)
    sent, left = fulfil(assessment, lambda address: _sent(address, report, made))
    if assessment.client and sent:
        workspace = assessment.client.workspace
        audit.note(request, "workshop.report_sent", workspace=workspace, subject=public_id, mails=sent)
    if left:
        error = gettext(
            "%(sent)s went out, %(left)s still wait: the mail server took no more, or an address has had enough mails for this hour. Send again in a while."
        )
        words = {"sent": sent, "left": left}
        return _page(request, assessment, error=error % words, status=HTTPStatus.BAD_GATEWAY)
    return SeeOther(f"{reverse('reports:copies', args=[public_id])}?sent={sent}")


def _page(
    request: HttpRequest, assessment: access.Assessment, *, status: int = HTTPStatus.OK, **words: object
) -> HttpResponse:
    told = {
        "assessment": assessment,
        "waiting": count_wishes(assessment),
        "only_printed": mail.only_printed(),
        **words,
    }
    return render(request, "reports/copies.html", told, status=status)


def _sent(address: str, report: Report, made: bytes) -> bool:
    """Send it, unless the address has had as many mails this hour as any page may send. Raises NotSentError."""
    try:
        throttle.check_in("mail to", address.casefold(), most=mail.MOST_AN_HOUR)
    except throttle.TooOftenError:
        return False
    letter = EmailMultiAlternatives(
        subject=gettext("The report of your workshop"),
        body=render_to_string("assessments/mail/copy.txt"),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string("assessments/mail/copy.html"), "text/html")
    letter.attach(file_name(report.page), made, "application/pdf")
    try:
        letter.send(using="default")
    except mail.NOT_TAKEN as error:
        log.error("A report could not be mailed: %s", mail.reason(error))  # noqa: TRY400  the reason says it all
        raise NotSentError from error
    return True
