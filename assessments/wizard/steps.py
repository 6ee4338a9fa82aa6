"""How a step of the wizard is shown: the whole page, or only its content when htmx asks for it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from assessments.models import Assessment


def show_step(
    request: HttpRequest, template: str, assessment: Assessment, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The page, or its partial ``step`` for htmx; a page that history brings back is always whole."""
    htmx = HtmxDetails(request)
    fragment = bool(htmx) and not htmx.history_restore_request
    page = {"assessment": assessment, "fragment": fragment, "saved": saved_at(assessment), **context}
    response = render(request, f"{template}#step" if fragment else template, page, status=status)
    if fragment and status != 200:
        response["HX-Push-Url"] = "false"
    return response


def saved_at(assessment: Assessment) -> Any:
    """When something was last stored, in the server's time; None right after the start."""
    return timezone.localtime(assessment.touched) if assessment.version else None
