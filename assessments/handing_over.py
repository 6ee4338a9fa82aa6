"""Handing an assessment over to a consultancy: the link made at the desk, the owner's step, and the consultancy's."""

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessments import audit, once
from assessments.links import TOKEN_LENGTH, digest_of
from assessments.locking import locked
from assessments.models import Assessment, Client, HandOver, HandOverCode, Workspace
from assessments.models.assessment import ID_BYTES, new_public_id

KEY_SALT = "groundwork.hand-over"
DAYS = 14
"""So long a link for handing over works."""


# --- The link ---------------------------------------------------------------------------------------------------------


def make_code(*, request: HttpRequest | None, workspace: Workspace) -> HandOverCode:
    """A new link by which owners can hand assessments over to this workspace; after a double click, the same.

    The form of one that was ended since makes another one when it is sent again.
    """
    word = once.word_of(request, ID_BYTES, "code", workspace.public_id) if request else ""
    if word and audit.happened("code.ended", workspace=workspace, subject=word):
        word = ""
    made = HandOverCode(
        public_id=word or new_public_id(), workspace=workspace, expires=timezone.now() + timedelta(days=DAYS)
    )
    made.digest = digest_of(_token_of(made))
    try:
        with transaction.atomic():
            made.save()
            audit.note(request, "code.made", workspace=workspace, subject=made.public_id)
    except IntegrityError:  # an earlier sending of the form was faster
        return workspace.codes.get(public_id=made.public_id)
    return made


def end_code(*, request: HttpRequest, code: HandOverCode) -> None:
    """The link works no more. What was handed over by it stays."""
    with transaction.atomic():
        code.delete()
        audit.note(request, "code.ended", workspace=code.workspace, subject=code.public_id)


def link_of(code: HandOverCode) -> str | None:
    """The link, without the name of the server; None where the server's key was replaced since it was made."""
    token = _token_of(code)
    return reverse("assessments:hand_over", args=[token]) if digest_of(token) == code.digest else None


def codes_of(workspace: Workspace) -> QuerySet[HandOverCode]:
    """The links that work, the newest first."""
    return workspace.codes.filter(expires__gt=timezone.now()).order_by("-made", "-pk")


def code_behind(token: str) -> HandOverCode:
    """The link with this secret, with its workspace. Raises Http404 for wrong, ended and old ones alike."""
    if len(token) != TOKEN_LENGTH:
        raise Http404
    found = HandOverCode.objects.filter(digest=digest_of(token), expires__gt=timezone.now())
    code = found.select_related("workspace").first()
    if code is None:
        raise Http404
    return code


def delete_expired_codes(now: datetime) -> None:
    """Forget the links that work no more."""
    HandOverCode.objects.filter(expires__lte=now).delete()


def _token_of(code: HandOverCode) -> str:
    secret = salted_hmac(KEY_SALT, code.public_id, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


# --- The owner --------------------------------------------------------------------------------------------------------


def can_be_handed_over(assessment: Assessment) -> bool:
    """Whether it belongs to nobody but whoever holds its private link. One query."""
    alone = assessment.client_id is None and assessment.part_of_id is None and not assessment.sample
    return alone and not waits(assessment)


def waits(assessment: Assessment) -> bool:
    """Whether it was handed over, and the consultancy has not taken it yet."""
    return HandOver.objects.filter(assessment=assessment).exists()


def waiting_among(assessments: Iterable[Assessment]) -> set[int]:
    """The keys of those that were handed over and wait. One query."""
    found = HandOver.objects.filter(assessment__in=[each.pk for each in assessments])
    return set(found.values_list("assessment", flat=True))


def hand_over(*, request: HttpRequest, workspace: Workspace, assessments: Iterable[Assessment]) -> int:
    """Hand assessments over; how many were. One that belongs to somebody by now stays where it is."""
    return sum(_hand_over(request, workspace, each) for each in assessments)


def _hand_over(request: HttpRequest, workspace: Workspace, assessment: Assessment) -> bool:
    try:
        with locked(assessment):
            assessment.refresh_from_db(fields=["client", "sample"])
            if not can_be_handed_over(assessment):
                return False
            HandOver.objects.create(assessment=assessment, workspace=workspace)
            audit.note(request, "assessment.handed_over", workspace=workspace, subject=assessment.public_id)
    except IntegrityError:  # another window was faster
        return False
    return True


# --- The consultancy --------------------------------------------------------------------------------------------------


def inbox_of(workspace: Workspace) -> QuerySet[HandOver]:
    """What waits for a client, the oldest first, with the assessments."""
    return workspace.inbox.select_related("assessment").order_by("at", "pk")


def take(*, request: HttpRequest, waiting: HandOver, client: Client, unit: str) -> Assessment:
    """Put what was handed over under a client. From then on it is the workspace's.

    Raises DeletedError, and Http404 where somebody else was faster.
    """
    assessment = waiting.assessment
    with locked(assessment):
        _waits_no_more(waiting)
        assessment.client, assessment.unit = client, unit
        assessment.save(update_fields=["client", "unit"], force_update=True)
        audit.note(
            request,
            "assessment.taken",
            workspace=client.workspace,
            subject=assessment.public_id,
            client=client.public_id,
        )
    return assessment


def decline(*, request: HttpRequest, waiting: HandOver) -> None:
    """Do not take it: it is its owner's alone again. Raises Http404 where somebody else was faster."""
    with transaction.atomic():
        _waits_no_more(waiting)
        audit.note(
            request,
            "assessment.declined",
            workspace=waiting.workspace,
            subject=waiting.assessment.public_id,
        )


def _waits_no_more(waiting: HandOver) -> None:
    if not HandOver.objects.filter(pk=waiting.pk).delete()[0]:
        raise Http404
