"""Milestones and what has changed since: kept, renamed, deleted, and two of them side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assessments import milestones
from assessments.access import Assessment, assessment_for, private_page
from assessments.answering import RefusedError
from assessments.http import SeeOther
from reports.history import compare_page, milestones_page


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, public_id: str) -> HttpResponse:
    """The milestones, and a form to keep today's answers as another one."""
    assessment = assessment_for(request, public_id)
    if request.method == "POST":
        return _keep(request, assessment)
    page = milestones_page(assessment, kept=request.GET.get("kept", ""))
    return render(request, "reports/milestones.html", {"page": page, "assessment": assessment})


def _keep(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    name = request.POST.get("name", "")
    try:
        made = milestones.keep(assessment=assessment, name=name, again="again" in request.POST)
    except milestones.SameError as found:
        page = milestones_page(assessment, name=name, same=found.newest)
    except (RefusedError, milestones.FullError) as refused:
        page = milestones_page(assessment, name=name, error=str(refused))
    else:
        return SeeOther(f"{_list(assessment)}?kept={made.number}")
    return render(request, "reports/milestones.html", {"page": page, "assessment": assessment}, status=422)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Another name for a milestone."""
    assessment = assessment_for(request, public_id)
    found, error = _one(assessment, number), ""
    name = request.POST.get("name", found.name)
    if request.method == "POST":
        try:
            milestones.rename(assessment=assessment, number=number, name=name)
        except RefusedError as refused:
            error = str(refused)
        else:
            return SeeOther(_list(assessment))
    words = {"assessment": assessment, "milestone": found, "name": name, "error": error}
    return render(request, "reports/milestone_rename.html", words, status=422 if error else 200)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Delete a milestone, after asking once more."""
    assessment = assessment_for(request, public_id)
    found = _one(assessment, number)
    if request.method == "POST":
        milestones.delete(assessment=assessment, number=number)
        return SeeOther(_list(assessment))
    words = {"assessment": assessment, "milestone": found}
    return render(request, "reports/milestone_delete.html", words)


@private_page
@require_safe
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """What has changed between two milestones, or between one and today."""
    assessment = assessment_for(request, public_id, reading=True)
    page = compare_page(assessment, then=request.GET.get("from", ""), now=request.GET.get("to", ""))
    return render(request, "reports/compare.html", {"page": page, "assessment": assessment})


def _one(assessment: Assessment, number: int) -> milestones.Milestone:
    found = milestones.milestone_of(assessment, number)
    if found is None:
        raise Http404
    return found


def _list(assessment: Assessment) -> str:
    return reverse("reports:milestones", args=[assessment.public_id])
