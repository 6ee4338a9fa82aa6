"""Who may open which assessment: the object, or "not found" for everybody else."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_headers

from assessments.links import TOKEN_LENGTH, digest_of
from assessments.locking import DeletedError
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
    """For every page with answers on it: no cache keeps it, and "back" asks the server again.

    An assessment that another window deletes at this moment is not found, like one deleted long ago.
    """

    @wraps(view)
    def found(*args: Given.args, **kwargs: Given.kwargs) -> Answered:
        try:
            return view(*args, **kwargs)
        except DeletedError as gone:
            raise Http404 from gone

    return vary_on_headers("HX-Request")(cache_control(private=True, no_store=True)(found))


def assessment_for(request: HttpRequest, public_id: str) -> Assessment:
    """The assessment, if this browser may work on it. Raises Http404 for wrong and for foreign ids alike.

    Replacing the private link ends the rights of everybody who came in by the old one.
    """
    number = request.session.get(SESSION_KEY, {}).get(public_id)
    if number is None:
        raise Http404
    return _one(public_id=public_id, link_number=number)


def assessment_behind(token: str) -> Assessment:
    """The assessment to which this private link leads. Raises Http404 for wrong and for replaced links alike."""
    if len(token) != TOKEN_LENGTH:
        raise Http404
    return _one(resume_digest=digest_of(token))


def let_in(request: HttpRequest, assessment: Assessment) -> None:
    """Allow this browser to work on the assessment, by the private link in force.

    The right goes into a new session, so that a planted session key gains nothing. The old session keeps what it had: a
    request that is under way in another tab must not lose its own.
    """
    rights = {**request.session.get(SESSION_KEY, {})}
    rights.pop(assessment.public_id, None)
    rights[assessment.public_id] = assessment.link_number
    request.session.create()
    request.session[SESSION_KEY] = dict(list(rights.items())[-REMEMBERED:])


def forget(request: HttpRequest, assessment: Assessment) -> None:
    """Take the right to work on the assessment away from this browser."""
    rights = {**request.session.get(SESSION_KEY, {})}
    rights.pop(assessment.public_id, None)
    request.session[SESSION_KEY] = rights


def _one(**which: str | int) -> Assessment:
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
