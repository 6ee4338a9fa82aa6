"""One question: shown, answered, and on to the next."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_for, private_page
from assessments.answering import AnswerError, record_answer
from assessments.http import SeeOther
from assessments.models import Assessment
from assessments.playbooks import edition
from assessments.questions import Asked, asked
from assessments.wizard.addresses import keep_url, next_url, url_after
from assessments.wizard.forms import Typed
from assessments.wizard.progress import progress_of
from assessments.wizard.question_page import question_page
from assessments.wizard.steps import show_step

type Mistakes = tuple[tuple[str, str], ...]


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, public_id: str, question: str) -> HttpResponse:
    """Ask one question, or take its answer."""
    assessment = assessment_for(request, public_id)
    found = asked(edition(assessment.edition), question)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _take_answer(request, assessment, found)
    return _show(request, assessment, found)


def _take_answer(request: HttpRequest, assessment: Assessment, found: Asked) -> HttpResponse:
    typed, leaving = Typed.from_post(request.POST), "leave" in request.POST
    if leaving and typed.empty:
        return SeeOther(keep_url(assessment))
    before, given = progress_of(assessment), {"na_reason": typed.na_reason, "note": typed.note}
    try:
        record_answer(assessment=assessment, question=found.id, value=typed.value(found), **given)
    except AnswerError as refused:
        return _show(request, assessment, found, typed, refused.mistakes)
    if leaving:
        return SeeOther(keep_url(assessment))
    after = progress_of(assessment)
    return SeeOther(url_after(assessment, found.id, before, after, returning=_returning(request)))


def _show(
    request: HttpRequest,
    assessment: Assessment,
    found: Asked,
    typed: Typed | None = None,
    mistakes: Mistakes = (),
) -> HttpResponse:
    progress = progress_of(assessment)
    if found.id not in progress.path:  # an earlier answer has changed, in another window perhaps
        return SeeOther(next_url(assessment, progress))
    page = question_page(
        assessment, found, progress, typed=typed, mistakes=mistakes, returning=_returning(request)
    )
    template = "assessments/wizard/question.html"
    return show_step(request, template, assessment, {"page": page}, 422 if mistakes else 200)


def _returning(request: HttpRequest) -> bool:
    """The review page sent somebody here and wants them back."""
    return request.GET.get("return") == "review"
