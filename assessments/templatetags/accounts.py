"""For pages of somebody with an account: who they are, and what has just happened."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.utils.translation import gettext

from assessments import http, mail
from assessments.access import signed_in
from assessments.accounts import demo
from assessments.accounts.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def person(context: template.Context) -> User | None:
    """Whoever is signed in. No query for a browser in which nobody ever was."""
    request = context.get("request")
    return request.user if request is not None and signed_in(request) else None


@register.inclusion_tag("_notices.html", takes_context=True)
def notices(context: template.Context) -> dict[str, list[Message]]:
    """What has just happened, said once."""
    return {"notices": list(get_messages(context["request"]))}


@register.simple_tag(takes_context=True)
def passes_unprotected(context: template.Context) -> bool:
    """Whether others on the way can read what is typed here."""
    request = context.get("request")
    return request is not None and http.passes_unprotected(request)


@register.simple_tag
def title_of(title: str, form: Any = None) -> str:
    """The title of the window; a page with something to put right says so first."""
    named = f"{title} – Groundwork"
    return gettext("Error: %(title)s") % {"title": named} if getattr(form, "errors", None) else named


@register.simple_tag
def sign_up_is() -> str:
    """How somebody gets an account here: "invitation", "open" or "off"."""
    return str(settings.SIGN_UP)


@register.simple_tag
def provider_name() -> str:
    """What the server for identities is called, where there is one."""
    return str(settings.OIDC["name"])


@register.simple_tag
def mail_is_only_printed() -> bool:
    """Whether mail leaves this server at all."""
    return mail.only_printed()


@register.simple_tag
def demo_account() -> dict[str, str] | None:
    """The account for trying out, where errors are shown in full anyway."""
    return {"address": demo.ADDRESS, "password": demo.PASSWORD} if settings.DEBUG else None


SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
"""What stands in the line by which a browser calls itself -> what people call it. The first that fits counts."""


@register.filter
def browser_name(user_agent: str) -> str:
    """A browser as people call it, from the line by which it calls itself; whatever else that says is left out."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A browser that says no name")
