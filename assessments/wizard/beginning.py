"""Beginning an assessment once, however often the landing page's form was sent."""

import base64

from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from advisor.engine.playbook import Playbook
from advisor.engine.situation import Mode
from assessments.access import Assessment, was_deleted
from assessments.answering import create_assessment

KEY_SALT = "groundwork.start"
ID_BYTES = 9
"""As many as a public id made by chance has."""


def begin(request: HttpRequest, playbook: Playbook, mode: Mode, stated: str | None) -> Assessment:
    """A new assessment; after a double click, the one that the first click made.

    The two clicks may be answered before either answer arrives, so nothing in the session can tell. What tells is the
    number on the page, together with the browser's protection against foreign forms: the number alone opens nothing.
    """
    once, secret = request.POST.get("once", ""), request.META.get("CSRF_COOKIE", "")
    public_id = _id_for(once, secret, mode, stated or "")
    if not (once and secret) or was_deleted(request, public_id):
        return create_assessment(playbook=playbook, mode=mode, stated=stated)
    return _begin_once(public_id, playbook, mode, stated)


def _begin_once(public_id: str, playbook: Playbook, mode: Mode, stated: str | None) -> Assessment:
    """The assessment with this id, made now unless an earlier sending of the same form has made it.

    One whose private link was replaced is not handed out again: that would let somebody back in who was shut out.
    """
    try:
        return create_assessment(playbook=playbook, mode=mode, stated=stated, public_id=public_id)
    except IntegrityError:  # an earlier sending was faster
        made = Assessment.objects.get(public_id=public_id)
    if made.link_number > 1:
        return create_assessment(playbook=playbook, mode=mode, stated=stated)
    return made


def _id_for(*parts: str) -> str:
    """The public id of the assessment that a form begins, computed from what only this sending of it has."""
    digest = salted_hmac(KEY_SALT, "\n".join(parts), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:ID_BYTES]).decode()
