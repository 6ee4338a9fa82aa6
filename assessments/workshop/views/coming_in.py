"""Coming into the room: a code that is typed, or the link behind the QR code; then one button."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments.access import private_page
from assessments.http import SeeOther
from assessments.models import Workshop
from assessments.questions import RefusedError
from assessments.throttle import TooOftenError
from assessments.workshop import joining
from assessments.workshop.rounds import EndedError
from assessments.workshop.wording import size_of_name

NO_INDEX = "noindex, nofollow"


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Where a code is typed. A right one leads to the same page as the QR code."""
    words: dict[str, object] = {}
    status = HTTPStatus.OK
    if request.method == "POST":
        typed = request.POST.get("code", "")[:40]
        try:
            found = joining.workshop_with_code(request, typed)
        except RefusedError as refused:
            words, status = {"typed": typed, "error": str(refused)}, HTTPStatus.UNPROCESSABLE_ENTITY
        except TooOftenError as refused:
            words = {"typed": typed, "too_often": refused.seconds}
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            return SeeOther(joining.join_link(found))
    if error := words.get("error"):
        words["mistakes"] = [{"target": "code", "says": error}]
    return _rendered(request, "room/code.html", words, status)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """What somebody joins and who sees what, and a button. Whoever is in already goes straight on."""
    workshop = joining.workshop_behind(secret)
    if joining.phone_in(request, workshop):
        return SeeOther(_phone(workshop))
    role, error = request.POST.get("role", ""), ""
    if request.method == "POST":
        try:
            joined = joining.join(request=request, workshop=workshop, role=role)
        except EndedError as ended:
            raise Http404 from ended
        except RefusedError as refused:
            error = str(refused)
        else:
            inside = SeeOther(_phone(workshop))
            joining.remember(inside, joined.secret)
            return inside
    words = {
        "workshop": workshop,
        "assessment": workshop.assessment,
        "size": size_of_name(workshop.assessment.organisation),
        "roles": joining.roles_of(workshop) if workshop.asks_roles else (),
        "role": role,
        "error": error,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    response = _rendered(request, "room/join.html", words, status)
    joining.remember(response, joining.secret_of(request))  # or two clicks on the button were two phones
    return response


def _rendered(request: HttpRequest, template: str, words: dict[str, object], status: int) -> HttpResponse:
    response = render(request, template, words, status=status)
    response["X-Robots-Tag"] = NO_INDEX
    return response


def _phone(workshop: Workshop) -> str:
    return reverse("assessments:phone", args=[workshop.public_id])
