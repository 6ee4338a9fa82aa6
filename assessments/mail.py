"""The mails about an assessment: the private link to whoever asks for it, and the link that a consultant sends a client.

Where there are workers every mail goes by them, see ``letters``; otherwise it is sent while somebody waits for the page.
"""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext

from assessments import letters, retention, throttle, work
from assessments.letters import NOT_TAKEN, is_final, reason
from assessments.models import Assessment, Invitation

__all__ = [
    "MOST_AN_HOUR", "NOT_TAKEN", "MailError", "is_final", "only_printed", "reason", "send", "send_invitation", "send_link",
]  # fmt: skip

ONLY_PRINTS = "advisor.mailing.PrintedMail"
MOST_AN_HOUR = 3
"""To one address, and from one network: enough to try again, too few to be a nuisance."""

MOST_INVITATIONS = 30
"""An hour, from one account: a consultancy may ask many units at once."""

log = logging.getLogger("assessments.mail")


class MailError(Exception):
    """The mail server did not take the mail."""


def only_printed() -> bool:
    """Whether mail leaves this server at all."""
    return bool(settings.MAILERS["default"]["BACKEND"] == ONLY_PRINTS)


def send(
    mail: EmailMessage,
    what: str,
    *,
    assessment: Assessment | None = None,
    invitation: Invitation | None = None,
) -> None:
    """Send a mail now, or have a worker send it; ``what`` it is, for the log. Raises MailError where it was not taken now."""
    if work.is_queued():
        letters.store(mail, assessment=assessment, invitation=invitation)
        return
    try:
        mail.send(using="default")
    except NOT_TAKEN as error:
        log.error("%s could not be mailed: %s", what, reason(error))  # noqa: TRY400  the reason says it all
        raise MailError from error


def send_link(*, assessment: Assessment, link: str, to: str, network: str) -> None:
    """Send the private link to an address, which is kept no longer than the mail is on its way.

    Nothing that somebody typed is in the mail: otherwise it could be used to write to strangers. Raises TooOftenError,
    and MailError where it cannot be sent.
    """
    throttle.check_in("mail from", network, most=MOST_AN_HOUR)
    throttle.check_in("mail to", to.casefold(), most=MOST_AN_HOUR)
    until = retention.kept_until(assessment, finished=retention.is_finished(assessment))
    words = {"link": link, "until": until, "rule": retention.rule()}
    mail = EmailMultiAlternatives(
        subject=gettext("The way back to your Groundwork assessment"),
        body=render_to_string("assessments/mail/link.txt", words),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("assessments/mail/link.html", words), "text/html")
    send(mail, "A private link", assessment=assessment)


def send_invitation(*, assessment: Assessment, link: str, to: str, sender: str) -> None:
    """Send a client the link to the assessment that was prepared for it, on behalf of ``sender``, an account's address.

    Nothing that somebody typed is in it, and the client's address is kept no longer than it is on its way. Raises TooOftenError, and MailError.
    """
    throttle.check_in("invitation from", sender.casefold(), most=MOST_INVITATIONS)
    throttle.check_in("mail to", to.casefold(), most=MOST_AN_HOUR)
    words = {"link": link, "sender": sender}
    mail = EmailMultiAlternatives(
        subject=gettext("Your assessment in Groundwork"),
        body=render_to_string("assessments/mail/invitation.txt", words),
        to=[to],
        reply_to=[sender],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("assessments/mail/invitation.html", words), "text/html")
    send(mail, "An invitation", assessment=assessment)
