"""What Django does not bring for requests and their answers."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

NOWHERE = "unknown"
"""The network of a request without a usable address, as from a server that listens on a local socket."""

SUBSCRIBER = 64
"""Bits of an IPv6 address that name a subscriber; the rest is theirs to change at will."""


class SeeOther(HttpResponseRedirect):
    """After a form was sent: "back" then never asks to send it again."""

    status_code = 303


def network_of(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address, or the /64 of an IPv6 address."""
    address = _address(_named_by_proxy(request)) or _address(request.META.get("REMOTE_ADDR", ""))
    return network_in(address) if address else NOWHERE


def network_in(address: IPv4Address | IPv6Address) -> str:
    """The same for an address that is known."""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((int(address), SUBSCRIBER), strict=False))
    return str(address)


def passes_unprotected(request: HttpRequest) -> bool:
    """Whether others on the way can read what passes: plain HTTP to anything but this machine."""
    return not request.is_secure() and not is_this_machine(f"//{request.get_host()}")


def is_this_machine(url: str) -> bool:
    """Whether this address leads everybody to their own machine, so that nobody else can follow it here."""
    host = urlsplit(url).hostname or ""
    address = _address(host)
    return host == "localhost" or host.endswith(".localhost") or (address is not None and address.is_loopback)


def came_from_ours(request: HttpRequest) -> str:
    """The page of ours on which somebody was before, without the name of the server, by what the browser says; empty for any other."""
    try:
        said = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no browser says so
        return ""
    address = urlunsplit(("", "", said.path, said.query, ""))
    ours = url_has_allowed_host_and_scheme(
        said.geturl(), allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    leads_here = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and said.netloc and leads_here else ""


def coarse(network: str) -> str:
    """A network as it is kept: the first three parts of an IPv4 address, the /48 of an IPv6 address."""
    address = _address(network.partition("/")[0])
    if address is None:
        return NOWHERE
    bits = 48 if isinstance(address, IPv6Address) else 24
    return str(ip_network(f"{address}/{bits}", strict=False))


def _named_by_proxy(request: HttpRequest) -> str:
    """Whom the outermost of our proxies saw.

    Each proxy adds on the right; what stands further left than all of ours have written, a client may have invented.
    """
    hops: int = settings.PROXY_HOPS
    chain = request.META.get(settings.PROXY_HEADER, "").split(",")
    return str(chain[-hops]) if 0 < hops <= len(chain) else ""


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address in a text; some proxies add a port, and brackets around IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return ip_address(bare)
    except ValueError:
        return None
