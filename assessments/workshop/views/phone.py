"""A phone in the room: it shows where the room is, votes, and asks for the report in the end."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from assessments.access import private_page
from assessments.http import SeeOther
from assessments.models import Participant
from assessments.questions import RefusedError
from assessments.workshop import joining, polling, wishes
from assessments.workshop.phone_page import OVER, phone_page, tag_of
from assessments.workshop.seen import Room, room_of
from assessments.workshop.voting import NotOpenError, vote

NO_INDEX = "noindex, nofollow"


@private_page
@require_safe
def phone(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole page. Whoever is not in the room is told how to come in."""
    room = _room(public_id, anew=True)
    here = joining.phone_in(request, room.workshop)
    if here is None:
        return render(request, "room/not_in.html", status=HTTPStatus.NOT_FOUND)
    return _page(request, room, here)


@private_page
@require_safe
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is new, if anything is. No query where nothing is, see ``seen.room_of``."""
    room = _room(public_id, version=polling.seen_version(request))
    if (nothing := polling.unchanged(request, tag_of(room))) is not None:
        return nothing
    if room.moment == "ended" and request.GET.get("v", "").endswith(OVER):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)  # or an address that is being typed was gone
    here = joining.phone_in(request, room.workshop)
    page = phone_page(room, here)
    words = {"page": page, "workshop": room.workshop, "polled": request.GET.get("m") != page.mark}
    return polling.answer(request, "room/_phone.html", words, over=here is None or room.moment == "ended")


@private_page
@require_POST
def cast(request: HttpRequest, public_id: str) -> HttpResponse:
    """A vote, or another one in its place. By htmx only the line below changes, so that the next tap meets the same form."""
    room = _room(public_id)
    here = joining.phone_in(request, room.workshop)
    if here is None or not here.admitted:
        return _not_in(request, room, here)
    error, status = "", HTTPStatus.OK
    number = request.POST.get("round", "")
    try:
        vote(
            participant=here,
            round_pk=int(number) if number.isdecimal() and len(number) < 19 else 0,
            value=request.POST.get("answer", ""),
        )
    except NotOpenError:
        error = gettext("Voting has ended. You can take part in the next one.")
        status = HTTPStatus.CONFLICT
    except RefusedError as refused:
        error, status = str(refused), HTTPStatus.UNPROCESSABLE_ENTITY
    if error:
        return _page(request, _room(public_id), here, error=error, status=status)
    if _by_htmx(request):
        return render(request, "room/_voted_for.html", {"voted": True})
    return SeeOther(reverse("assessments:phone", args=[public_id]))


@private_page
@require_POST
def wish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the report is to be sent, which nobody but the server sees."""
    room = _room(public_id)
    here = joining.phone_in(request, room.workshop)
    if here is None or not here.admitted:
        return _not_in(request, room, here)
    email = request.POST.get("email", "").strip()
    try:
        validate_email(email)
        wishes.wish_for_copy(workshop=room.workshop, email=email)
    except ValidationError:
        error = gettext("Enter an e-mail address, such as name@example.com")
    except RefusedError as refused:
        error = str(refused)
    else:
        return SeeOther(f"{reverse('assessments:phone', args=[public_id])}?asked=1")
    return _page(request, room, here, wish_error=error, email=email, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: HttpRequest,
    room: Room,
    here: Participant | None,
    *,
    error: str = "",
    status: int = HTTPStatus.OK,
    **more: object,
) -> HttpResponse:
    part = _by_htmx(request)
    words = {
        "page": phone_page(room, here, error=error),
        "workshop": room.workshop,
        "polled": part,
        "asked": "asked" in request.GET,
        "rejoin": joining.join_link(room.workshop) if here else "",
        **more,
    }
    response = render(request, "room/_phone.html" if part else "room/phone.html", words, status=status)
    response["X-Robots-Tag"] = NO_INDEX
    return reswap(retarget(response, "#room"), "outerHTML") if part else response


def _not_in(request: HttpRequest, room: Room, here: Participant | None) -> HttpResponse:
    """For a phone that has lost its cookie, was taken out or waits at the door: what is the case, and how to come in."""
    if _by_htmx(request):
        return _page(request, room, here, status=HTTPStatus.CONFLICT)
    return render(request, "room/not_in.html", status=HTTPStatus.NOT_FOUND)


def _by_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _room(public_id: str, *, anew: bool = False, version: int = 0) -> Room:
    room = room_of(public_id, anew=anew, version=version)
    if room is None:
        raise Http404
    return room
