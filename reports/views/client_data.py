"""All data of a client, for the owners of its workspace."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assessments import audit
from assessments.accounts.access import recently_proven
from assessments.clients import kept_to_themselves, readable_assessments
from assessments.workspace.access import Membership, Role, client_in, desk_page
from reports.client_data import PDFS, archive_name, archive_of


@desk_page(Role.OWNER)
@recently_proven
@require_http_methods(["GET", "HEAD", "POST"])
def client_data(request: HttpRequest, membership: Membership, client: str) -> HttpResponseBase:
    """What will be in the archive; sent, the archive."""
    workspace = membership.workspace
    found = client_in(workspace, client)
    if request.method == "POST":
        audit.note(request, "client.exported", workspace=workspace, subject=found.public_id)
        return FileResponse(archive_of(found), as_attachment=True, filename=archive_name(found))
    words = {
        "workspace": workspace,
        "membership": membership,
        "here": "clients",
        "client": found,
        "pdfs": PDFS,
    }
    words |= {"count": readable_assessments(found).count(), "own": kept_to_themselves(found)}
    return render(request, "desk/client_data.html", words)
