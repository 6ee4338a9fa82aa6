"""What the screen prints."""

from dataclasses import dataclass

from django.http import HttpRequest

from assessments.workshop.seen import Moment, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePage:
    """One moment of the room, as everybody sees it."""

    moment: Moment
    tag: str


def stage_page(request: HttpRequest, room: Room, secret: str) -> StagePage:
    """No query."""
    return StagePage(moment=room.moment, tag=room.tag)
