"""The answers at a glance: the review before the result, and the list of what is done and what is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import assessment_for, note_deleted, private_page
from assessments.answering import delete_assessment, widen
from assessments.http import SeeOther
from assessments.rooms import room_words
from assessments.wastebasket import bin_assessment
from assessments.wizard.addresses import next_url
from assessments.wizard.overview import overview
from assessments.wizard.progress import progress_of
from assessments.wizard.steps import show_page, show_step


@private_page
@require_safe
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every answer, before the result is shown."""
    assessment = assessment_for(request, public_id)
    page = overview(assessment, progress_of(assessment), returning=True)
    words = {"page": page, "shared": "shared" in request.GET and not assessment.kept_by_client}
    return show_step(request, "assessments/wizard/review.html", assessment, words)


@private_page
@require_safe
def hub(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every question, with what is done and what is open."""
    assessment = assessment_for(request, public_id)
    page = overview(assessment, progress_of(assessment))
    words = {"page": page, "room": "" if assessment.part_of_id else room_words(assessment)}
    return show_page(request, "assessments/wizard/hub.html", assessment, words)


@private_page
@require_POST
def ask_the_rest(request: HttpRequest, public_id: str) -> HttpResponse:
    """Turn a quick check into a full assessment; its answers carry over."""
    assessment = assessment_for(request, public_id)
    widen(assessment=assessment)
    return SeeOther(next_url(assessment, progress_of(assessment)))


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete the assessment, after asking once more. One of a consultancy's client goes into its bin."""
    assessment = assessment_for(request, public_id)
    if request.method == "POST" and assessment.client_id:
        bin_assessment(request=request, assessment=assessment)
        return SeeOther(f"{reverse('assessments:deleted')}?bin=1")
    if request.method == "POST":
        delete_assessment(assessment=assessment)
        note_deleted(request, assessment)
        return SeeOther(reverse("assessments:deleted"))
    return show_page(request, "assessments/wizard/delete.html", assessment, {})


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """There is nothing left."""
    return render(request, "assessments/wizard/deleted.html", {"binned": "bin" in request.GET})
