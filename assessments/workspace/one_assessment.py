"""What the desk's page of one assessment prints: where it stands, the link to send, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.http import HttpRequest

from assessments.links import absolute, link_of
from assessments.mail import only_printed
from assessments.models import Assessment, Workspace
from assessments.rooms import room_words
from assessments.workspace.forms import AddressForm, Mistake, PlaceForm
from assessments.workspace.listing import with_digests
from assessments.workspace.places import names_of_clients
from assessments.workspace.rows import Row, has_result, row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """The page. ``link`` is empty for viewers, and once a client that answers alone has a link of its own."""

    row: Row
    assessment: Assessment
    result: bool
    room: str
    """Who is in the room, while that is open."""
    claimed: bool
    """The client has come in by the link that was sent, and has one of its own now."""
    link: str
    place: PlaceForm
    names: list[str]
    address: AddressForm
    only_printed: bool
    sent: bool
    too_often: datetime | None
    failed: bool

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return (*self.place.mistakes, *self.address.mistakes)


class Outcome(TypedDict, total=False):
    """What was typed and refused, or why no mail was sent."""

    place: PlaceForm
    address: AddressForm
    too_often: datetime
    failed: bool


def one_page(
    request: HttpRequest,
    workspace: Workspace,
    assessment: Assessment,
    *,
    editor: bool,
    **outcome: Unpack[Outcome],
) -> OnePage:
    """The page for this assessment. Two queries, another one while people are in the room, and four more where its answers have changed since the last look."""
    (found,) = with_digests(
        Assessment.objects.filter(pk=assessment.pk).select_related("client", "digest", "survey", "workshop")
    )
    claimed = found.kept_by_client and found.link_number > 1
    link = link_of(found) if editor and not claimed else None
    client = found.client.name if found.client else ""
    row = row_of(found, workspace.public_id, editor=editor)
    return OnePage(
        row=row,
        assessment=found,
        result=has_result(found, found.digest),
        room=room_words(found) if row.in_the_room else "",
        claimed=claimed,
        link=absolute(request, link) if link else "",
        place=outcome.get("place") or PlaceForm(client=client, unit=found.unit),
        names=names_of_clients(workspace),
        address=outcome.get("address") or AddressForm(),
        only_printed=only_printed(),
        sent="sent" in request.GET,
        too_often=outcome.get("too_often"),
        failed=outcome.get("failed", False),
    )
