"""The screen that everybody looks at: read only, without a control, a note or a name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import private_page
from assessments.workshop import polling
from assessments.workshop.joining import staged
from assessments.workshop.seen import Room, room_of
from assessments.workshop.stage_page import stage_page

NO_INDEX = "noindex, nofollow"


@private_page
@require_safe
def stage(request: HttpRequest, secret: str) -> HttpResponse:
    """The whole screen."""
    room = _room(secret)
    response = render(request, "room/stage.html", {"page": stage_page(request, room, secret)})
    response["X-Robots-Tag"] = NO_INDEX
    return response


@private_page
@require_safe
def state(request: HttpRequest, secret: str) -> HttpResponse:
    """What is new on it, if anything is."""
    room = _room(secret)
    if (nothing := polling.unchanged(request, room.tag)) is not None:
        return nothing
    words: dict[str, object] = {"page": stage_page(request, room, secret)}
    return polling.answer(request, "room/_stage.html", words, over=room.moment == "ended")


def _room(secret: str) -> Room:
    room = room_of(staged(secret))
    if room is None:
        raise Http404
    return room
