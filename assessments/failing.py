"""The page for a mistake of ours: it names the line in the log that tells what it was, and nothing else."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from advisor.away import away, reason

log = logging.getLogger("groundwork.requests")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. Where even the page cannot be made, its two sentences are.

    A database that is away when the view is through, and its session is written, is no mistake of ours.
    """
    if why := reason(sys.exception()):
        return away(request, why)
    reference = getattr(request, "request_id", "")
    try:
        page = str(render_to_string("500.html", {"reference": reference}))
    except Exception:  # whatever broke the request may have broken this as well
        log.exception("The page for a mistake of ours could not be made.")
        words = gettext("Something broke on our side. Try again in a moment.")
        page = f"{words}\n{gettext('Reference')}: {reference}\n"
        return HttpResponse(page, content_type="text/plain; charset=utf-8", status=500)
    return HttpResponse(page, status=500)
