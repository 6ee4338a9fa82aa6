"""What workers make: PDFs that somebody waits for or may want, large files, and the reports that go out after a workshop.

Each takes ids, and amounts that somebody typed only under seal; whatever was deleted meanwhile is simply not made.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.tasks import TaskContext, task
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from assessments import mail, throttle
from assessments.access import Assessment, assessment_numbered
from assessments.parcels import put
from assessments.sealing import seal, unseal
from assessments.work import (
    ANY_NUMBER,
    ASIDE,
    SOON,
    USUAL,
    LaterError,
    Progress,
    number_of,
    order,
    progress_of,
)
from assessments.workshop.wishes import NotSentError, fulfil
from assessments.workspace.access import Client, client_numbered
from reports.allowance import Allowance
from reports.client_data import archive_of
from reports.exports.formats import FORMATS
from reports.forms import Figures
from reports.keeping import pdf_for
from reports.pdf import PdfBusyError, PdfError
from reports.printing import Size, file_name, pdf_of
from reports.telling import Report, whole_report_of

FIGURES = "figures"
"""What typed amounts are sealed for."""

MOST_TYPED = 20
"""So many wait that were asked for with amounts that anybody can type as they like; others are before them in any case."""
BUSY_SECONDS = 1.0
"""Until a place is free for one more PDF on this machine."""
TRIED_FOR = timedelta(days=1)
"""So long reports of a workshop are sent again that the mail server does not take."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)

log = logging.getLogger("reports.tasks")


# --- PDFs -------------------------------------------------------------------------------------------------------------


def order_pdf(assessment: Assessment, size: Size, *, soon: bool, allowance: Allowance | None = None) -> UUID:
    """Have the report put on paper as it then reads, in the language in force; once however many want it.

    Raises TooOftenError where ``allowance`` is used up and nobody else has asked for it.
    """
    language = translation.get_language() or ""
    name = f"{assessment.pk} {size} {language}"
    _count(allowance, number_of(make_pdf, name))
    return order(
        make_pdf,
        name,
        priority=SOON if soon else ASIDE,
        assessment=assessment.pk,
        size=size,
        language=language,
    )


@task
def make_pdf(assessment: int, size: Size, language: str) -> None:
    """Make the PDF and keep it where the web servers look for it."""
    found = assessment_numbered(assessment)
    if found is None:
        return
    with translation.override(language):
        try:
            pdf_for(found, whole_report_of(found), size)
        except PdfBusyError as busy:
            raise LaterError(BUSY_SECONDS) from busy


@dataclass(frozen=True, slots=True)
class PdfWith:
    """A PDF with amounts that were typed for looking; it is for nobody but whoever waits."""

    assessment: Assessment
    size: Size
    figures: Figures

    @property
    def number(self) -> UUID:
        return number_of(make_pdf_with, self._name)

    @property
    def _name(self) -> str:
        language = translation.get_language() or ""
        return f"{self.assessment.pk} {self.assessment.version} {self.size} {language} {sorted(self.figures.items())}"

    def order(self, allowance: Allowance | None = None) -> UUID:
        _count(allowance, self.number)
        return order(
            make_pdf_with,
            self._name,
            priority=USUAL,
            most=MOST_TYPED,
            assessment=self.assessment.pk,
            size=self.size,
            language=translation.get_language() or "",
            sealed=seal(FIGURES, self.figures),
        )


@task(takes_context=True)
def make_pdf_with(context: "TaskContext", assessment: int, size: Size, language: str, sealed: str) -> None:
    """The same with amounts that were typed for looking, for nobody but whoever waits."""
    found = assessment_numbered(assessment)
    if found is None:
        return
    with translation.override(language):
        try:
            made = pdf_of(whole_report_of(found, **unseal(FIGURES, sealed)), size)
        except PdfBusyError as busy:
            raise LaterError(BUSY_SECONDS) from busy
    put(_number(context), made, about=found)


def _count(allowance: Allowance | None, number: UUID) -> None:
    """One more PDF, unless it is under way already. Raises TooOftenError."""
    if allowance and not progress_of(number).open:
        allowance.take()


