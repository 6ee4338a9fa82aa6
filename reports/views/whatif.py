"""What if: levels tried out, kept under a name, renamed and deleted."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import replace_url

from assessments import access
from assessments.http import SeeOther
from assessments.scenarios import RefusedError, delete_scenario, rename_scenario, scenario_numbered
from reports.figure_form import Mistake
from reports.trying import NAME, Trial, keep, trial


@access.private_page
@require_http_methods(["GET", "HEAD", "POST"])
def whatif(request: HttpRequest, public_id: str) -> HttpResponse:
    """Levels that are tried, and their effect beside today's result; sent as a form, they are kept under a name."""
    assessment = access.assessment_for(request, public_id)
    if request.method != "POST":
        return trial_page(request, trial(assessment, request.GET.dict()))
    found = trial(assessment, request.POST.dict())
    query, mistake = keep(found, request.POST.get(NAME, ""))
    if mistake:
        return trial_page(request, found, mistake)
    return SeeOther(reverse("reports:whatif", args=[public_id]) + query)


@require_safe
@vary_on_headers("HX-Request")
def sample_whatif(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a sample organisation; nothing can be kept."""
    return trial_page(request, trial(access.sample_called(slug), request.GET.dict()))


def trial_page(request: HttpRequest, found: Trial, mistake: Mistake | None = None) -> HttpResponse:
    """The whole page, or for htmx what a change of a level changes. Empty values are taken out of the address."""
    if request.headers.get("HX-Request"):
        part = render(request, "reports/whatif.html#changed", {"trial": found})
        return replace_url(part, request.path + found.page.query)
    if request.method == "GET" and "" in request.GET.values():
        kept = request.GET.copy()
        for name in [each for each in kept if not kept[each]]:
            del kept[name]
        return redirect(f"{request.path}?{kept.urlencode()}" if kept else request.path)
    name = request.POST.get(NAME, "") if mistake else ""
    words = {"trial": found, "mistakes": [mistake] if mistake else [], "name": name}
    return render(request, "reports/whatif.html", words, status=422 if mistake else 200)


@access.private_page
@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Another name for a kept plan."""
    assessment = access.assessment_for(request, public_id)
    kept = scenario_numbered(assessment, number)
    if kept is None:
        raise Http404
    name, mistakes = request.POST.get(NAME, kept.name), []
    if request.method == "POST":
        try:
            rename_scenario(assessment=assessment, number=number, name=name)
        except RefusedError as refused:
            mistakes = [Mistake(NAME, str(refused))]
        else:
            return SeeOther(reverse("reports:whatif", args=[public_id]) + "#plans")
    words = {"assessment": assessment, "kept": kept, "name": name, "mistakes": mistakes}
    return render(request, "reports/whatif/rename.html", words, status=422 if mistakes else 200)


@access.private_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Delete a kept plan, after asking once more."""
    assessment = access.assessment_for(request, public_id)
    kept = scenario_numbered(assessment, number)
    if kept is None:
        raise Http404
    if request.method == "POST":
        delete_scenario(assessment=assessment, number=number)
        return SeeOther(reverse("reports:whatif", args=[public_id]) + "#plans")
    return render(request, "reports/whatif/delete.html", {"assessment": assessment, "kept": kept})
