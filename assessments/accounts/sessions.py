"""How long somebody stays signed in, and what remains of a browser's session when that ends."""

import time
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY as AUTH_SESSION_KEY
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from assessments.access import RIGHTS, SEEN_AT, SIGNED_IN_AT
from assessments.accounts.models import User

SHORT = 5 * 60
"""Seconds within which nobody notes again that somebody is there: a row less to write for nearly every page."""


def begin(request: HttpRequest, **signal: Any) -> None:  # noqa: ARG001  # Django tells more than is needed
    """Somebody has just signed in."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


def end_if_over(session: SessionBase) -> None:
    """Sign out whoever was away for too long or came in too long ago; note that they are there otherwise.

    What the browser may open without an account stays. No query beside the session's own while it lasts.
    """
    if AUTH_SESSION_KEY not in session:
        return
    now, since, seen = time.time(), session.get(SIGNED_IN_AT, 0), session.get(SEEN_AT, 0)
    if now - seen >= settings.SIGNED_IN_IDLE or now - since >= settings.SIGNED_IN_AT_MOST:
        kept = rights_in(session)
        UserSession.objects.filter(session_key=session.session_key).delete()
        session.clear()
        session.update(kept)
    elif now - seen >= SHORT:
        session[SEEN_AT] = int(now)


def rights_in(session: SessionBase) -> dict[str, Any]:
    """What the browser may open without an account."""
    return {name: session[name] for name in RIGHTS if name in session}


def sign_out(request: HttpRequest, *, forget: bool = False) -> None:
    """End the session and begin a new one, with what the browser may open without an account unless it shall ``forget``."""
    kept = {} if forget else rights_in(request.session)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    request.session.update(kept)


def signed_in_within(request: HttpRequest, seconds: int) -> bool:
    """Whether somebody has proven lately who they are by signing in."""
    return bool(time.time() - request.session.get(SIGNED_IN_AT, 0) < seconds)


def forget_everywhere(user: User) -> None:
    """Take out of every browser's session what says who was signed in there, the address included.

    What a browser may open without an account stays.
    """
    known, store = UserSession.objects.filter(user=user), import_module(settings.SESSION_ENGINE).SessionStore
    for key in known.values_list("session_key", flat=True):
        session = store(key)
        kept = rights_in(session)
        if kept:
            session.clear()
            session.update(kept)
            session.save()
        else:
            session.delete()
    known.delete()
