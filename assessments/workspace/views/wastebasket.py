"""The bin of a workspace: what is in it, back again, or gone for good."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import wastebasket as bins
from assessments.accounts.access import recently_proven
from assessments.http import SeeOther
from assessments.models import Assessment, Client, Membership, Role
from assessments.workspace.access import assessment_in, client_in, desk_page
from assessments.workspace.forms import Mistake
from assessments.workspace.frame import show
from assessments.workspace.thrown import name_in_bin, wastebasket_page

LIST, ERASE = "desk/bin.html", "desk/erase.html"


@desk_page(Role.CONSULTANT)
@require_safe
def wastebasket(request: HttpRequest, membership: Membership) -> HttpResponse:
    """What was deleted, and until when it can be taken back."""
    page = wastebasket_page(membership.workspace)
    return show(request, LIST, membership, "bin", page=page, erased="erased" in request.GET)


@desk_page(Role.CONSULTANT)
@require_POST
def restore(request: HttpRequest, membership: Membership, kind: str, public_id: str) -> HttpResponse:
    """Take something back as it was."""
    found, here = _found(membership, kind, public_id), membership.workspace.public_id
    if isinstance(found, Client):
        bins.restore_client(request=request, client=found)
        return SeeOther(reverse("assessments:desk_client", args=[here, public_id]))
    bins.restore_assessment(request=request, assessment=found)
    return SeeOther(f"{reverse('assessments:desk', args=[here])}?done=restored.{public_id}")


@desk_page(Role.CONSULTANT)
@recently_proven
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, membership: Membership, kind: str, public_id: str) -> HttpResponse:
    """Delete something in the bin for good, once its name was typed."""
    found = _found(membership, kind, public_id)
    name, typed = name_in_bin(found), request.POST.get("name", "")
    wrong = request.method == "POST" and " ".join(typed.split()).casefold() != name.casefold()
    if request.method != "POST" or wrong:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        mistakes = (
            (Mistake("name", gettext("Type the name of the client, as it stands here")),) if wrong else ()
        )
        words = {"name": name, "typed": typed, "mistakes": mistakes, "kind": kind}
        return show(request, ERASE, membership, "bin", status=status, **words)
    if isinstance(found, Client):
        bins.erase_client(request=request, client=found)
    else:
        bins.erase_assessment(request=request, assessment=found)
    return SeeOther(f"{reverse('assessments:desk_bin', args=[membership.workspace.public_id])}?erased=1")


def _found(membership: Membership, kind: str, public_id: str) -> Assessment | Client:
    if kind == "client":
        return client_in(membership.workspace, public_id, in_bin=True)
    if kind == "assessment":
        return assessment_in(membership.workspace, public_id, in_bin=True)
    raise Http404
