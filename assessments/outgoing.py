"""Sends a message to an address that somebody else has entered: to the internet, and never into our own network."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 5.0
"""Seconds for each of connecting, sending and waiting."""
IN_ALL = 10.0
"""Seconds for the whole answer: whoever sends it letter by letter must not keep everybody else's messages waiting."""
READ = 1_000
"""Bytes of an answer that are looked at."""
PORTS = {"https": 443, "http": 80}
INTERNET = ipaddress.ip_network("2000::/3")
"""All that is given out of IPv6 to the internet; what is left is somebody's own network, or leads into one by translation."""


class RefusedAddressError(ValueError):
    """Nothing is sent to this address; the message says why, and what would do."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str) -> Target:
    """The address, if anything is ever sent there. What its name leads to is asked only when something is sent.

    Raises RefusedAddressError.
    """
    if not url.isascii() or not url.isprintable() or " " in url:
        raise RefusedAddressError("The address holds a character that has no place in one. Copy it anew.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise RefusedAddressError(
            "This is no address. Enter one such as https://tools.example.com/hook."
        ) from wrong
    allowed = ("https", "http") if settings.WEBHOOK_HTTP else ("https",)
    if parts.scheme not in allowed or not parts.hostname:
        raise RefusedAddressError(
            "Enter an address that begins with https://, such as https://tools.example.com/hook."
        )
    if parts.username or parts.password:
        raise RefusedAddressError("Leave user and password out of the address: messages are signed instead.")
    try:
        parts.hostname.encode("idna")
    except UnicodeError as wrong:
        raise RefusedAddressError(
            "The name of the server in this address can be no name: between its dots stand 1 to 63 characters. Copy it anew."
        ) from wrong
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Target(parts.scheme, parts.hostname, port or PORTS[parts.scheme], path)
    literal = _literal(found.host)
    if literal is not None and not _may_be_reached(found.host, literal):
        raise _inside(found.host)
    return found


def send(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status that came back. A redirect is an answer like any other: nobody is led elsewhere.

    Raises RefusedAddressError for an address inside our own network, and OSError where nobody answers.
    """
    target = target_of(url)
    connection = _Connection(target, _checked_address(target))
    try:
        connection.request("POST", target.path, body=body, headers=dict(headers))
        answer: HTTPResponse = connection.getresponse()
        answer.read(READ)
    except HTTPException as wrong:
        raise OSError("what came back is no HTTP") from wrong
    else:
        return answer.status
    finally:
        connection.close()


class _InTime(RawIOBase):
    """What comes in by a connection, until the time for all of it is over."""

    def __init__(self, sock: socket.socket, stream: RawIOBase) -> None:
        self._sock, self._stream, self._until = sock, stream, time.monotonic() + IN_ALL

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(min(TIMEOUT, left))
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Answer(HTTPResponse):
    """One that is not waited for any longer than that."""

    def __init__(self, sock: socket.socket, *how: Any, **more: Any) -> None:
        super().__init__(sock, *how, **more)
        self.fp = BufferedReader(_InTime(sock, self.fp.detach()))


class _Connection(HTTPConnection):
    """To the very address that was checked, whatever its name leads to a moment later."""

    response_class = _Answer

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self._target, self._address = target, address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self._target.port), timeout=TIMEOUT)
        if self._target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)


def _checked_address(target: Target) -> str:
    """One of the addresses that the name leads to, if all of them may be reached."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    for each in addresses:
        literal = _literal(each)
        if literal is None or not _may_be_reached(target.host, literal):
            raise _inside(target.host)
    return addresses[0]


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _may_be_reached(host: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is on the internet, however it is wrapped, or the operator has named the host."""
    if host.lower() in settings.WEBHOOK_HOSTS:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return _may_be_reached(host, address.ipv4_mapped)
        if address not in INTERNET or address.sixtofour or address.teredo:
            return False
    return address.is_global and not address.is_multicast


def _inside(host: str) -> RefusedAddressError:
    return RefusedAddressError(
        f"{host} is inside this server’s own network, and nothing is sent there. Choose an address on the internet, or have "
        "the operator name the host in GROUNDWORK_WEBHOOK_HOSTS."
    )
