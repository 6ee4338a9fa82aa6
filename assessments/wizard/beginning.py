"""Beginning an assessment once, however often the landing page's form was sent."""

from django.db import IntegrityError
from django.http import HttpRequest

from advisor.engine.playbook import Playbook
from advisor.engine.situation import Mode
from assessments import once
from assessments.access import Assessment, was_deleted
from assessments.answering import create_assessment
from assessments.models.assessment import ID_BYTES


def begin(request: HttpRequest, playbook: Playbook, mode: Mode, stated: str | None) -> Assessment:
    """A new assessment; after a double click, the one that the first click made."""
    public_id = once.word_of(request, ID_BYTES, mode, stated or "")
    if not public_id or was_deleted(request, public_id):
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
