"""All assessments of a workspace at a glance, and a new one."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import push_url

from assessments.answering import RefusedError
from assessments.casework import prepare
from assessments.clients import client_called
from assessments.http import SeeOther
from assessments.models import Membership, Role
from assessments.surveys import open_survey
from assessments.workspace.access import desk_page
from assessments.workspace.forms import ROOM, SEVERAL, NewForm, PlaceForm
from assessments.workspace.frame import may_change, show
from assessments.workspace.listing import Asked, listing
from assessments.workspace.places import names_of_clients, waiting_in
from assessments.workspace.rows import legend
from assessments.workspace.undo import done

LIST, NEW = "desk/assessments.html", "desk/new.html"


@desk_page(Role.VIEWER)
@require_safe
def desk(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The list of assessments; for htmx the part of the page that a search changes."""
    asked, editor = Asked.of(request.GET), may_change(membership)
    found = listing(membership.workspace, asked, editor=editor)
    if request.headers.get("HX-Request"):
        words = {"page": found, "workspace": membership.workspace, "editor": editor, "doors": legend()}
        return push_url(render(request, f"{LIST}#changed", words), request.path + asked.query())
    return show(
        request,
        LIST,
        membership,
        "assessments",
        page=found,
        doors=legend(),
        done=done(request, membership.workspace),
        waiting=waiting_in(membership.workspace) if editor else 0,
    )


@desk_page(Role.CONSULTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask what a new assessment is of, and prepare it; on to its questions, or to the link for the client."""
    workspace = membership.workspace
    if request.method != "POST":
        place = PlaceForm(client=request.GET.get("client", ""), unit=request.GET.get("unit", ""))
        return _ask(request, membership, NewForm(place=place))
    form = NewForm.sent(request.POST)
    if form.place.mistakes:
        return _ask(request, membership, form)
    try:
        client = client_called(request=request, workspace=workspace, name=form.place.client)
    except RefusedError as refused:
        return _ask(request, membership, form.refused(str(refused)))
    made = prepare(request=request, client=client, **form.stored)
    if form.who == SEVERAL:
        open_survey(request=request, assessment=made)
        return SeeOther(reverse("assessments:several", args=[made.public_id]))
    if form.who == ROOM:
        return SeeOther(reverse("assessments:room", args=[made.public_id]))
    if made.kept_by_client:
        return SeeOther(reverse("assessments:desk_assessment", args=[workspace.public_id, made.public_id]))
    return SeeOther(reverse("assessments:hub", args=[made.public_id]))


def _ask(request: HttpRequest, membership: Membership, form: NewForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.place.mistakes else HTTPStatus.OK
    names = names_of_clients(membership.workspace)
    return show(request, NEW, membership, "assessments", status=status, form=form, names=names)
