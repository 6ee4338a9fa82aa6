"""Keys for programs: made, shown once, removed. Owners only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessments.accounts.access import recently_proven
from assessments.http import SeeOther
from assessments.models import Membership, Role
from assessments.tokens import RefusedError, make_token, remove_token, tokens_of
from assessments.workspace.access import desk_page
from assessments.workspace.frame import show


@desk_page(Role.OWNER)
@recently_proven
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest, membership: Membership) -> HttpResponse:
    """All keys, and a form for another one, whose secret stands on the page that answers the form and never again."""
    workspace, secret, error = membership.workspace, "", ""
    name, scope = request.POST.get("name", ""), request.POST.get("scope", "read")
    if request.method == "POST":
        try:
            _, secret = make_token(request=request, workspace=workspace, name=name, scope=scope)
        except RefusedError as refused:
            error = str(refused)
    words = {"tokens": tokens_of(workspace), "secret": secret, "error": error}
    words |= {"name": name if error else "", "scope": scope if error else "read"}
    mistakes = [{"target": "name", "says": error}] if error else []
    return show(
        request,
        "desk/keys.html",
        membership,
        "keys",
        status=422 if error else 200,
        mistakes=mistakes,
        **words,
    )


@desk_page(Role.OWNER)
@require_POST
def remove(request: HttpRequest, membership: Membership, public_id: str) -> HttpResponse:
    """Programs with this key come in no more."""
    token = membership.workspace.api_tokens.filter(public_id=public_id).select_related("workspace").first()
    if token is None:
        raise Http404
    remove_token(request=request, token=token)
    return SeeOther(reverse("assessments:desk_keys", args=[membership.workspace.public_id]))
