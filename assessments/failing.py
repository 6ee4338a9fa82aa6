"""The page for a mistake of ours: it names the line in the log that tells what it was, and nothing else."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

log = logging.getLogger("groundwork.requests")


def server_error(request: HttpRequest) -> HttpResponse:
    """Status 500. Where even the page cannot be made, its two sentences are."""
    reference = getattr(request, "request_id", "")
    try:
        page = str(render_to_string("500.html", {"reference": reference}))
    except Exception:  # whatever broke the request may have broken this as well
        log.exception("The page for a mistake of ours could not be made.")
        words = gettext("Something broke on our side. Try again in a moment.")
        page = f"{words}\n{gettext('Reference')}: {reference}\n"
        return HttpResponse(page, content_type="text/plain; charset=utf-8", status=500)
    return HttpResponse(page, status=500)
