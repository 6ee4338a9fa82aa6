"""The one place that makes, reads and revokes links to read a report by."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from assessments import audit, once
from assessments.access import signed_in
from assessments.answering import RefusedError
from assessments.links import digest_of
from assessments.locking import locked
from assessments.models import Assessment, ShareLink, Workspace

LIVES = (7, 30, 90)
"""Days that a link may live for."""
USUAL = 30

MOST = 50
"""So many live links of one assessment: more than that nobody keeps an eye on."""


# --- Reading ----------------------------------------------------------------------------------------------------------


def links_of(assessment: Assessment) -> Sequence[ShareLink]:
    """All of them with who made them, the newest first. One query."""
    return tuple(assessment.share_links.select_related("made_by").order_by("-pk"))


def is_live(link: ShareLink) -> bool:
    """Whether it opens anything. No query."""
    return link.revoked is None and link.expires > timezone.now()


# --- Writing ----------------------------------------------------------------------------------------------------------


def make_link(
    *, request: HttpRequest, assessment: Assessment, label: str, days: int, passphrase: str = ""
) -> tuple[ShareLink, str]:
    """A new link and its secret, which is stored nowhere and cannot be shown again; after a double click, the same.

    ``label`` and ``days`` are as the form has checked them. Raises RefusedError where there are too many, and
    DeletedError.
    """
    made_by = once.word_of(request, 32, "link", assessment.public_id, label, str(days), passphrase)
    token, now = made_by or secrets.token_urlsafe(32), timezone.now()
    hashed = make_password(passphrase) if passphrase else ""
    with locked(assessment):
        if twin := assessment.share_links.filter(digest=digest_of(token)).first():
            return twin, token
        if assessment.share_links.filter(revoked__isnull=True, expires__gt=now).count() >= MOST:
            raise RefusedError(
                gettext("There are %(most)s links in force already. Revoke one that nobody needs any more.")
                % {"most": MOST}
            )
        link = ShareLink.objects.create(
            assessment=assessment,
            digest=digest_of(token),
            label=label,
            passphrase=hashed,
            made_by_id=request.user.pk if signed_in(request) else None,
            expires=now + timedelta(days=days),
        )
        note(request, "share.made", link, days=days, passphrase=bool(passphrase))
    return link, token


def revoke_link(*, request: HttpRequest, assessment: Assessment, public_id: str) -> ShareLink | None:
    """End a link, and with it what it has opened. None where the assessment has no such link in force."""
    with transaction.atomic():
        link = assessment.share_links.filter(public_id=public_id, revoked__isnull=True).first()
        if link is None:
            return None
        link.revoked = timezone.now()
        link.save(update_fields=["revoked"])
        note(request, "share.revoked", link)
    return link


def note(
    request: HttpRequest, action: str, link: ShareLink, *, reader: bool = False, **details: int | bool
) -> None:
    """A line in the trail of the workspace that the assessment belongs to; none where it belongs to none."""
    workspace = Workspace.objects.filter(clients__assessments=link.assessment_id).first()
    if workspace:
        subject = link.assessment.public_id
        audit.note(
            request,
            action,
            workspace=workspace,
            subject=subject,
            link=link.public_id,
            reader=reader,
            **details,
        )
