"""Handing assessments over to a consultancy. Opening its link changes nothing, since mail scanners open links too."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import handing_over
from assessments.access import assessments_of, private_page
from assessments.http import SeeOther
from assessments.wizard.handing import hand_over_page

TEMPLATE = "assessments/wizard/hand_over.html"


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, token: str) -> HttpResponse:
    """Ask which of this browser's assessments; those that are chosen are the consultancy's from then on."""
    code, mine = handing_over.code_behind(token), assessments_of(request)
    chosen = [each for each in mine if each.public_id in request.POST.getlist("assessment")]
    if request.method == "POST" and chosen:
        count = handing_over.hand_over(request=request, workspace=code.workspace, assessments=chosen)
        return SeeOther(f"{reverse('assessments:hand_over', args=[token])}?done={count}")
    nothing = request.method == "POST"
    page = hand_over_page(code.workspace, mine, done=request.GET.get("done", ""), nothing=nothing)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if nothing else HTTPStatus.OK
    response = render(request, TEMPLATE, {"page": page}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
