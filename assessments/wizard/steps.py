"""How the wizard shows its pages: whole, or only the content of a step when htmx asks for it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django_htmx.middleware import HtmxDetails

from assessments.models import Assessment


def show_step(
    request: HttpRequest, template: str, assessment: Assessment, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The page, or its partial ``step`` for htmx; a page that history brings back is always whole."""
    htmx = HtmxDetails(request)
    fragment = bool(htmx) and not htmx.history_restore_request
    page = _with_frame(assessment, context) | {"fragment": fragment}
    if status != HTTPStatus.OK:  # whatever else is stored, what this page is about is not
        page["saved"] = None
    response = render(request, f"{template}#step" if fragment else template, page, status=status)
    if fragment and status != HTTPStatus.OK:
        response["HX-Push-Url"] = "false"
    return response


def show_page(
    request: HttpRequest, template: str, assessment: Assessment, context: Mapping[str, Any]
) -> HttpResponse:
    """A page to which only plain links lead."""
    return render(request, template, _with_frame(assessment, context))


def _with_frame(assessment: Assessment, context: Mapping[str, Any]) -> dict[str, Any]:
    """What stands around every page: the assessment, and when it was last stored, None right after the start."""
    saved = timezone.localtime(assessment.touched) if assessment.version else None
    at = f"{saved:%H:%M %Z}" if saved else ""
    return {"assessment": assessment, "saved": saved, "saved_at": at, **context}


def window_title(title: str, *, error: bool) -> str:
    """The title of the window; a page with something to put right says so first."""
    return gettext("Error: %(title)s") % {"title": title} if error else title
