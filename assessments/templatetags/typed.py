"""For pages on which a form ends up that cannot be stored."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import template
from django.utils.http import url_has_allowed_host_and_scheme

from assessments.expired import to_send_again, words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def came_from(context: template.Context) -> str:
    """The page of ours from which a form was sent that could not be taken, by what the browser says; empty for any other."""
    request = context["request"]
    said = urlsplit(request.headers.get("Referer", ""))
    address = urlunsplit(("", "", said.path, said.query, ""))
    ours = url_has_allowed_host_and_scheme(
        said.geturl(), allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    leads_here = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and said.netloc and leads_here else ""


@register.inclusion_tag("_typed.html", takes_context=True)
def what_was_typed(context: template.Context) -> dict[str, Any]:
    """Everything somebody typed, to be copied from here."""
    return {"words": words_of(context["request"])}


@register.simple_tag(takes_context=True)
def what_was_sent(context: template.Context) -> list[tuple[str, str]]:
    """The fields of a form that can be sent once more as they are."""
    return to_send_again(context["request"])


@register.simple_tag(takes_context=True)
def words_typed(context: template.Context) -> str:
    """What somebody typed into it, to be read again."""
    return words_of(context["request"])
