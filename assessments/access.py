"""Who may open which assessment: the object, or "not found" for everybody else."""

from collections.abc import Callable, Collection
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as AUTH_SESSION_KEY
from django.db.models import F
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_headers

from assessments.links import TOKEN_LENGTH, digest_of
from assessments.locking import DeletedError
from assessments.models import Assessment, Role
from assessments.statements import assessment_opened_by

__all__ = [
    "Assessment",  # reports name the type, and import nothing else from the models
    "assessment_at_desk",
    "assessment_behind",
    "assessment_for",
    "assessments_of",
    "is_at_desk",
    "leave",
    "let_in",
    "note_deleted",
    "opened_here",
    "private_page",
    "sample_called",
    "samples",
    "signed_in",
    "was_deleted",
]

SESSION_KEY = "assessments"
DELETED_KEY = "deleted"
READING_KEY = "reading"
"""The links by which this browser may read one report each, see ``assessments.sharing``."""
REMEMBERED = 100
"""How many assessments one browser session keeps at hand, and of how many it knows that they were deleted."""

EDITORS = (Role.OWNER, Role.CONSULTANT)
READERS = (*EDITORS, Role.VIEWER)

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SIGNED_IN = (AUTH_SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY, SIGNED_IN_AT, SEEN_AT)
"""What says in a session who is signed in, since when, and when they were last seen; both in seconds since 1970."""

RIGHTS = (SESSION_KEY, READING_KEY, DELETED_KEY)
"""What a browser holds without an account: it came by links, and goes with them."""

KNOWN = (*SIGNED_IN, *RIGHTS)
"""What goes along into a new session."""

NEWEST = 10
"""So many are looked through for those that are under way."""

type View[**Given] = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


class GoneError(Exception):
    """This browser has deleted the assessment itself; ``on`` says when."""

    def __init__(self, on: date) -> None:
        self.on = on
        super().__init__(f"deleted on {on}")


