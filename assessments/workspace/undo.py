"""What was just done at the desk, with the way to undo it: named by an address, so that it works in every browser."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from assessments.models import Assessment, Client, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What happened. ``undo`` is the form's address, empty where there is nothing to undo; ``sent`` goes with it."""

    says: str
    undo: str = ""
    sent: str = ""


def done(request: HttpRequest, workspace: Workspace) -> Done | None:
    """What the address says has just happened, if it is still so. One query where it says anything."""
    what, _, public_id = request.GET.get("done", "").partition(".")
    kinds = {"binned": _binned, "client-binned": _client_binned, "archived": _archived, "restored": _restored}
    if what not in kinds or "\0" in public_id:
        return None
    return kinds[what](workspace, public_id)


def name_of(assessment: Assessment) -> str:
    """An assessment in a sentence: its client, and its unit if it is of one."""
    client = assessment.client.name if assessment.client else ""
    return f"{client}, {assessment.unit}" if assessment.unit else client


def _binned(workspace: Workspace, public_id: str) -> Done | None:
    found = _assessment(workspace, public_id)
    if found is None or found.binned is None:
        return None
    return Done(
        says=gettext("In the bin: %(name)s.") % {"name": name_of(found)},
        undo=reverse("assessments:desk_restore", args=[workspace.public_id, "assessment", public_id]),
    )


def _client_binned(workspace: Workspace, public_id: str) -> Done | None:
    found = Client.objects.filter(workspace=workspace, public_id=public_id, binned__isnull=False).first()
    if found is None:
        return None
    return Done(
        says=gettext("In the bin, with all its assessments: %(name)s.") % {"name": found.name},
        undo=reverse("assessments:desk_restore", args=[workspace.public_id, "client", public_id]),
    )


def _archived(workspace: Workspace, public_id: str) -> Done | None:
    found = _assessment(workspace, public_id)
    if found is None or found.archived is None or found.binned:
        return None
    return Done(
        says=gettext("Archived: %(name)s.") % {"name": name_of(found)},
        undo=reverse("assessments:desk_archive", args=[workspace.public_id, public_id]),
        sent="back",
    )


def _restored(workspace: Workspace, public_id: str) -> Done | None:
    found = _assessment(workspace, public_id)
    if found is None or found.binned:
        return None
    return Done(says=gettext("Back as it was: %(name)s.") % {"name": name_of(found)})


def _assessment(workspace: Workspace, public_id: str) -> Assessment | None:
    found = Assessment.objects.filter(public_id=public_id, client__workspace=workspace)
    return found.select_related("client").first()
