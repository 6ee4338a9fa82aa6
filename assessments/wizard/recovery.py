"""A form from a browser that has lost the key to its assessment: taken once the private link is shown."""

from django.http import Http404, HttpRequest, HttpResponse

from assessments.access import Assessment, assessment_behind, assessment_for, let_in
from assessments.expired import ask_again

LINK_MARK = "/r/"


def admitted(request: HttpRequest, public_id: str) -> Assessment | None:
    """The assessment, if this browser's session or the private link that was sent along opens it."""
    try:
        return assessment_for(request, public_id)
    except Http404:
        return _by_link(request, public_id)


def _by_link(request: HttpRequest, public_id: str) -> Assessment | None:
    token = request.POST.get("link", "").strip().rpartition(LINK_MARK)[2]
    try:
        assessment = assessment_behind(token)
    except Http404:
        return None
    if assessment.public_id != public_id:
        return None
    let_in(request, assessment)
    return assessment


def show(request: HttpRequest) -> HttpResponse:
    """What was typed, once more, and a field for the private link. The same for every assessment there is or is not."""
    return ask_again(request, locked_out=True)
