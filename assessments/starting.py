"""Starting an assessment once, however often the form was sent."""

import base64

from django.db import IntegrityError
from django.utils.crypto import salted_hmac

from advisor.engine.playbook import Playbook
from advisor.engine.situation import Mode
from assessments.answering import create_assessment
from assessments.models import Assessment

KEY_SALT = "groundwork.start"
ID_BYTES = 9
"""As many as a public id made by chance has."""


def id_for(*parts: str) -> str:
    """The public id of the assessment that a form starts, computed from what only this sending of it has."""
    digest = salted_hmac(KEY_SALT, "\n".join(parts), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:ID_BYTES]).decode()


def start_once(*, public_id: str, playbook: Playbook, mode: Mode, stated: str | None) -> Assessment:
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
