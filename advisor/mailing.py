"""Mail by SMTP, as Django sends it, and counted; and mail that is only printed, so that its links can be followed."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends import console, smtp

from advisor import metrics


class CountedMail(smtp.EmailBackend):
    """Django's own, with a count of what became of each mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        try:
            sent = super().send_messages(email_messages) or 0
        finally:
            metrics.MAILS.labels("sent").inc(sent)
            metrics.MAILS.labels("failed").inc(len(email_messages) - sent)
        return sent


class PrintedMail(console.EmailBackend):
    """Prints a mail as it is read. Django's own prints it as it is sent, where a long link is broken by ``=`` over two lines."""

    def write_message(self, message: EmailMessage) -> None:
        headers = "".join(
            f"{name}: {value}\n"
            for name, value in message.message().items()
            if not name.startswith(("Content-", "MIME-"))
        )
        self.stream.write(f"{headers}\n{message.body}\n{'-' * 79}\n")
