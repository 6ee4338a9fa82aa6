"""Sharing a report: the page with its links, and the way in for whoever has one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import Assessment, assessment_for, private_page
from assessments.accounts.access import proven_if_signed_in
from assessments.answering import RefusedError
from assessments.branding import brand_of
from assessments.http import SeeOther
from assessments.links import absolute
from assessments.sharing.access import let_read, link_behind, right_passphrase
from assessments.sharing.forms import LinkForm
from assessments.sharing.links import is_live, links_of, make_link, revoke_link
from assessments.throttle import TooOftenError

NO_INDEX = "noindex, nofollow"


# --- For whoever shares -------------------------------------------------------------------------------------------------


@private_page
@proven_if_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """All links of this report, and a form for another one, which is shown this once."""
    assessment = assessment_for(request, public_id)
    if request.method != "POST":
        return _page(request, assessment, LinkForm())
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, form, status=422)
    try:
        made, token = make_link(request=request, assessment=assessment, **form.cleaned_data)
    except RefusedError as refused:
        form.add_error("label", str(refused))
        return _page(request, assessment, form, status=422)
    link = absolute(request, reverse("assessments:shared_link", args=[token]))
    return _page(request, assessment, LinkForm(), made=made, link=link)


@private_page
@require_POST
def revoke(request: HttpRequest, public_id: str, share: str) -> HttpResponse:
    """End a link, and the reading of everybody who came in by it."""
    assessment = assessment_for(request, public_id)
    if revoke_link(request=request, assessment=assessment, public_id=share) is None:
        raise Http404
    return SeeOther(f"{reverse('assessments:share_links', args=[public_id])}?revoked={share}#links")


def _page(
    request: HttpRequest, assessment: Assessment, form: LinkForm, *, status: int = 200, **more: object
) -> HttpResponse:
    links = links_of(assessment)
    gone = request.GET.get("revoked", "")
    words = {
        "assessment": assessment,
        "form": form,
        "live": [each for each in links if is_live(each)],
        "ended": [each for each in links if not is_live(each)],
        "revoked": next((each.label for each in links if each.revoked and each.public_id == gone), ""),
        **more,
    }
    return render(request, "sharing/share.html", words, status=status)


# --- For whoever reads --------------------------------------------------------------------------------------------------


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def shared_link(request: HttpRequest, token: str) -> HttpResponse:
    """A button and nothing else, since mail scanners open links too; pressing it leaves the secret behind."""
    link = link_behind(token)
    status, until = 200, None
    if request.method == "POST":
        try:
            if right_passphrase(request, link, request.POST.get("passphrase", "").strip()):
                let_read(request, link)
                return SeeOther(reverse("reports:shared", args=[link.public_id]))
            status = 422
        except TooOftenError as refused:
            status, until = 429, refused
    words = {"asks": bool(link.passphrase), "wrong": status == 422, "brand": brand_of(link.assessment)}
    response = render(request, "sharing/open.html", {**words, "until": until and until.until}, status=status)
    response["X-Robots-Tag"] = NO_INDEX
    if until:
        response["Retry-After"] = str(until.seconds)
    return response
