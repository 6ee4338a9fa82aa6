"""What is shown at the address of a screen that shows no room: that it is closed, and how it is opened again."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.workshop.joining import ClosedScreenError

type View = Callable[[HttpRequest, str], HttpResponse]


def of_a_screen(view: View) -> View:
    """Say so in words, and the same ones at every address: nobody learns from them whether there ever was such a room.

    A screen that is still on the wall asks by itself; it is told to load its page anew, which then says it.
    """

    @wraps(view)
    def found(request: HttpRequest, secret: str) -> HttpResponse:
        try:
            return view(request, secret)
        except ClosedScreenError:
            if getattr(request, "htmx", False):
                response = HttpResponse(status=HTTPStatus.NOT_FOUND, headers={"HX-Refresh": "true"})
            else:
                response = render(request, "room/screen_closed.html", status=HTTPStatus.NOT_FOUND)
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

    return found
