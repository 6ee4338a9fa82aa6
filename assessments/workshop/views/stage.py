"""The screen that everybody looks at: read only, without a control, a note or a name."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import private_page
from assessments.workshop import polling
from assessments.workshop.joining import ClosedScreenError, staged
from assessments.workshop.screens import of_a_screen
from assessments.workshop.seen import Room, room_of
from assessments.workshop.stage_page import stage_page, tag_of

NO_INDEX = "noindex, nofollow"


@private_page
@require_safe
@of_a_screen
def stage(request: HttpRequest, secret: str) -> HttpResponse:
    """The whole screen."""
    room = _room(secret)
    response = render(request, "room/stage.html", {"page": stage_page(request, room, secret)})
    response["X-Robots-Tag"] = NO_INDEX
    return response


@private_page
@require_safe
@of_a_screen
def state(request: HttpRequest, secret: str) -> HttpResponse:
    """What is new on it, if anything is; all of it where the ground has changed, for that is the whole page's."""
    room = _room(secret, polling.seen_version(request))
    seen, now = request.GET.get("v", ""), tag_of(room)
    if (nothing := polling.unchanged(request, now)) is not None:
        return nothing
    if seen and seen.rpartition(".")[2] != now.rpartition(".")[2]:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
    words: dict[str, object] = {"page": stage_page(request, room, secret, seen), "polled": True}
    return polling.answer(request, "room/_stage.html", words, over=room.moment == "ended")


def _room(secret: str, version: int = 0) -> Room:
    room = room_of(staged(secret), version=version)
    if room is None:
        raise ClosedScreenError
    return room
