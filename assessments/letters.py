"""Mails on their way: sealed in the database until the mail server has taken them, tried again with growing pauses.

A mail is stored in the transaction of what it tells of, together with the work of sending it, so that none is lost and
none tells of what did not happen.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.tasks import task
from django.utils.crypto import salted_hmac

from assessments import work
from assessments.models import Assessment, Invitation, Letter
from assessments.sealing import InvalidToken, seal, unseal

PURPOSE, ADDRESS_SALT = "letters", "groundwork.letters.to"

WAITS = (60, 5 * 60, 15 * 60, 60 * 60, 3 * 60 * 60, 6 * 60 * 60, 12 * 60 * 60)
"""Seconds between two tries; after the last one nobody tries any more, nearly a day after the mail was written."""
KEPT = timedelta(days=2)
"""However it came about, no mail is older than that."""

NOT_TAKEN = (OSError, ValueError)
"""All errors of smtplib are OSErrors; a ValueError comes from an address that SMTP cannot carry."""

log = logging.getLogger("assessments.mail")


def store(
    mail: EmailMessage, *, assessment: Assessment | None = None, invitation: Invitation | None = None
) -> None:
    """Have it sent by a worker. It goes with the assessment or the invitation that it is about."""
    with transaction.atomic():
        letter = Letter.objects.create(
            sealed=seal(PURPOSE, _written(mail)),
            to=fingerprint(mail.to[0]),
            assessment=assessment,
            invitation=invitation,
        )
        deliver.enqueue(letter=letter.pk)


@task(priority=work.USUAL)
def deliver(letter: int) -> None:
    """Send it, or try again later; one that the mail server refuses for good is forgotten."""
    found = Letter.objects.filter(pk=letter).first()
    if found is None:  # sent by another worker, or erased
        return
    Letter.objects.filter(pk=letter).update(tries=F("tries") + 1)
    try:
        _mail_in(found).send(using="default")
    except InvalidToken:
        log.error(  # noqa: TRY400  how it was sealed says nothing more
            "A mail cannot be opened: it was sealed with another key. GROUNDWORK_SECRET_KEY has to be the same on all machines."
        )
        _later(found)
    except NOT_TAKEN as error:
        log.error("A mail was not taken (try %s): %s", found.tries + 1, reason(error))  # noqa: TRY400  the reason says it all
        if not is_final(error):
            _later(found)
    Letter.objects.filter(pk=letter).delete()


def _later(letter: Letter) -> None:
    """Raises LaterError while it is worth another try."""
    if letter.tries < len(WAITS):
        raise work.LaterError(WAITS[letter.tries])
    log.error("A mail was given up after %s tries.", letter.tries + 1)


def is_final(error: Exception) -> bool:
    """Whether the same mail would be refused again: a code from 500 up, or an address that no mail can carry."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):  # for the operator to mend
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def reason(error: Exception) -> str:
    """What to tell the operator; what a mail server says may name the address, so only its number is told."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered {error.smtp_code}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
        return f"the mail server answered {', '.join(map(str, codes))} to the address"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__


# --- Erasing ----------------------------------------------------------------------------------------------------------


def erase_letters_to(address: str) -> int:
    """Forget what is on its way to this address; how many mails."""
    return Letter.objects.filter(to=fingerprint(address)).delete()[0]


def delete_old(now: datetime) -> int:
    """Forget what should have been sent or given up long ago; how many mails."""
    return Letter.objects.filter(made__lte=now - KEPT).delete()[0]


def fingerprint(address: str) -> str:
    """What stands for an address."""
    return salted_hmac(ADDRESS_SALT, address.strip().lower(), algorithm="sha256").hexdigest()


# --- The seal ---------------------------------------------------------------------------------------------------------


def _written(mail: EmailMessage) -> dict[str, Any]:
    """A mail of ours as plain values: text, perhaps HTML beside it, and nothing attached."""
    if mail.attachments or len(mail.to) != 1 or mail.cc or mail.bcc:
        raise ValueError("Only a mail to one address with nothing attached can wait in the database.")
    return {
        "subject": str(mail.subject),
        "body": str(mail.body),
        "from_email": mail.from_email,
        "to": list(mail.to),
        "reply_to": list(mail.reply_to),
        "headers": dict(mail.extra_headers),
        "html": [str(each.content) for each in getattr(mail, "alternatives", ())],
    }


def _mail_in(letter: Letter) -> EmailMultiAlternatives:
    """Raises InvalidToken where it was sealed with another key."""
    written = unseal(PURPOSE, letter.sealed)
    html = written.pop("html")
    mail = EmailMultiAlternatives(**written)
    for each in html:
        mail.attach_alternative(each, "text/html")
    return mail