# --- Files ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """A result in one of the formats that take a while."""

    assessment: Assessment
    form: str
    figures: Figures

    @property
    def number(self) -> UUID:
        return number_of(make_file, self._name)

    @property
    def _name(self) -> str:
        language = translation.get_language() or ""
        return f"{self.assessment.pk} {self.assessment.version} {self.form} {language} {sorted(self.figures.items())}"

    def order(self) -> UUID:
        return order(
            make_file,
            self._name,
            priority=USUAL,
            most=MOST_TYPED,
            assessment=self.assessment.pk,
            form=self.form,
            language=translation.get_language() or "",
            sealed=seal(FIGURES, self.figures),
        )


@task(takes_context=True)
def make_file(context: "TaskContext", assessment: int, form: str, language: str, sealed: str) -> None:
    """A result in one of the formats that take a while."""
    found = assessment_numbered(assessment)
    if found is None:
        return
    with translation.override(language):
        made = FORMATS[form].make(whole_report_of(found, **unseal(FIGURES, sealed)))
    put(_number(context), made, about=found)


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything that is stored of a client."""

    client: Client

    @property
    def number(self) -> UUID:
        return number_of(make_archive, self._name)

    @property
    def _name(self) -> str:
        return f"{self.client.pk} {translation.get_language() or ''}"

    def order(self) -> UUID:
        language = translation.get_language() or ""
        return order(
            make_archive,
            self._name,
            priority=SOON,
            most=ANY_NUMBER,
            client=self.client.pk,
            language=language,
        )


@task(takes_context=True)
def make_archive(context: "TaskContext", client: int, language: str) -> None:
    """Everything that is stored of a client."""
    found = client_numbered(client)
    if found is None:
        return
    with translation.override(language), archive_of(found) as made:
        put(_number(context), made.read(), about=found)


def _number(context: "TaskContext") -> UUID:
    return UUID(context.task_result.id)


# --- After a workshop ---------------------------------------------------------------------------------------------------


def order_copies(assessment: Assessment, allowance: Allowance | None = None) -> UUID:
    """Have the report sent to all that wait for it. Raises TooOftenError where ``allowance`` is used up."""
    language = translation.get_language() or ""
    name = f"{assessment.pk} {language}"
    _count(allowance, number_of(send_copies, name))
    return order(
        send_copies,
        name,
        priority=USUAL,
        most=ANY_NUMBER,
        assessment=assessment.pk,
        language=language,
    )


def copies_progress(assessment: Assessment) -> Progress:
    """Whether it is on its way."""
    return progress_of(number_of(send_copies, f"{assessment.pk} {translation.get_language() or ''}"))


@task(takes_context=True)
def send_copies(context: "TaskContext", assessment: int, language: str) -> None:
    """Send it, and again later to those whom the mail server did not take it for, with growing pauses."""
    found = assessment_numbered(assessment)
    if found is None:
        return
    begun = context.task_result.enqueued_at or timezone.now()
    with translation.override(language):
        try:
            report = whole_report_of(found)
            made = pdf_for(found, report)
        except PdfBusyError as busy:
            raise LaterError(BUSY_SECONDS) from busy
        except PdfError as failed:
            log.error("No PDF for %s, so nothing is sent yet: %s", found.public_id, failed)  # noqa: TRY400  the reason says it all
            raise LaterError(FIRST_PAUSE.total_seconds()) from failed
        _sent, left = fulfil(found, lambda address: send_copy(address, report, made, final=True))
    waited = timezone.now() - begun
    if left and waited < TRIED_FOR:
        raise LaterError(min(max(waited, FIRST_PAUSE), LONGEST_PAUSE).total_seconds())


def send_copy(address: str, report: Report, made: bytes, *, final: bool = False) -> bool:
    """Send it, unless the address has had as many mails this hour as any page may send. Raises NotSentError.

    ``final`` says that an address which the mail server refuses for good counts as done. A mail that is only printed has
    reached nobody.
    """
    if mail.only_printed():
        raise NotSentError
    try:
        throttle.check_in("mail to", address.casefold(), most=mail.MOST_AN_HOUR)
    except (throttle.TooOftenError, throttle.CacheAwayError):
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
        if final and mail.is_final(error):
            return True
        raise NotSentError from error
    return True
