"""Who may open which room of the desk: the membership and the objects of its workspace, or "not found"."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from assessments.access import private_page, signed_in
from assessments.audit import note_refused
from assessments.models import Assessment, Client, Membership, Role, Workspace

RANK = {Role.VIEWER: 0, Role.CONSULTANT: 1, Role.OWNER: 2}

__all__ = [
    "Client",
    "Membership",  # reports name the types, and import nothing else from the models
    "Role",
    "assessment_in",
    "client_in",
    "desk_page",
    "memberships_of",
]

type DeskView[**Given] = Callable[Concatenate[HttpRequest, Membership, Given], HttpResponseBase]


def desk_page[**Given](
    at_least: Role,
) -> Callable[[DeskView[Given]], Callable[..., HttpResponseBase]]:
    """For every page of a workspace: the view gets the membership of whoever is signed in, in place of the id.

    Whoever is not signed in is asked to. A foreign workspace is not found, like one that never was; a page that the role
    does not allow is refused. The role is read at every request, so that taking it away works at once.
    """

    def decorate(view: DeskView[Given]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def opened(
            request: HttpRequest, workspace: str, *args: Given.args, **kwargs: Given.kwargs
        ) -> HttpResponseBase:
            if not signed_in(request):
                return redirect_to_login(request.get_full_path())
            membership = membership_in(request, workspace)
            if RANK[Role(membership.role)] < RANK[at_least]:
                note_refused(request, membership.workspace)
                raise PermissionDenied
            return view(request, membership, *args, **kwargs)

        return private_page(opened)

    return decorate


def membership_in(request: HttpRequest, workspace: str) -> Membership:
    """The membership of whoever is signed in, with its workspace. Raises Http404. One query."""
    found = Membership.objects.filter(workspace__public_id=workspace, user=request.user.pk)
    membership = found.select_related("workspace").first()
    if membership is None:
        raise Http404
    return membership


def memberships_of(request: HttpRequest) -> tuple[Membership, ...]:
    """All of whoever is signed in, with their workspaces, by name. One query."""
    found = Membership.objects.filter(user=request.user.pk).select_related("workspace")
    return tuple(found.order_by("workspace__name", "pk"))


def may_start_workspace(request: HttpRequest) -> bool:
    """Everybody where anybody may make an account; elsewhere whoever owns a workspace already. One query at most."""
    owned = Membership.objects.filter(user=request.user.pk, role=Role.OWNER)
    return bool(settings.SIGN_UP == "open" or owned.exists())


def client_numbered(pk: int) -> Client | None:
    """The client with this number, for the server's own work: nobody has asked whether they may see it."""
    return Client.objects.filter(pk=pk).first()


def client_in(workspace: Workspace, public_id: str, *, in_bin: bool = False) -> Client:
    """A client of this workspace. Raises Http404 for those of others too."""
    found = workspace.clients.filter(public_id=public_id, binned__isnull=not in_bin).first()
    if found is None:
        raise Http404
    return found


def assessment_in(workspace: Workspace, public_id: str, *, in_bin: bool = False) -> Assessment:
    """An assessment of a client of this workspace, with its client. Raises Http404 for those of others too."""
    found = Assessment.objects.filter(
        public_id=public_id, client__workspace=workspace, binned__isnull=not in_bin
    )
    assessment = found.select_related("client").first()
    if assessment is None:
        raise Http404
    return assessment
