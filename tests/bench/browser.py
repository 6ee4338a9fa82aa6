"""A browser that speaks to the application without a network, and counts the server's time alone."""

import gzip
import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

HOST = "127.0.0.1:8000"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "main"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, and how many seconds the server took for it."""

    status: int
    location: str
    """Where it leads, or the address that a page sent at once shall have."""
    body: bytes
    """As it goes over the wire."""
    packed: bool
    seconds: float
    worked: float = 0.0
    """How many of them processors were at work for it, in this thread and ``beside`` it."""

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.packed else self.body).decode()

    def hidden(self) -> list[tuple[str, str]]:
        """The hidden fields of the page, which its form sends along."""
        return HIDDEN.findall(self.text)


class Browser:
    """One visitor with cookies; ``htmx`` asks as htmx does."""

    watched: ClassVar[Callable[[], AbstractContextManager[Any]] | None] = None
    """What surrounds each request of every visitor, where somebody wants to know what happens meanwhile."""
    beside: ClassVar[Callable[[], float]] = lambda: 0.0
    """Seconds that a database in processes of its own has worked so far."""

    def __init__(self, application: Any, *, htmx: bool = False) -> None:
        self.application = application
        self.headers = HTMX if htmx else {}
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> Answered:
        return self._ask("GET", address, b"")

    def post(self, address: str, fields: list[tuple[str, str]]) -> Answered:
        return self._ask("POST", address, urlencode(fields).encode())

    def _ask(self, method: str, address: str, body: bytes) -> Answered:
        given: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            given["status"], given["headers"] = int(status[:3]), headers

        environ = self._environ(method, address, body)
        with Browser.watched() if Browser.watched else nullcontext():
            beside = Browser.beside()
            started, at_work = time.perf_counter(), time.thread_time()
            response = self.application(environ, start_response)
            sent = b"".join(response)
            response.close()
            taken, worked = time.perf_counter() - started, time.thread_time() - at_work
            worked += Browser.beside() - beside
        self._keep_cookies(given["headers"])
        headers = dict(given["headers"])
        packed = headers.get("Content-Encoding") == "gzip"
        location = headers.get("Location") or headers.get("HX-Push-Url", "")
        return Answered(given["status"], location, sent, packed, taken, worked)

    def _environ(self, method: str, address: str, body: bytes) -> dict[str, Any]:
        asked = urlsplit(address)
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": asked.path,
            "QUERY_STRING": asked.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)) if body else "",
            "HTTP_HOST": HOST,
            "HTTP_ORIGIN": f"http://{HOST}",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **self.headers,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    def _keep_cookies(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name == "Set-Cookie":
                self.cookies |= {each.key: each.value for each in SimpleCookie(value).values()}
