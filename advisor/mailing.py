"""Mail by SMTP, as Django sends it, and counted: how many were taken, and how many were not."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from advisor import metrics


class CountedMail(EmailBackend):
    """Django's own, with a count of what became of each mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        try:
            sent = super().send_messages(email_messages) or 0
        finally:
            metrics.MAILS.labels("sent").inc(sent)
            metrics.MAILS.labels("failed").inc(len(email_messages) - sent)
        return sent
