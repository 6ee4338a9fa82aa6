"""As much of a mail server as our mails need, on a free port of this machine."""

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage

from pytest_django.fixtures import Settings


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails, unless it was told to put off or to refuse some, or to say nothing at all."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[EmailMessage] = []
        self.says: list[str] = []
        """What is answered to the next addresses; when nothing is left, they are taken."""
        self.goes_on = threading.Event()
        """While this is not set, a mail that was sent is not answered."""
        self.goes_on.set()
        self.asked = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def addresses(self) -> list[str]:
        """To whom the mails went that were taken."""
        return [str(each["To"]) for each in self.taken]


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT" and self.server.says:
                self._say(self.server.says.pop(0))
            elif verb == "DATA":
                self._say("354 go on")
                self._take()
            else:
                self._say("221 bye" if verb == "QUIT" else "250 fine")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.asked.set()
        self.server.goes_on.wait()
        self.server.taken.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # whoever asked has gone
            self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.goes_on.set()
            server.shutdown()


def use_mail_server(settings: Settings, port: int) -> None:
    """Send mail there from now on."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }
