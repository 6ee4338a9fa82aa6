"""The people of a workspace: who is in it, who was asked, what each may do, and who goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import people as writing
from assessments.accounts.access import recently_proven
from assessments.http import SeeOther
from assessments.models import Membership, Role
from assessments.people import AlreadyInError, LastOwnerError, invitation_in, member_in
from assessments.throttle import TooOftenError
from assessments.workspace.access import desk_page
from assessments.workspace.inviting import invite_by_mail
from assessments.workspace.people_forms import InvitationForm, RoleForm
from assessments.workspace.people_page import people_page, role_name

PAGE = "desk/people.html"


@desk_page(Role.VIEWER)
@require_safe
def people(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Everybody in the workspace."""
    return render(request, PAGE, people_page(request, membership))


# --- Inviting ---------------------------------------------------------------------------------------------------------


@desk_page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_proven
def invite(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask somebody in by mail."""
    if request.method != "POST":
        return SeeOther(_people_url(membership))
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, people_page(request, membership, form=form), status=422)
    email, role = form.cleaned_data["email"].lower(), form.cleaned_data["role"]
    return _send(request, membership, form, email, role)


@desk_page(Role.OWNER)
@require_POST
def resend(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """Send a new link in place of the one before, which then ends."""
    before = invitation_in(membership.workspace, number)
    return _send(request, membership, None, before.email, Role(before.role))


def _send(
    request: HttpRequest, membership: Membership, form: InvitationForm | None, email: str, role: Role
) -> HttpResponse:
    try:
        sent = invite_by_mail(request, membership.workspace, email, role)
    except AlreadyInError:
        problem = gettext("%(email)s is in this workspace already.") % {"email": email}
        return render(request, PAGE, people_page(request, membership, form=form, problem=problem), status=422)
    except TooOftenError as refused:
        problem = gettext("You have invited many people within the hour. Go on after %(time)s UTC.") % {
            "time": f"{refused.until:%H:%M}"
        }
        return render(request, PAGE, people_page(request, membership, form=form, problem=problem), status=429)
    if sent:
        messages.success(request, gettext("%(email)s is invited, for seven days.") % {"email": email})
    return SeeOther(_people_url(membership))


@desk_page(Role.OWNER)
@require_POST
def take_back(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """End an invitation."""
    invitation = invitation_in(membership.workspace, number)
    writing.take_back(request=request, invitation=invitation)
    messages.success(
        request, gettext("The invitation of %(email)s is taken back.") % {"email": invitation.email}
    )
    return SeeOther(_people_url(membership))


# --- Roles, and going ---------------------------------------------------------------------------------------------------


@desk_page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_proven
def role(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """Give somebody another role."""
    member = member_in(membership.workspace, number)
    if request.method != "POST":
        return SeeOther(_people_url(membership))
    form = RoleForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, people_page(request, membership, problem=form.says["role"]), status=422)
    try:
        writing.change_role(request=request, membership=member, role=form.cleaned_data["role"])
    except LastOwnerError:
        return _last_owner(request, membership)
    said = {"name": member.user, "role": role_name(form.cleaned_data["role"])}
    messages.success(request, gettext("%(name)s: %(role)s from now on.") % said)
    return SeeOther(_people_url(membership))


@desk_page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_proven
def remove(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    """Take somebody out of the workspace, after asking once more."""
    member = member_in(membership.workspace, number)
    if request.method != "POST":
        page = {
            "member": member,
            "membership": membership,
            "workspace": membership.workspace,
            "here": "people",
        }
        return render(request, "desk/person_remove.html", page)
    try:
        writing.remove(request=request, membership=member)
    except LastOwnerError:
        return _last_owner(request, membership)
    messages.success(request, gettext("%(name)s is no longer in this workspace.") % {"name": member.user})
    return SeeOther(_people_url(membership))


@desk_page(Role.VIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Go, after asking once more."""
    if request.method != "POST":
        page = {"membership": membership, "workspace": membership.workspace, "here": "people"}
        return render(request, "desk/leave.html", page)
    try:
        writing.remove(request=request, membership=membership)
    except LastOwnerError:
        return _last_owner(request, membership)
    messages.success(request, gettext("You have left %(workspace)s.") % {"workspace": membership.workspace})
    return SeeOther(reverse("assessments:desk_entry"))


def _last_owner(request: HttpRequest, membership: Membership) -> HttpResponse:
    problem = gettext("A workspace needs an owner. Make somebody else an owner first.")
    return render(request, PAGE, people_page(request, membership, problem=problem), status=409)


def _people_url(membership: Membership) -> str:
    return reverse("assessments:people", args=[membership.workspace.public_id])
