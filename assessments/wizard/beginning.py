"""Which sending of the landing page's form is the same as an earlier one."""

from django.http import HttpRequest

from advisor.engine.playbook import Playbook
from advisor.engine.situation import Mode
from assessments.access import Assessment, was_deleted
from assessments.answering import create_assessment
from assessments.starting import id_for, start_once


def begin(request: HttpRequest, playbook: Playbook, mode: Mode, stated: str | None) -> Assessment:
    """A new assessment; after a double click, the one that the first click made.

    The two clicks may be answered before either answer arrives, so nothing in the session can tell. What tells is the
    number on the page, together with the browser's protection against foreign forms: the number alone opens nothing.
    """
    once, secret = request.POST.get("once", ""), request.META.get("CSRF_COOKIE", "")
    public_id = id_for(once, secret, mode, stated or "")
    if not (once and secret) or was_deleted(request, public_id):
        return create_assessment(playbook=playbook, mode=mode, stated=stated)
    return start_once(public_id=public_id, playbook=playbook, mode=mode, stated=stated)
