"""Keeping an assessment: its private link, by mail too, everything that is stored of it, and leaving a device."""

from typing import Unpack

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.access import Assessment, assessment_for, let_in, private_page
from assessments.casework import replace_link
from assessments.export import data_of
from assessments.http import SeeOther, network_of
from assessments.mail import MailError, send_link
from assessments.throttle import TooOftenError
from assessments.wizard import keeping
from assessments.wizard.addresses import keep_url
from assessments.wizard.forms import AddressForm
from assessments.wizard.steps import show_page, show_step

PAGE = "assessments/wizard/keep.html"
WIPE = '"cache", "storage"'
"""What a browser is asked to throw away when somebody leaves it; cookies have a say of their own in the session."""


# --- The link -----------------------------------------------------------------------------------------------------------


@private_page
@require_safe
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """The private link, to be kept."""
    assessment = assessment_for(request, public_id)
    page = keeping.keeping(request, assessment)
    return show_step(request, PAGE, assessment, {"page": page})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mail the private link to an address, which is not stored."""
    assessment = assessment_for(request, public_id)
    link = keeping.address_of(request, assessment)
    if request.method != "POST" or not link:
        return SeeOther(keep_url(assessment))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _show(request, assessment, 422, form=form)
    to, network = form.cleaned_data["email"], network_of(request)
    try:
        send_link(assessment=assessment, link=link, to=to, network=network)
    except TooOftenError as refused:
        response = _show(request, assessment, 429, form=form, too_often=refused.until)
        response["Retry-After"] = str(refused.seconds)
        return response
    except MailError:
        return _show(request, assessment, 503, form=form, failed=True)
    return SeeOther(f"{keep_url(assessment)}?sent=1")


def _show(
    request: HttpRequest, assessment: Assessment, status: int, **outcome: Unpack[keeping.Outcome]
) -> HttpResponse:
    page = keeping.keeping(request, assessment, **outcome)
    return show_step(request, PAGE, assessment, {"page": page}, status)


@private_page
@require_POST
def new_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the private link in force and what it has opened, except here, and make a new one."""
    assessment = assessment_for(request, public_id)
    replace_link(request=request, assessment=assessment)
    let_in(request, assessment)
    return SeeOther(f"{keep_url(assessment)}?replaced=1")


# --- The data -------------------------------------------------------------------------------------------------------------


@private_page
@require_safe
def data(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that is stored of the assessment, to take along."""
    assessment = assessment_for(request, public_id)
    named = content_disposition_header(as_attachment=True, filename=f"groundwork-{public_id}.json")
    return JsonResponse(
        data_of(assessment),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": named or ""},
    )


# --- Leaving a device -------------------------------------------------------------------------------------------------------


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget the assessment in this browser, after showing once more what leads back to it; it stays on the server."""
    assessment = assessment_for(request, public_id)
    if request.method != "POST":
        link = keeping.address_of(request, assessment)
        return show_page(request, "assessments/wizard/leave.html", assessment, {"link": link})
    access.leave(request, assessment)
    response = SeeOther(reverse("assessments:left"))
    response["Clear-Site-Data"] = WIPE
    return response


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Nothing of it is left here, and how to come back."""
    response = render(request, "assessments/wizard/left.html")
    response["Clear-Site-Data"] = WIPE  # some browsers heed it only on a page
    return response
