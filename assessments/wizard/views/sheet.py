"""All questions of one part on one page: shown, saved while somebody types, and on to the next part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_for, private_page
from assessments.http import SeeOther
from assessments.models import Assessment
from assessments.wizard import recovery
from assessments.wizard.addresses import keep_url, next_url
from assessments.wizard.progress import progress_of
from assessments.wizard.saving import edit_in
from assessments.wizard.sheet import has_part, sheet_page, url_after_sheet
from assessments.wizard.sheet_saving import acknowledge_all, all_kept, save_all
from assessments.wizard.steps import show_step

TEMPLATE = "assessments/wizard/sheet.html"


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """Ask all questions of a part, or take their answers."""
    posted = request.method == "POST"
    assessment = recovery.admitted(request, public_id) if posted else assessment_for(request, public_id)
    if assessment is None:
        return recovery.show(request)
    if not has_part(assessment, part):
        raise Http404
    return _take_answers(request, assessment, part) if posted else _show(request, assessment, part)


def _take_answers(request: HttpRequest, assessment: Assessment, part: str) -> HttpResponse:
    before, outcomes = save_all(assessment, part, request.POST)
    if "auto" in request.POST:
        return acknowledge_all(assessment, outcomes)
    if "leave" in request.POST and all_kept(outcomes):
        return SeeOther(f"{keep_url(assessment)}?leaving=1")
    after = progress_of(assessment)
    page = sheet_page(assessment, after, part, outcomes=outcomes, edit=edit_in(request.POST))
    if page and page.mistakes:
        return show_step(request, TEMPLATE, assessment, {"page": page}, page.status)
    return SeeOther(url_after_sheet(assessment, before, after, part))


def _show(request: HttpRequest, assessment: Assessment, part: str) -> HttpResponse:
    progress = progress_of(assessment)
    page = sheet_page(assessment, progress, part, more=request.GET.getlist("more"))
    if page is None:  # nothing of this part is asked at the moment
        return SeeOther(next_url(assessment, progress))
    return show_step(request, TEMPLATE, assessment, {"page": page})
