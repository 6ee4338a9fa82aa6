"""What one can take along of a result: the page that offers it, the files, and the schema of one of them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments import access
from reports.exports.formats import FORMATS, shelves
from reports.forms import figures, money_form
from reports.printing import file_name
from reports.telling import whole_report_of


@access.private_page
@require_safe
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every format of this result, each with what it is for."""
    assessment = access.assessment_for(request, public_id, reading=True)
    words = {"assessment": assessment, "shelves": shelves(), "money": money_form(request.GET)}
    return render(request, "reports/take.html", words)


@require_safe
def sample_take(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a sample organisation."""
    sample = access.sample_called(slug)
    words = {"sample": sample, "shelves": shelves(), "money": money_form(request.GET)}
    return render(request, "reports/take.html", words)


@access.private_page
@require_safe
def take_file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """This result in one of the formats."""
    return _file(request, access.assessment_for(request, public_id, reading=True), form)


@require_safe
def sample_take_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same for a sample organisation."""
    return _file(request, access.sample_called(slug), form)


def _file(request: HttpRequest, assessment: access.Assessment, form: str) -> HttpResponse:
    found = FORMATS.get(form)
    if found is None:
        raise Http404
    report = whole_report_of(assessment, **figures(money_form(request.GET)))
    named = content_disposition_header(as_attachment=True, filename=file_name(report.page, found.ending))
    made = found.make(report)
    return HttpResponse(made, content_type=found.content_type, headers={"Content-Disposition": named or ""})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """What the fields of the JSON mean, in a form for programs and people."""
    text = (settings.BASE_DIR / "docs" / "result.schema.json").read_bytes()
    return HttpResponse(text, content_type="application/schema+json")
