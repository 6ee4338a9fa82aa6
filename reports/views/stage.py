"""The end of a workshop on its screen: what came out of it, without a link that opens anything."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access
from assessments.workshop.joining import ClosedScreenError, staged
from assessments.workshop.screens import of_a_screen
from assessments.workshop.seen import room_of
from reports.presenter.stage import stage_result as result_of
from reports.telling import whole_report_of


@access.private_page
@require_safe
@of_a_screen
def stage_result(request: HttpRequest, secret: str) -> HttpResponse:
    """Fetched by the screen itself, and a page for screens without scripts. Nothing is said while the workshop goes on."""
    room = room_of(staged(secret))
    if room is None:
        raise ClosedScreenError
    if room.moment != "ended":
        raise Http404
    report = whole_report_of(room.workshop.assessment)
    result = result_of(report.playbook, report.situation, report.advice, report.page)
    part = getattr(request, "htmx", False)
    name = "reports/_stage_result.html" if part else "reports/stage_result.html"
    response = render(
        request, name, {"result": result, "page": {"moment": "ended", "dark": room.workshop.dark}}
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
