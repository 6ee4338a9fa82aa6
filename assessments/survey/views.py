"""The pages of a survey: asking, taking part, and settling where people differ."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import once, surveys
from assessments.access import Assessment, assessment_for, let_in, opened_here, private_page
from assessments.answering import AnswerError, RefusedError
from assessments.http import SeeOther
from assessments.models import Survey
from assessments.models.assessment import ID_BYTES
from assessments.playbooks import edition
from assessments.survey.pages import difference_page, differences_page, several_page, url_of
from assessments.surveys import survey_behind, survey_of

NO_INDEX = "noindex, nofollow"


# --- For whoever asks -----------------------------------------------------------------------------------------------------


@private_page
@require_safe
def several(request: HttpRequest, public_id: str) -> HttpResponse:
    """The link to send, and how far those are who came by it: counts, never answers."""
    assessment = _whole(request, public_id)
    return render(request, "survey/several.html", _words(request, assessment))


@private_page
@require_POST
def open_it(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin to ask, or go on."""
    assessment = _whole(request, public_id)
    try:
        surveys.open_survey(request=request, assessment=assessment)
    except RefusedError as refused:
        words = _words(request, assessment) | {"error": str(refused)}
        return render(request, "survey/several.html", words, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return SeeOther(f"{_several(assessment)}?opened=1#link")


@private_page
@require_POST
def new_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another link in place of the old one."""
    assessment = _whole(request, public_id)
    surveys.renew_link(request=request, survey=_survey(assessment))
    return SeeOther(f"{_several(assessment)}?renewed=1#link")


@private_page
@require_POST
def count(request: HttpRequest, public_id: str) -> HttpResponse:
    """End it, and see where people differ."""
    assessment = _whole(request, public_id)
    surveys.close_survey(request=request, survey=_survey(assessment))
    return SeeOther(reverse("assessments:differences", args=[public_id]))


@private_page
@require_safe
def differences(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every question, most split first."""
    assessment = _whole(request, public_id)
    survey = _closed(assessment)
    page = differences_page(assessment, survey, surveys.results_of(survey), request.GET.get("show", ""))
    taken = request.GET.get("taken", "")
    words = {
        "assessment": assessment,
        "page": page,
        "taken": int(taken) if taken.isdecimal() and len(taken) < 4 else None,
    }
    return render(request, "survey/differences.html", words)


@private_page
@require_POST
def take_unanimous(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take over what everybody has answered in the same way."""
    assessment = _whole(request, public_id)
    taken = surveys.settle_unanimous(request=request, survey=_closed(assessment))
    return SeeOther(f"{reverse('assessments:differences', args=[public_id])}?taken={taken}")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: HttpRequest, public_id: str, question: str) -> HttpResponse:
    """One question: what people said, and the answer that is agreed."""
    assessment = _whole(request, public_id)
    survey = _closed(assessment)
    if request.method == "POST":
        return _settle(request, survey, question)
    return _show_one(request, survey, question)


def _settle(request: HttpRequest, survey: Survey, question: str) -> HttpResponse:
    asked = surveys.result_of(survey, question).question
    sent, dissent = request.POST.get("answer", ""), request.POST.get("dissent", "")
    offered = {str(each.value): each.value for each in asked.choices}
    try:
        surveys.settle(
            request=request,
            survey=survey,
            question=question,
            value=offered.get(sent, sent or None),
            dissent=dissent,
            seen=request.POST.get("seen", ""),
        )
    except surveys.SettledError:
        return _show_one(request, survey, question, dissent=dissent, changed=True)
    except (AnswerError, RefusedError) as refused:
        error = refused.mistakes[0][1] if isinstance(refused, AnswerError) else str(refused)
        return _show_one(request, survey, question, dissent=dissent, error=error)
    left = [each for each in surveys.results_of(survey) if not each.agreed]
    home = reverse("assessments:differences", args=[survey.assessment.public_id])
    return SeeOther(url_of(survey.assessment, left[0]) if left else home)


def _show_one(
    request: HttpRequest,
    survey: Survey,
    question: str,
    *,
    dissent: str | None = None,
    error: str = "",
    changed: bool = False,
) -> HttpResponse:
    results = surveys.results_of(survey)
    result = next((each for each in results if each.question.id == question), None)
    if result is None:
        raise Http404
    page = difference_page(
        survey.assessment,
        results,
        result,
        dissent=dissent,
        error=error,
        changed=changed,
    )
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    words = {"assessment": survey.assessment, "page": page}
    return render(request, "survey/difference.html", words, status=status)


def _whole(request: HttpRequest, public_id: str) -> Assessment:
    """An assessment that several people can be asked about: not what one of several has answered."""
    assessment = assessment_for(request, public_id)
    if assessment.part_of_id:
        raise Http404
    return assessment


def _survey(assessment: Assessment) -> Survey:
    survey = survey_of(assessment)
    if survey is None:
        raise Http404
    survey.assessment = assessment
    return survey


def _closed(assessment: Assessment) -> Survey:
    survey = _survey(assessment)
    if survey.closed is None:
        raise Http404
    return survey


def _several(assessment: Assessment) -> str:
    return reverse("assessments:several", args=[assessment.public_id])


def _words(request: HttpRequest, assessment: Assessment) -> dict[str, object]:
    told = next((each for each in ("opened", "renewed") if each in request.GET), "")
    return {"assessment": assessment, "page": several_page(request, assessment), "told": told}


# --- For whoever answers ---------------------------------------------------------------------------------------------------


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, token: str) -> HttpResponse:
    """What will be asked and who sees it, and a button; pressing it begins an assessment of one's own."""
    survey = survey_behind(token)
    part = surveys.part_among(survey, opened_here(request))
    role = request.POST.get("role", "")
    error = ""
    if request.method == "POST" and not part:
        public_id = once.word_of(request, ID_BYTES, "part", survey.public_id)
        try:
            part = surveys.join(survey=survey, role=role, public_id=public_id)
        except RefusedError as refused:
            error = str(refused)
    if request.method == "POST" and part:
        let_in(request, part)
        return SeeOther(reverse("assessments:hub", args=[part.public_id]))
    roles = surveys.roles_in(edition(survey.assessment.edition))
    words = {
        "survey": survey,
        "assessment": survey.assessment,
        "part": part,
        "roles": roles,
        "role": role,
        "error": error,
        "mistakes": [{"target": f"role-{roles[0][0]}", "says": error}] if error else [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    response = render(request, "survey/take_part.html", words, status=status)
    response["X-Robots-Tag"] = NO_INDEX
    return response
