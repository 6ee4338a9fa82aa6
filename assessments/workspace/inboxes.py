"""What the inbox prints: what was handed over and waits for a client, and the links by which it is handed over."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext

from assessments.handing_over import DAYS, codes_of, inbox_of, link_of
from assessments.links import absolute
from assessments.models import HandOver, HandOverCode, Workspace
from assessments.workspace import words
from assessments.workspace.forms import Mistake, PlaceForm
from assessments.workspace.places import names_of_clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An assessment that waits for a client, and the form that gives it one."""

    public_id: str
    name: str
    about: str
    at: datetime
    form: PlaceForm

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Those of the form, at the fields of this one among several."""
        return tuple(Mistake(f"{self.public_id}-{each.target}", each.says) for each in self.form.mistakes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link for owners. ``address`` is empty where it cannot be shown again."""

    public_id: str
    address: str
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """The inbox."""

    title: str
    waiting: tuple[Waiting, ...]
    links: tuple[Link, ...]
    names: list[str]
    days: int


def inbox_page(
    request: HttpRequest, workspace: Workspace, *, refused: str = "", form: PlaceForm | None = None
) -> InboxPage:
    """The inbox of a workspace; ``form`` is what was refused for the assessment ``refused``. Three queries."""
    waiting = tuple(
        _waiting(each, form if each.assessment.public_id == refused else None) for each in inbox_of(workspace)
    )
    return InboxPage(
        title=_title(len(waiting)),
        waiting=waiting,
        links=tuple(_link(request, each) for each in codes_of(workspace)),
        names=names_of_clients(workspace),
        days=DAYS,
    )


def _title(count: int) -> str:
    if not count:
        return gettext("Nothing waits for you")
    return words.sentence((words.assessments(count), gettext("handed over to you")))


def _waiting(waiting: HandOver, form: PlaceForm | None) -> Waiting:
    assessment = waiting.assessment
    return Waiting(
        public_id=assessment.public_id,
        name=assessment.organisation or gettext("No name given"),
        about=assessment.scope,
        at=waiting.at,
        form=form or PlaceForm(client=assessment.organisation),
    )


def _link(request: HttpRequest, code: HandOverCode) -> Link:
    link = link_of(code)
    return Link(
        public_id=code.public_id, address=absolute(request, link) if link else "", expires=code.expires
    )
