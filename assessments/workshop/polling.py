"""How screens learn of changes: they ask every two seconds, and mostly hear that there is nothing new."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

EVERY = 2
"""Seconds between two questions of a screen; one that is out of sight asks nothing."""
STOP = 286
"""The answer after which htmx asks no more."""


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """An empty answer for a screen that shows this already. A 304 would make htmx swap in nothing."""
    if request.GET.get("v") == tag:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return None


def seen_version(request: HttpRequest) -> int:
    """The version that a screen shows by its tag; it wants no older one, whichever process answers."""
    digits = request.GET.get("v", "").partition(".")[0].rstrip("x")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def answer(request: HttpRequest, template: str, words: dict[str, object], *, over: bool) -> HttpResponse:
    """The part of the page that has changed; the last one after the end."""
    response = render(request, template, words)
    if over:
        response.status_code = STOP
    return response