def private_page[**Given](view: View[Given]) -> View[Given]:
    """For every page with answers on it: no cache keeps it, and "back" asks the server again.

    Who deleted the assessment is told so. One that another window deletes at this moment is not found, like one that
    never was.
    """

    @wraps(view)
    def found(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except GoneError as gone:
            return render(request, "410.html", {"on": gone.on}, status=HTTPStatus.GONE)
        except DeletedError as gone:
            raise Http404 from gone

    return vary_on_headers("HX-Request")(cache_control(private=True, no_store=True)(found))


def assessment_for(request: HttpRequest, public_id: str, *, reading: bool = False) -> Assessment:
    """The assessment, if this browser may work on it, or whoever is signed in; ``reading`` is allowed to viewers too.

    Raises Http404 for wrong and for foreign ids alike. Replacing the private link ends the rights of everybody who came in by the old one. Raises GoneError in the browser
    that has deleted it.
    """
    if deleted := request.session.get(DELETED_KEY, {}).get(public_id):
        raise GoneError(date.fromisoformat(deleted))
    number = request.session.get(SESSION_KEY, {}).get(public_id)
    found = None if number is None else assessment_opened_by(public_id, number)
    if found is None and signed_in(request):
        found = _of_the_desk(request, public_id, READERS if reading else EDITORS)
    if found is None:
        raise Http404
    return found


def assessment_at_desk(request: HttpRequest, public_id: str) -> Assessment:
    """The assessment for whoever works on it as a consultant, not for the holder of its link. Raises Http404."""
    found = _of_the_desk(request, public_id, EDITORS) if signed_in(request) else None
    if found is None:
        raise Http404
    return found


def is_at_desk(request: HttpRequest, assessment: Assessment) -> bool:
    """Whether whoever is signed in works on it as a consultant. No query where nobody is, or no consultancy knows of it."""
    if assessment.client_id is None or not signed_in(request):
        return False
    return _of_the_desk(request, assessment.public_id, EDITORS) is not None


def signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in. No query for a browser in which nobody ever was."""
    return AUTH_SESSION_KEY in request.session and request.user.is_authenticated


def _of_the_desk(request: HttpRequest, public_id: str, roles: Collection[str]) -> Assessment | None:
    """The assessment of a client of a workspace in which whoever is signed in has one of these roles.

    Not while it lies in the bin, and not while the client keeps its answers to themselves.
    """
    allowed = Assessment.objects.filter(
        public_id=public_id,
        binned__isnull=True,
        kept_by_client=False,
        client__workspace__memberships__user=request.user.pk,
        client__workspace__memberships__role__in=roles,
    )
    found = allowed.annotate(their_role=F("client__workspace__memberships__role")).first()
    if found is not None:
        found.only_to_read = found.their_role not in EDITORS
    return found


def assessments_of(request: HttpRequest) -> tuple[Assessment, ...]:
    """The newest that this browser may work on, with their answers. No query where there is none."""
    rights = request.session.get(SESSION_KEY, {})
    if not rights:
        return ()
    found = Assessment.objects.filter(public_id__in=rights, binned__isnull=True).order_by("-touched")[:NEWEST]
    return tuple(
        each for each in found.prefetch_related("answers") if rights[each.public_id] == each.link_number
    )


def opened_here(request: HttpRequest) -> tuple[str, ...]:
    """The public ids of what this browser has come to by private links. No query; whether they still hold is not asked."""
    return tuple(request.session.get(SESSION_KEY, ()))


def assessment_behind(token: str) -> Assessment:
    """The assessment to which this private link leads. Raises Http404 for wrong and for replaced links alike."""
    if len(token) != TOKEN_LENGTH:
        raise Http404
    return _one(resume_digest=digest_of(token), binned__isnull=True)


def let_in(request: HttpRequest, assessment: Assessment) -> None:
    """Allow this browser to work on the assessment, by the private link in force.

    The right goes into a new session, so that a planted session key gains nothing. The old session keeps what it had: a
    request that is under way in another tab must not lose its own.
    """
    rights = {**request.session.get(SESSION_KEY, {})}
    rights.pop(assessment.public_id, None)
    rights[assessment.public_id] = assessment.link_number
    signed = any(name in request.session for name in SIGNED_IN)
    before = request.session.session_key
    renew_session(request)
    request.session[SESSION_KEY] = dict(list(rights.items())[-REMEMBERED:])
    if signed and before:
        _stay_signed_in_once(request, before)


def _stay_signed_in_once(request: HttpRequest, before: str) -> None:
    """The new session is the one in the list of somebody's sessions; the old one is signed in no more."""
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    old = type(request.session)(before)
    for name in SIGNED_IN:
        old.pop(name, None)
    old.save()


def renew_session(request: HttpRequest) -> None:
    """Go on in a session with a new key, which knows who is signed in and what this browser may open."""
    known = {name: request.session[name] for name in KNOWN if name in request.session}
    request.session.create()
    request.session.update(known)


def leave(request: HttpRequest, assessment: Assessment) -> None:
    """Take the right to work on the assessment away from this browser.

    Forms that are still open in it are worth nothing afterwards. The session ends too once it remembers nothing else.
    """
    _forget(request, assessment)
    if not any(request.session.get(name) for name in KNOWN):
        request.session.flush()
    rotate_token(request)


def note_deleted(request: HttpRequest, assessment: Assessment) -> None:
    """Remember in this browser, and nowhere else, that it has deleted this assessment today."""
    _forget(request, assessment)
    deleted = {**request.session.get(DELETED_KEY, {}), assessment.public_id: timezone.localdate().isoformat()}
    request.session[DELETED_KEY] = dict(list(deleted.items())[-REMEMBERED:])


def was_deleted(request: HttpRequest, public_id: str) -> bool:
    """Whether this browser has deleted an assessment with this id."""
    return public_id in request.session.get(DELETED_KEY, {})


def _forget(request: HttpRequest, assessment: Assessment) -> None:
    rights = {**request.session.get(SESSION_KEY, {})}
    rights.pop(assessment.public_id, None)
    request.session[SESSION_KEY] = rights


def _one(**which: str | int | bool) -> Assessment:
    try:
        return Assessment.objects.get(**which)
    except Assessment.DoesNotExist as missing:
        raise Http404 from missing


# --- Samples: invented organisations, open to everybody ------------------------------------------------------------------


def sample_called(slug: str) -> Assessment:
    """The sample organisation with this name in its address. Raises Http404 where there is none."""
    return _one(sample=slug)


def assessment_numbered(pk: int) -> Assessment | None:
    """The assessment with this number, for the server's own work: nobody has asked whether they may see it."""
    return Assessment.objects.filter(pk=pk).first()


def samples() -> tuple[Assessment, ...]:
    """All sample organisations with their answers, in the order in which they were loaded. Two queries."""
    return tuple(Assessment.objects.filter(sample__isnull=False).prefetch_related("answers").order_by("pk"))
