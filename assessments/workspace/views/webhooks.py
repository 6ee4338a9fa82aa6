"""Addresses where programs are told that an assessment is complete. Owners only."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessments import webhooks as hooks
from assessments.accounts.access import recently_proven
from assessments.answering import RefusedError
from assessments.http import SeeOther
from assessments.models import Membership, Role, Webhook
from assessments.workspace.access import desk_page
from assessments.workspace.frame import show
from assessments.workspace.told import told_page

PAGE = "desk/webhooks.html"


@desk_page(Role.OWNER)
@recently_proven
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, membership: Membership) -> HttpResponse:
    """All addresses with what was sent there, and a form for another one, whose secret is shown this once."""
    url, secret, error = request.POST.get("url", ""), "", ""
    if request.method == "POST":
        try:
            _, secret = hooks.add_webhook(request=request, workspace=membership.workspace, url=url)
        except RefusedError as refused:
            error = str(refused)
    words = {
        "page": told_page(membership.workspace),
        "secret": secret,
        "error": error,
        "url": url if error else "",
    }
    words["mistakes"] = [{"target": "url", "says": error}] if error else []
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return show(request, PAGE, membership, "keys", status=status, said=request.GET.get("said", ""), **words)


@desk_page(Role.OWNER)
@require_POST
def test(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """Send a message that says nothing."""
    hooks.send_test(webhook=_found(membership, public_id))
    return _back(membership, "test")


@desk_page(Role.OWNER)
@require_POST
def switch(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Switch an address off, or on again."""
    webhook = _found(membership, public_id)
    hooks.switch(request=request, webhook=webhook, active=request.POST.get("active") == "1")
    return _back(membership, "")


@desk_page(Role.OWNER)
@require_POST
def remove(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Tell an address no more."""
    hooks.remove_webhook(request=request, webhook=_found(membership, public_id))
    return _back(membership, "removed")


@desk_page(Role.OWNER)
@require_POST
def again(
    request: HttpRequest,  # noqa: ARG001  # Django passes it
    membership: Membership,
    public_id: str,
    number: int,
) -> HttpResponse:
    """Send one message anew."""
    delivery = _found(membership, public_id).deliveries.filter(pk=number).first()
    if delivery is None:
        raise Http404
    hooks.send_again(delivery=delivery)
    return _back(membership, "again")


def _found(membership: Membership, public_id: str) -> Webhook:
    found = membership.workspace.webhooks.filter(public_id=public_id).select_related("workspace").first()
    if found is None:
        raise Http404
    return found


def _back(membership: Membership, said: str) -> HttpResponse:
    address = reverse("assessments:webhooks", args=[membership.workspace.public_id])
    return SeeOther(f"{address}?said={said}" if said else address)
