"""The pages beside every journey: how Groundwork thinks, what it stores, how it can be used, and how it looks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from assessments.http import SeeOther
from assessments.playbooks import current
from assessments.retention import rule, rule_for_workspaces

FONTS = {
    "Bricolage Grotesque": "fonts/OFL-BricolageGrotesque.txt",
    "Source Sans 3": "fonts/OFL-SourceSans3.txt",
    "IBM Plex Mono": "fonts/OFL-IBMPlexMono.txt",
}
"""The fonts that come with Groundwork, each with its licence."""

A_YEAR = 365 * 24 * 60 * 60
"""In seconds."""


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The rules and figures of the edition in force, with their sources."""
    return render(request, "assessments/method.html", {"playbook": current()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, where and for how long."""
    return render(
        request, "assessments/privacy.html", {"rule": rule(), "rule_for_workspaces": rule_for_workspaces()}
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and what does not yet."""
    return render(request, "assessments/accessibility.html")


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    """Under which licence Groundwork is, and where its source code is."""
    text = (settings.BASE_DIR / "LICENSE").read_text(encoding="utf-8")
    paragraphs = [" ".join(each.split()) for each in text.split("\n\n")]
    return render(request, "assessments/licence.html", {"paragraphs": paragraphs, "fonts": FONTS.items()})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark, or whatever the system says; then back to the page it was chosen on."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = SeeOther(back)
    chosen = request.POST.get("theme")
    if chosen in {"light", "dark"}:
        response.set_cookie(
            "theme",
            chosen,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
