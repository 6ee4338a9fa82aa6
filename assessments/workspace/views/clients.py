"""The clients of a workspace: the list, one of them with its units, and what can be changed about it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assessments import wastebasket
from assessments.answering import RefusedError
from assessments.clients import archive_client, make_client, rename_client, rename_unit
from assessments.http import SeeOther
from assessments.models import Client, Membership, Role
from assessments.workspace.access import client_in, desk_page
from assessments.workspace.forms import Mistake
from assessments.workspace.frame import may_change, show
from assessments.workspace.places import client_page, clients_page
from assessments.workspace.undo import done

LIST, ONE = "desk/clients.html", "desk/client.html"


@desk_page(Role.VIEWER)
@require_safe
def clients(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The list of clients."""
    return _show_all(request, membership)


@desk_page(Role.CONSULTANT)
@require_POST
def make(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A new client."""
    name = request.POST.get("name", "")
    try:
        made = make_client(request=request, workspace=membership.workspace, name=name)
    except RefusedError as refused:
        return _show_all(request, membership, name=name, error=str(refused))
    return SeeOther(_page_of(membership, made))


def _show_all(request: HttpRequest, membership: Membership, name: str = "", error: str = "") -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return show(
        request,
        LIST,
        membership,
        "clients",
        status=status,
        page=clients_page(membership.workspace, request.GET),
        name=name,
        error=error,
        mistakes=(Mistake("name", error),) if error else (),
        done=done(request, membership.workspace),
    )


def _page_of(membership: Membership, client: Client) -> str:
    return reverse("assessments:desk_client", args=[membership.workspace.public_id, client.public_id])


# --- One of them --------------------------------------------------------------------------------------------------------


@desk_page(Role.VIEWER)
@require_safe
def client(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """One client, its units and assessments."""
    return _show_one(request, membership, client_in(membership.workspace, public_id))


def _show_one(request: HttpRequest, membership: Membership, found: Client, **words: object) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if words else HTTPStatus.OK
    page = client_page(found, membership.workspace, editor=may_change(membership))
    return show(request, ONE, membership, "clients", status=status, page=page, **words)


@desk_page(Role.CONSULTANT)
@require_POST
def rename(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Another name for a client."""
    found, name = client_in(membership.workspace, public_id), request.POST.get("name", "")
    try:
        rename_client(request=request, client=found, name=name)
    except RefusedError as refused:
        return _show_one(
            request,
            membership,
            found,
            name=name,
            name_error=str(refused),
            mistakes=[Mistake("name", str(refused))],
        )
    return SeeOther(_page_of(membership, found))


@desk_page(Role.CONSULTANT)
@require_POST
def unit(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Another name for a unit."""
    found, name = client_in(membership.workspace, public_id), request.POST.get("name", "")
    old = request.POST.get("unit", "")
    try:
        rename_unit(request=request, client=found, unit=old, name=name)
    except RefusedError as refused:
        words: dict[str, object] = {"old_unit": old, "unit_name": name, "unit_error": str(refused)}
        words |= {"mistakes": [Mistake("units", str(refused))]}
        return _show_one(request, membership, found, **words)
    return SeeOther(_page_of(membership, found))


@desk_page(Role.CONSULTANT)
@require_POST
def archive(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Put a client aside, or take it up again."""
    found = client_in(membership.workspace, public_id)
    archive_client(request=request, client=found, archived=request.POST.get("archive") == "1")
    return SeeOther(_page_of(membership, found))


@desk_page(Role.CONSULTANT)
@require_POST
def delete(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Put a client and its assessments into the bin, from where they can be taken back at once."""
    wastebasket.bin_client(request=request, client=client_in(membership.workspace, public_id))
    address = reverse("assessments:desk_clients", args=[membership.workspace.public_id])
    return SeeOther(f"{address}?done=client-binned.{public_id}")
