"""New workspaces, and what they are called."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from assessments import people
from assessments.access import private_page
from assessments.accounts.access import account_of
from assessments.http import SeeOther
from assessments.models import Membership, Role
from assessments.workspace.access import desk_page, may_start_workspace
from assessments.workspace.people_forms import WorkspaceForm


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Start a workspace of one's own."""
    if not may_start_workspace(request):
        raise PermissionDenied
    form = WorkspaceForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = {"form": form, "open": settings.SIGN_UP == "open"}
        return render(request, "desk/workspace_new.html", page, status=422 if form.errors else 200)
    owner, name = account_of(request), form.cleaned_data["name"]
    workspace = people.start_workspace(request=request, owner=owner, name=name)
    return SeeOther(reverse("assessments:desk", args=[workspace.public_id]))


@desk_page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Give the workspace another name."""
    workspace = membership.workspace
    form = WorkspaceForm(request.POST) if request.method == "POST" else WorkspaceForm.called(workspace.name)
    if not form.is_valid():
        page = {"form": form, "membership": membership, "workspace": workspace, "here": "people"}
        return render(request, "desk/workspace_rename.html", page, status=422 if form.errors else 200)
    people.rename_workspace(request=request, workspace=workspace, name=form.cleaned_data["name"])
    messages.success(request, gettext("The workspace has its new name."))
    return SeeOther(reverse("assessments:people", args=[workspace.public_id]))
