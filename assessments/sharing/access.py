"""Who may read which report by a link: a right in the session that opens this one report, and nothing else."""

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments import throttle
from assessments.access import READING_KEY, REMEMBERED, renew_session
from assessments.http import network_of
from assessments.links import TOKEN_LENGTH, digest_of
from assessments.models import ShareLink
from assessments.sharing.links import note

__all__ = ["ShareLink", "let_read", "link_behind", "link_read_by", "right_passphrase"]

MOST_AN_HOUR = 10
"""Passphrases that one network may try on one link."""
MOST_OF_ALL = 100
"""Passphrases that everybody together may try on one link: whoever has many networks still guesses slowly."""


def link_behind(token: str) -> ShareLink:
    """The link with this secret. Raises Http404 for wrong, revoked and expired ones alike."""
    if len(token) != TOKEN_LENGTH:
        raise Http404
    return _live(digest=digest_of(token))


def link_read_by(request: HttpRequest, public_id: str) -> ShareLink:
    """The link by which this browser came in, with its assessment. Raises Http404, at once when it was revoked.

    One query, none for a browser that came in by no such link.
    """
    if public_id not in request.session.get(READING_KEY, ()):
        raise Http404
    return _live(public_id=public_id)


def _live(**which: str) -> ShareLink:
    found = ShareLink.objects.filter(
        **which, revoked__isnull=True, expires__gt=timezone.now(), assessment__binned__isnull=True
    )
    link = found.select_related("assessment").first()
    if link is None:
        raise Http404
    return link


def right_passphrase(request: HttpRequest, link: ShareLink, typed: str) -> bool:
    """Whether this is the passphrase; any is where the link has none. Raises TooOftenError after too many tries."""
    if not link.passphrase:
        return True
    throttle.check_in("passphrase from", f"{link.pk} {network_of(request)}", most=MOST_AN_HOUR)
    throttle.check_in("passphrase", str(link.pk), most=MOST_OF_ALL)
    return check_password(typed, link.passphrase)


def let_read(request: HttpRequest, link: ShareLink) -> None:
    """Allow this browser to read the report, in a new session, and count the opening."""
    before = [each for each in request.session.get(READING_KEY, ()) if each != link.public_id]
    renew_session(request)
    request.session[READING_KEY] = [*before, link.public_id][-REMEMBERED:]
    with transaction.atomic():
        this = ShareLink.objects.filter(pk=link.pk)
        this.update(openings=F("openings") + 1, opened=timezone.now())
        note(request, "share.opened", link, reader=True)
