"""One assessment at the desk: where it stands, the link for the client, another client or unit, archive and bin."""

from http import HTTPStatus
from typing import Unpack

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assessments import casework, wastebasket
from assessments.answering import RefusedError
from assessments.clients import clean_unit, client_called
from assessments.http import SeeOther
from assessments.mail import MailError, send_invitation
from assessments.models import Assessment, Membership, Role
from assessments.throttle import TooOftenError
from assessments.workspace.access import assessment_in, desk_page
from assessments.workspace.forms import AddressForm, PlaceForm
from assessments.workspace.frame import may_change, show
from assessments.workspace.one_assessment import Outcome, one_page
from assessments.workspace.undo import done

PAGE = "desk/assessment.html"


@desk_page(Role.VIEWER)
@require_safe
def assessment(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Where one assessment stands."""
    return _show(request, membership, assessment_in(membership.workspace, public_id))


def _show(
    request: HttpRequest,
    membership: Membership,
    found: Assessment,
    status: int = HTTPStatus.OK,
    **outcome: Unpack[Outcome],
) -> HttpResponse:
    workspace = membership.workspace
    page = one_page(request, workspace, found, editor=may_change(membership), **outcome)
    words = {"page": page, "done": done(request, workspace)}
    return show(request, PAGE, membership, "assessments", status=status, **words)


def _page_of(membership: Membership, found: Assessment) -> str:
    return reverse("assessments:desk_assessment", args=[membership.workspace.public_id, found.public_id])


def _list(membership: Membership, done: str = "") -> str:
    address = reverse("assessments:desk", args=[membership.workspace.public_id])
    return f"{address}?done={done}" if done else address


@desk_page(Role.CONSULTANT)
@require_POST
def move(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Put it under another client or unit."""
    found, form = assessment_in(membership.workspace, public_id), PlaceForm.sent(request.POST)
    if form.mistakes:
        return _show(request, membership, found, HTTPStatus.UNPROCESSABLE_ENTITY, place=form)
    try:
        client = client_called(request=request, workspace=membership.workspace, name=form.client)
    except RefusedError as refused:
        form = form.refused(str(refused))
        return _show(request, membership, found, HTTPStatus.UNPROCESSABLE_ENTITY, place=form)
    casework.move(request=request, assessment=found, client=client, unit=clean_unit(form.unit))
    return SeeOther(_page_of(membership, found))


@desk_page(Role.CONSULTANT)
@require_POST
def archive(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Put it aside, or take it up again."""
    found = assessment_in(membership.workspace, public_id)
    archived = request.POST.get("archive") == "1"
    casework.archive(request=request, assessment=found, archived=archived)
    return SeeOther(_list(membership, f"archived.{public_id}") if archived else _page_of(membership, found))


@desk_page(Role.CONSULTANT)
@require_POST
def delete(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Put it into the bin, from where it can be taken back at once."""
    found = assessment_in(membership.workspace, public_id)
    wastebasket.bin_assessment(request=request, assessment=found)
    return SeeOther(_list(membership, f"binned.{public_id}"))


@desk_page(Role.CONSULTANT)
@require_POST
def send(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Mail the client its link, to an address that is not stored."""
    found, form = assessment_in(membership.workspace, public_id), AddressForm(request.POST)
    page = one_page(request, membership.workspace, found, editor=True)
    if not (page.link and found.kept_by_client):
        raise Http404
    if not form.is_valid():
        return _show(request, membership, found, HTTPStatus.UNPROCESSABLE_ENTITY, address=form)
    try:
        send_invitation(
            assessment=found,
            link=page.link,
            to=form.cleaned_data["email"],
            sender=membership.user.email,
        )
    except TooOftenError as refused:
        status = HTTPStatus.TOO_MANY_REQUESTS
        response = _show(request, membership, found, status, address=form, too_often=refused.until)
        response["Retry-After"] = str(refused.seconds)
        return response
    except MailError:
        return _show(request, membership, found, HTTPStatus.SERVICE_UNAVAILABLE, address=form, failed=True)
    return SeeOther(f"{_page_of(membership, found)}?sent=1")
