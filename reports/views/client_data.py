"""All data of a client, for the owners of its workspace."""

from io import BytesIO

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import audit
from assessments.accounts.access import recently_proven
from assessments.clients import kept_to_themselves, readable_assessments
from assessments.http import SeeOther
from assessments.parcels import fetch
from assessments.work import is_queued
from assessments.workspace.access import Client, Membership, Role, client_in, desk_page
from reports.client_data import PDFS, archive_name, archive_of
from reports.tasks import Archive
from reports.waiting import awaited, wanted_archive


@desk_page(Role.OWNER)
@recently_proven
@require_http_methods(["GET", "HEAD", "POST"])
def client_data(request: HttpRequest, membership: Membership, client: str) -> HttpResponseBase:
    """What will be in the archive; sent, the archive."""
    workspace = membership.workspace
    found = client_in(workspace, client)
    if request.method == "POST":
        audit.note(request, "client.exported", workspace=workspace, subject=found.public_id)
        if is_queued():
            return SeeOther(f"{request.path}?work={Archive(found).order()}")
        return FileResponse(archive_of(found), as_attachment=True, filename=archive_name(found))
    if is_queued() and ("work" in request.GET or "fetch" in request.GET):
        return _awaited(request, workspace.public_id, found)
    words = {
        "workspace": workspace,
        "membership": membership,
        "here": "clients",
        "client": found,
        "pdfs": PDFS,
    }
    words |= {"count": readable_assessments(found).count(), "own": kept_to_themselves(found)}
    return render(request, "desk/client_data.html", words)


def _awaited(request: HttpRequest, workspace: str, found: Client) -> HttpResponseBase:
    """The archive that a worker makes; where there is none any more, the page that asks for one."""
    here = reverse("reports:client_data", args=[workspace, found.public_id])
    back = reverse("assessments:desk_client", args=[workspace, found.public_id])
    asked = Archive(found)

    def made() -> HttpResponseBase:
        content = fetch(asked.number, about=found, keep=request.method == "HEAD")
        if content is None:
            return SeeOther(here)
        return FileResponse(BytesIO(content), as_attachment=True, filename=archive_name(found))

    return awaited(request, wanted_archive(here, back), made=made, order=asked.order)
