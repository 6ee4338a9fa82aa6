"""The first visit of a client who answers alone: the link that a consultant has sent ends, and the client gets its own.

The consultant knows the first link, and must not be able to read what is answered.
"""

from contextlib import suppress
from datetime import timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.casework import replace_link
from assessments.links import digest_of, token_of
from assessments.models import Assessment
from assessments.throttle import CacheAwayError, count_try, tried_lately

PURPOSE = "first visit"
CLICKS = timedelta(minutes=1)
"""So long a second click of the same browser finds what the first one has begun."""


def is_first_visit(assessment: Assessment) -> bool:
    """Whether nobody has come in by the link yet."""
    return assessment.kept_by_client and assessment.link_number == 1


def begin(request: HttpRequest, assessment: Assessment) -> None:
    """End the link that was sent. A second click on the button may be under way already."""
    if clicker := _clicker(request, token_of(assessment)):
        with suppress(CacheAwayError):  # then a second click finds nothing, as after a minute
            count_try(PURPOSE, clicker)
    replace_link(request=request, assessment=assessment)


def begun_by_double_click(request: HttpRequest, token: str) -> Assessment:
    """What the same browser has begun by this link a moment ago. Raises Http404 for everybody else."""
    clicker = _clicker(request, token)
    if clicker and _begun(clicker):
        since = timezone.now() - CLICKS
        recent = Assessment.objects.filter(kept_by_client=True, binned=None, link_number=2, opened__gte=since)
        for each in recent:
            sent = token_of(Assessment(public_id=each.public_id, link_number=1))
            if digest_of(sent) == digest_of(token):
                return each
    raise Http404


def _begun(clicker: str) -> bool:
    with suppress(CacheAwayError):
        return tried_lately(PURPOSE, clicker)
    return False


def _clicker(request: HttpRequest, token: str) -> str:
    """The browser, by what protects its forms from others; empty for one without."""
    secret = request.META.get("CSRF_COOKIE", "")
    return f"{secret}:{token}" if secret else ""
