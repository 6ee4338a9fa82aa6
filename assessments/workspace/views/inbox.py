"""The inbox of a workspace: what was handed over to it, and the links for handing over."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assessments import handing_over
from assessments.answering import RefusedError
from assessments.clients import clean_unit, client_called
from assessments.http import SeeOther
from assessments.models import HandOver, Membership, Role
from assessments.workspace.access import desk_page
from assessments.workspace.forms import PlaceForm
from assessments.workspace.frame import show
from assessments.workspace.inboxes import inbox_page

PAGE = "desk/inbox.html"


@desk_page(Role.CONSULTANT)
@require_safe
def inbox(request: HttpRequest, membership: Membership) -> HttpResponse:
    """What waits for a client, and the links that are in use."""
    return show(request, PAGE, membership, "inbox", page=inbox_page(request, membership.workspace))


def _inbox(membership: Membership) -> str:
    return reverse("assessments:desk_inbox", args=[membership.workspace.public_id])


@desk_page(Role.CONSULTANT)
@require_POST
def make_link(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A new link for owners."""
    handing_over.make_code(request=request, workspace=membership.workspace)
    return SeeOther(f"{_inbox(membership)}#links")


@desk_page(Role.CONSULTANT)
@require_POST
def end_link(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """A link works no more."""
    code = membership.workspace.codes.filter(public_id=public_id).select_related("workspace").first()
    if code is None:
        raise Http404
    handing_over.end_code(request=request, code=code)
    return SeeOther(f"{_inbox(membership)}#links")


@desk_page(Role.CONSULTANT)
@require_POST
def take(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Say which client and unit it is of."""
    waiting, form = _waiting(membership, public_id), PlaceForm.sent(request.POST)
    if not form.mistakes:
        try:
            client = client_called(request=request, workspace=membership.workspace, name=form.client)
        except RefusedError as refused:
            form = form.refused(str(refused))
    if form.mistakes:
        page = inbox_page(request, membership.workspace, refused=public_id, form=form)
        return show(request, PAGE, membership, "inbox", status=HTTPStatus.UNPROCESSABLE_ENTITY, page=page)
    handing_over.take(request=request, waiting=waiting, client=client, unit=clean_unit(form.unit))
    here = membership.workspace.public_id
    return SeeOther(reverse("assessments:desk_assessment", args=[here, public_id]))


@desk_page(Role.CONSULTANT)
@require_POST
def decline(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Leave it to its owner."""
    handing_over.decline(request=request, waiting=_waiting(membership, public_id))
    return SeeOther(_inbox(membership))


def _waiting(membership: Membership, public_id: str) -> HandOver:
    found = handing_over.inbox_of(membership.workspace).filter(assessment__public_id=public_id).first()
    if found is None:
        raise Http404
    return found
