"""What the page of the bin prints: each thing that was deleted, and until when it can be taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from assessments.models import Assessment, Client, Workspace
from assessments.retention import rule_for_workspaces
from assessments.wastebasket import DAYS, assessments_in, clients_in, restorable_until
from assessments.workspace import words

MOST = 200
"""So many of a kind are shown; older ones come up once newer ones are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thrown:
    """A line of the bin."""

    name: str
    kind: str
    deleted: str
    until: datetime
    restore: str
    erase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WastebasketPage:
    """The bin, what was deleted last on top."""

    title: str
    lines: tuple[Thrown, ...]
    days: int
    rule: str


def wastebasket_page(workspace: Workspace) -> WastebasketPage:
    """What is in the bin of a workspace. Two queries."""
    with_it = Count("assessments", filter=Q(assessments__binned=F("binned")))
    clients = [
        _client(workspace, each, each.count) for each in clients_in(workspace).annotate(count=with_it)[:MOST]
    ]
    single = [_assessment(workspace, each) for each in assessments_in(workspace)[:MOST]]
    lines = sorted([*clients, *single], key=lambda line: line.until, reverse=True)
    count = len(lines)
    title = ngettext("%(count)s thing in the bin", "%(count)s things in the bin", count)
    return WastebasketPage(
        title=words.sentence((title % {"count": words.in_words(count)},))
        if count
        else gettext("The bin is empty"),
        lines=tuple(lines),
        days=DAYS,
        rule=rule_for_workspaces(),
    )


def name_in_bin(thrown: Assessment | Client) -> str:
    """What has to be typed before something is deleted for good: the name of the client."""
    if isinstance(thrown, Client):
        return thrown.name
    return thrown.client.name if thrown.client else thrown.public_id


def _client(workspace: Workspace, client: Client, count: int) -> Thrown:
    kind = ngettext("Client, with %(count)s assessment", "Client, with %(count)s assessments", count)
    said = kind % {"count": words.in_words(count)} if count else gettext("Client, without an assessment")
    return _line(workspace, "client", client, name=client.name, kind=said)


def _assessment(workspace: Workspace, assessment: Assessment) -> Thrown:
    unit = assessment.unit
    kind = gettext("Assessment, %(unit)s") % {"unit": unit} if unit else gettext("Assessment")
    return _line(workspace, "assessment", assessment, name=name_in_bin(assessment), kind=kind)


def _line(workspace: Workspace, what: str, thrown: Assessment | Client, *, name: str, kind: str) -> Thrown:
    place, binned = [workspace.public_id, what, thrown.public_id], thrown.binned or timezone.now()
    return Thrown(
        name=name,
        kind=kind,
        deleted=words.day(binned),
        until=restorable_until(binned),
        restore=reverse("assessments:desk_restore", args=place),
        erase=reverse("assessments:desk_erase", args=place),
    )
