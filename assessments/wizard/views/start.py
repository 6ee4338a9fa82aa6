"""The way in: the landing page, and what the answers are about."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import throttle
from assessments.access import assessment_for, assessments_of, let_in, private_page
from assessments.answering import describe
from assessments.http import SeeOther, network_of
from assessments.playbooks import current, edition
from assessments.questions import RefusedError
from assessments.wizard import landing as landing_page
from assessments.wizard import recovery
from assessments.wizard.beginning import begin
from assessments.wizard.forms import ScopeForm, start_values
from assessments.wizard.steps import show_step

MOST_AN_HOUR = 300
"""Assessments that one network begins: more than any training room or conference, and too few to fill a disk with."""
WAY_IN = "assessments/wizard/landing.html"


@private_page
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What Groundwork is, the first question, and the way back to what this browser has begun."""
    page = landing_page.landing(current(), begun=assessments_of(request))
    return render(request, WAY_IN, {"page": page})


@private_page
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin an assessment with the symptom that was named, if one was."""
    playbook = current()
    try:
        mode, stated = start_values(request.POST, playbook)
    except RefusedError as refused:
        page = landing_page.landing(playbook, begun=assessments_of(request), error=str(refused))
        return render(request, WAY_IN, {"page": page}, status=422)
    try:
        throttle.hold_back("begun from", network_of(request), most=MOST_AN_HOUR)
    except throttle.TooOftenError as refused:
        return _too_many(request, refused)
    assessment = begin(request, playbook, mode, stated)
    let_in(request, assessment)
    return SeeOther(reverse("assessments:scope", args=[assessment.public_id]))


def _too_many(request: HttpRequest, refused: throttle.TooOftenError) -> HttpResponse:
    """The landing page, which says that the network has begun enough for now. What was begun can be gone on with."""
    said = gettext("From your network many assessments were begun within the hour. Try again in a while.")
    page = landing_page.landing(current(), begun=assessments_of(request), error=said)
    response = render(request, WAY_IN, {"page": page}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(refused.seconds)
    return response


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def scope(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the answers are about."""
    posted = request.method == "POST"
    assessment = recovery.admitted(request, public_id) if posted else assessment_for(request, public_id)
    if assessment is None:
        return recovery.show(request)
    form = ScopeForm(request.POST) if posted else ScopeForm.about(assessment)
    if posted and form.is_valid():
        describe(assessment=assessment, **form.cleaned_data)
        return SeeOther(reverse("assessments:keep", args=[public_id]))
    context = {"form": form, "playbook": edition(assessment.edition)}
    return show_step(
        request, "assessments/wizard/scope.html", assessment, context, 422 if form.errors else 200
    )
