"""A browser as small as can be: one connection that stays, cookies, and how long each answer took.

The players share the cores with the server that they measure, so this spends a tenth of what a complete client would.
"""

import asyncio
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 20.0
"""Seconds after which a request counts as lost."""
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)")
LOCATION = re.compile(r"\r\nlocation: (\S+)", re.IGNORECASE)
COOKIE = re.compile(r"\r\nset-cookie: ([^=]+)=([^;]*)", re.IGNORECASE)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class LostError(Exception):
    """No answer: the server went away, or took too long."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. ``sent`` is when it was asked, on this process's clock; ``seconds`` how long it took."""

    status: int
    text: str
    location: str
    sent: float
    seconds: float


class _Line(asyncio.Protocol):
    """A connection on which one answer at a time is waited for."""

    def __init__(self) -> None:
        self.open = False
        self.waiting: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._got = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.open = transport, True

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(LostError(f"the connection was closed ({exc or 'by the server'})"))

    def data_received(self, data: bytes) -> None:
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        if end < 0 or self.waiting is None:
            return
        head = bytes(self._got[:end])
        found = LENGTH.search(head.lower())
        whole = end + 4 + (int(found[1]) if found else 0)
        if len(self._got) >= whole:
            body = bytes(self._got[end + 4 : whole])
            del self._got[:whole]
            if not self.waiting.done():
                self.waiting.set_result((head, body))

    async def ask(self, request: bytes, patience: float = PATIENCE) -> tuple[bytes, bytes]:
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        try:
            async with asyncio.timeout(patience):
                return await self.waiting
        except TimeoutError:
            self.transport.abort()
            raise LostError(f"no answer within {patience:.0f} s") from None
        finally:
            self.waiting = None


@dataclass
class Browser:
    """One phone, one screen or one console. ``note`` is told of every answer with the kind that the caller gave it."""

    host: str
    port: int
    note: Callable[[str, Answer], None]
    cookies: dict[str, str] = field(default_factory=dict)
    patience: float = PATIENCE
    token: str = ""
    """The token of the last form that was seen."""
    _line: _Line | None = None

    async def get(self, path: str, kind: str = "page") -> Answer:
        return await self._ask("GET", path, b"", kind, htmx=kind == "poll")

    async def post(
        self, path: str, given: dict[str, str], kind: str = "page", *, htmx: bool = True
    ) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": self.token, **given}).encode()
        return await self._ask("POST", path, body, kind, htmx=htmx)

    def close(self) -> None:
        if self._line is not None and self._line.open:
            self._line.transport.close()

    async def _ask(self, method: str, path: str, body: bytes, kind: str, *, htmx: bool) -> Answer:
        sent = time.monotonic()
        try:
            if self._line is None or not self._line.open:
                loop = asyncio.get_running_loop()
                async with asyncio.timeout(PATIENCE):
                    _, self._line = await loop.create_connection(_Line, self.host, self.port)
            head, content = await self._line.ask(self._request(method, path, body, htmx=htmx), self.patience)
        except (OSError, TimeoutError) as lost:
            raise LostError(str(lost) or "no connection") from lost
        answer = self._read(head, content, sent)
        self.note(kind, answer)
        return answer

    def _request(self, method: str, path: str, body: bytes, *, htmx: bool) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if htmx:
            lines.append("HX-Request: true")
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def _read(self, head: bytes, content: bytes, sent: float) -> Answer:
        status, seconds = int(head[9:12]), time.monotonic() - sent
        if status == 204:
            return Answer(status, "", "", sent, seconds)
        words = head.decode("latin-1")
        self.cookies.update(COOKIE.findall(words))
        if "content-encoding: gzip" in words.lower():
            content = zlib.decompress(content, wbits=31)
        text = content.decode(errors="replace")  # a PDF is no text, and nobody reads it here
        if found := TOKEN.search(text):
            self.token = found[1]
        location = LOCATION.search(words)
        return Answer(status, text, location[1] if location else "", sent, seconds)
