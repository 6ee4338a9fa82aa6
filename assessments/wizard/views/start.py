"""The way in: the landing page, what the answers are about, and the private link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import assessment_for, let_in, private_page
from assessments.answering import create_assessment, describe
from assessments.http import SeeOther
from assessments.links import absolute, link_of, replace_link
from assessments.playbooks import current, edition
from assessments.questions import RefusedError
from assessments.wizard import landing as landing_page
from assessments.wizard.addresses import next_url
from assessments.wizard.forms import ScopeForm, start_values
from assessments.wizard.progress import progress_of
from assessments.wizard.qr import qr_image
from assessments.wizard.steps import show_step

WAY_IN = "assessments/wizard/landing.html"


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What Groundwork is, and the first question."""
    return render(request, WAY_IN, {"page": landing_page.landing(current())})


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin an assessment with the symptom that was named, if one was."""
    playbook = current()
    try:
        mode, stated = start_values(request.POST, playbook)
    except RefusedError as refused:
        page = landing_page.landing(playbook, error=str(refused))
        return render(request, WAY_IN, {"page": page}, status=422)
    assessment = create_assessment(playbook=playbook, mode=mode, stated=stated)
    let_in(request, assessment)
    return SeeOther(reverse("assessments:scope", args=[assessment.public_id]))


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def scope(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the answers are about."""
    assessment = assessment_for(request, public_id)
    form = ScopeForm(request.POST) if request.method == "POST" else ScopeForm.about(assessment)
    if request.method == "POST" and form.is_valid():
        describe(assessment=assessment, **form.cleaned_data)
        return SeeOther(reverse("assessments:keep", args=[public_id]))
    context = {"form": form, "playbook": edition(assessment.edition)}
    return show_step(
        request, "assessments/wizard/scope.html", assessment, context, 422 if form.errors else 200
    )


@private_page
@require_safe
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """The private link, to be kept."""
    assessment = assessment_for(request, public_id)
    context = {"next": next_url(assessment, progress_of(assessment)), "replaced": "replaced" in request.GET}
    if link := link_of(assessment):
        address = absolute(request, link)
        context |= {"link": address, "qr": qr_image(address)}
    return show_step(request, "assessments/wizard/keep.html", assessment, context)


@private_page
@require_POST
def new_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the private link in force and what it has opened, except here, and make a new one."""
    assessment = assessment_for(request, public_id)
    replace_link(assessment=assessment)
    let_in(request, assessment)
    return SeeOther(f"{reverse('assessments:keep', args=[public_id])}?replaced=1")
