"""What one can take along of a result: the page that offers it, the files, and the schema of one of them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments import access
from assessments.parcels import fetch
from assessments.work import is_queued
from reports.exports.formats import FORMATS, Format, shelves
from reports.forms import figures, money_form
from reports.printing import file_name
from reports.tasks import File
from reports.telling import Report, whole_report_of
from reports.waiting import awaited, wanted_file


@access.private_page
@require_safe
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every format of this result, each with what it is for."""
    assessment = access.assessment_for(request, public_id, reading=True)
    words = {
        "assessment": assessment,
        "shelves": shelves(),
        "money": money_form(request.GET),
        "pages": _pages(),
    }
    return render(request, "reports/take.html", words)


@require_safe
def sample_take(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a sample organisation."""
    sample = access.sample_called(slug)
    words = {"sample": sample, "shelves": shelves(), "money": money_form(request.GET), "pages": _pages()}
    return render(request, "reports/take.html", words)


@access.private_page
@require_safe
def take_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """This result in one of the formats."""
    return _file(request, access.assessment_for(request, public_id, reading=True), form)


@require_safe
def sample_take_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The same for a sample organisation."""
    return _file(request, access.sample_called(slug), form)


def _file(request: HttpRequest, assessment: access.Assessment, form: str) -> HttpResponseBase:
    found = FORMATS.get(form)
    if found is None:
        raise Http404
    typed = figures(money_form(request.GET))
    if found.slow and is_queued():
        return _awaited(request, assessment, found, File(assessment, form, typed))
    report = whole_report_of(assessment, **typed)
    return _sent(found.make(report), found, report)


def _awaited(
    request: HttpRequest, assessment: access.Assessment, found: Format, asked: File
) -> HttpResponseBase:
    """The same where a worker makes it."""

    def made() -> HttpResponseBase | None:
        content = fetch(asked.number, about=assessment, keep=request.method == "HEAD")
        return _sent(content, found, whole_report_of(assessment)) if content else None

    back = (
        reverse("reports:sample", args=[assessment.sample])
        if assessment.sample
        else reverse("reports:result", args=[assessment.public_id])
    )
    return awaited(request, wanted_file(back), made=made, order=asked.order)


def _sent(made: bytes, found: Format, report: Report) -> HttpResponse:
    named = content_disposition_header(as_attachment=True, filename=file_name(report.page, found.ending))
    return HttpResponse(made, content_type=found.content_type, headers={"Content-Disposition": named or ""})


def _pages() -> frozenset[str]:
    """The formats whose address may answer with a page that waits; a browser would save that under the file's name."""
    return frozenset({"pdf", *(each.name for each in FORMATS.values() if each.slow and is_queued())})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """What the fields of the JSON mean, in a form for programs and people."""
    text = (settings.BASE_DIR / "docs" / "result.schema.json").read_bytes()
    return HttpResponse(text, content_type="application/schema+json")
