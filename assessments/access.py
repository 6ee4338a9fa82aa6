"""Who may open which assessment: the object, or "not found" for everybody else."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_headers

from assessments.links import TOKEN_LENGTH, digest_of
from assessments.models import Assessment

__all__ = [
    "Assessment",  # reports name the type, and import nothing else from the models
    "assessment_behind",
    "assessment_for",
    "forget",
    "let_in",
    "private_page",
    "sample_called",
    "samples",
]

SESSION_KEY = "assessments"
REMEMBERED = 100
"""How many assessments one browser session keeps at hand; the private links open the others."""


def private_page[**Given, Answered: HttpResponseBase](
    view: Callable[Given, Answered],
) -> Callable[Given, Answered]:
    """For every page with answers on it: no cache keeps it, and "back" asks the server again."""
    return vary_on_headers("HX-Request")(cache_control(private=True, no_store=True)(view))


def assessment_for(request: HttpRequest, public_id: str) -> Assessment:
    """The assessment, if this browser may work on it. Raises Http404 for wrong and for foreign ids alike."""
    if public_id not in request.session.get(SESSION_KEY, []):
        raise Http404
    return _one(public_id=public_id)


def assessment_behind(token: str) -> Assessment:
    """The assessment to which this private link leads. Raises Http404 for wrong and for replaced links alike."""
    if len(token) != TOKEN_LENGTH:
        raise Http404
    return _one(resume_digest=digest_of(token))


def let_in(request: HttpRequest, assessment: Assessment) -> None:
    """Allow this browser to work on the assessment, under a new session key so that no planted key gains the right."""
    remembered = [each for each in request.session.get(SESSION_KEY, []) if each != assessment.public_id]
    request.session[SESSION_KEY] = [*remembered, assessment.public_id][-REMEMBERED:]
    request.session.cycle_key()


def forget(request: HttpRequest, assessment: Assessment) -> None:
    """Take the right to work on the assessment away from this browser."""
    remembered = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = [each for each in remembered if each != assessment.public_id]


def _one(**which: str) -> Assessment:
    try:
        return Assessment.objects.get(**which)
    except Assessment.DoesNotExist as missing:
        raise Http404 from missing


# --- Samples: invented organisations, open to everybody ------------------------------------------------------------------


def sample_called(slug: str) -> Assessment:
    """The sample organisation with this name in its address. Raises Http404 where there is none."""
    return _one(sample=slug)


def samples() -> tuple[Assessment, ...]:
    """All sample organisations with their answers, in the order in which they were loaded. Two queries."""
    return tuple(Assessment.objects.filter(sample__isnull=False).prefetch_related("answers").order_by("pk"))
