"""What the page prints that finds where somebody is named in a workspace."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from assessments.erasing import owners_like, written_in
from assessments.models import Assessment, Workspace
from assessments.models.plan import OWNER_LENGTH

LEAST = 2
"""Letters that are searched for: a single one stands nearly everywhere."""
MOST = 100
"""Assessments that are listed."""


@dataclass(frozen=True, slots=True)
class Place:
    """An assessment: "Tallis Software, Payments"."""

    name: str
    public_id: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who owns moves in plans, as the name stands there."""

    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPage:
    """What was searched for and found. Nothing was searched for while ``query`` is empty or too short."""

    query: str
    error: str
    done: str
    owners: tuple[Owner, ...]
    written: tuple[Place, ...]

    @property
    def searched(self) -> bool:
        return bool(self.query) and not self.error


def named_page(workspace: Workspace, asked: QueryDict) -> NamedPage:
    """``asked`` is what the address says: the text, or how many moves were just taken from their owner. Two queries at most."""
    query = " ".join(asked.get("q", "").split()).replace("\0", "")[:OWNER_LENGTH]
    error = gettext("Enter at least two letters of a name or an address") if 0 < len(query) < LEAST else ""
    search = bool(query) and not error
    return NamedPage(
        query=query,
        error=error,
        done=_done(asked.get("gone", "")),
        owners=tuple(
            Owner(name, tuple(_place(each) for each in found[:MOST]))
            for name, found in (owners_like(workspace, query) if search else {}).items()
        ),
        written=tuple(_place(each) for each in (written_in(workspace, query)[:MOST] if search else ())),
    )


def _done(gone: str) -> str:
    if not (gone.isascii() and gone.isdecimal() and len(gone) < 7):
        return ""
    return ngettext(
        "%(count)s move has no owner any more.", "%(count)s moves have no owner any more.", int(gone)
    ) % {"count": int(gone)}


def _place(assessment: Assessment) -> Place:
    client = assessment.client.name if assessment.client else ""
    return Place(f"{client}, {assessment.unit}" if assessment.unit else client, assessment.public_id)
