"""The one place that writes what happens to an assessment as a whole: prepared, moved, put aside, shared, another link."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from advisor.engine.situation import Mode
from assessments import audit, links, once
from assessments.answering import create_assessment
from assessments.defaults import copy_defaults
from assessments.locking import locked, note_change
from assessments.models import Assessment, Client
from assessments.models.assessment import ID_BYTES
from assessments.playbooks import current


def prepare(
    *, request: HttpRequest, client: Client, unit: str, mode: Mode, kept_by_client: bool
) -> Assessment:
    """A new assessment of a client's unit; after a double click, the one that the first click made.

    ``kept_by_client``: the client answers alone, and shares when it likes.
    """
    public_id = once.word_of(request, ID_BYTES, "new", str(client.pk), unit, mode, str(kept_by_client))
    try:
        return _prepare(request, client, unit, mode, kept_by_client=kept_by_client, public_id=public_id)
    except IntegrityError:  # an earlier sending of the form was faster
        return Assessment.objects.get(public_id=public_id, client=client)


def _prepare(
    request: HttpRequest, client: Client, unit: str, mode: Mode, *, kept_by_client: bool, public_id: str
) -> Assessment:
    with transaction.atomic():
        made = create_assessment(playbook=current(), mode=mode, public_id=public_id)
        made.client, made.unit, made.kept_by_client = client, unit, kept_by_client
        made.organisation, made.scope = client.name, unit
        made.save(update_fields=["client", "unit", "kept_by_client", "organisation", "scope"])
        copy_defaults(assessment=made)
        who = "client" if kept_by_client else "consultant"
        _note(request, "assessment.prepared", made, client=client.public_id, answers=who)
    return made


def move(*, request: HttpRequest, assessment: Assessment, client: Client, unit: str) -> None:
    """Put an assessment under another client or unit; a report that named the old ones names the new ones."""
    before, old_unit = assessment.client, assessment.unit
    with transaction.atomic():
        if before and assessment.organisation == before.name:
            assessment.organisation = client.name
        if assessment.scope == old_unit:
            assessment.scope = unit
        assessment.client, assessment.unit = client, unit
        assessment.save(update_fields=["client", "unit", "organisation", "scope"])
        ids = {"before": before.public_id if before else "", "client": client.public_id}
        _note(request, "assessment.moved", assessment, **ids)


def archive(*, request: HttpRequest, assessment: Assessment, archived: bool) -> None:
    """Put an assessment aside, or take it up again. Everything about it stays."""
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(archived=timezone.now() if archived else None)
        _note(request, "assessment.archived" if archived else "assessment.taken_up", assessment)


def share(*, request: HttpRequest, assessment: Assessment) -> None:
    """The client shows its answers to the consultancy it answers for. Raises DeletedError."""
    with locked(assessment):
        assessment.refresh_from_db(fields=["kept_by_client", "version"])
        if not assessment.kept_by_client:
            return
        assessment.kept_by_client = False
        assessment.save(update_fields=["kept_by_client"])
        note_change(assessment)  # what the desk shows of it is worked out anew
        _note(request, "assessment.shared", assessment)


def replace_link(*, request: HttpRequest, assessment: Assessment) -> None:
    """End the private link in force and make the next one; the workspace's trail says so where it belongs to one."""
    with transaction.atomic():
        links.replace_link(assessment=assessment)
        if assessment.client_id:
            _note(request, "assessment.link_replaced", assessment)


def _note(request: HttpRequest, action: str, assessment: Assessment, **details: Any) -> None:
    client = assessment.client
    audit.note(
        request,
        action,
        workspace=client.workspace if client else None,
        subject=assessment.public_id,
        **details,
    )
