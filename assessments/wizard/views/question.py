"""One question: shown, saved while somebody types, answered, and on to the next."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, push_url
from django_htmx.middleware import HtmxDetails

from assessments.access import assessment_for, private_page
from assessments.http import SeeOther
from assessments.models import Assessment
from assessments.playbooks import edition
from assessments.questions import Asked, asked
from assessments.wizard import recovery
from assessments.wizard.addresses import following, keep_url, next_url, question_url, sender, url_onward
from assessments.wizard.conflict import conflict_page
from assessments.wizard.forms import Typed
from assessments.wizard.progress import Progress, progress_of, progress_with
from assessments.wizard.question_page import question_page
from assessments.wizard.recheck import Walk, walk_of
from assessments.wizard.saving import acknowledge, edit_in, save
from assessments.wizard.steps import show_step

ASKING = "assessments/wizard/question.html"


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, public_id: str, question: str) -> HttpResponse:
    """Ask one question, or take its answer."""
    posted = request.method == "POST"
    assessment = recovery.admitted(request, public_id) if posted else assessment_for(request, public_id)
    if assessment is None:
        return recovery.show(request)
    found = asked(edition(assessment.edition), question)
    if found is None:
        raise Http404
    if posted:
        return _take_answer(request, assessment, found)
    return _show(request, assessment, found)


def _take_answer(request: HttpRequest, assessment: Assessment, found: Asked) -> HttpResponse:
    typed, edit, back = Typed.from_post(request.POST), edit_in(request.POST), sender(request)
    saved = save(assessment, found, typed, edit)
    before = saved.before
    if "auto" in request.POST:
        return acknowledge(saved, typed)
    walk = _walk(request, assessment, before)
    if saved.conflict:
        both = conflict_page(assessment, found, before, typed, saved.conflict, sender=back, walk=walk)
        return show_step(request, "assessments/wizard/conflict.html", assessment, {"page": both}, 409)
    if "leave" in request.POST and (saved.row or typed.empty):
        return SeeOther(f"{keep_url(assessment)}?leaving=1")
    if found.id not in before.path:  # an earlier answer has changed, in another window perhaps
        return SeeOther(next_url(assessment, before))
    if saved.mistakes:
        known = saved.row.revision if saved.row else edit.seen if edit else None
        page = question_page(
            assessment,
            found,
            before,
            typed=typed,
            mistakes=saved.mistakes,
            seen=known,
            sender=back,
            walk=walk,
        )
        return show_step(request, ASKING, assessment, {"page": page}, 422)
    if saved.row is None or not saved.answered:  # what this page sent later has come first, and is unfinished
        return SeeOther(question_url(assessment, found.id, sender=back))
    after = progress_with(before, assessment, saved.row)
    following_one = following(found.id, before, after, sender=back, walk=walk)
    return _go_on(request, assessment, following_one, after, walk)


def _go_on(
    request: HttpRequest,
    assessment: Assessment,
    question: str | None,
    progress: Progress,
    walk: Walk | None,
) -> HttpResponse:
    """On to the question that follows: with htmx in the same answer, which spares everybody a round trip."""
    back = sender(request)
    found = asked(progress.playbook, question) if question and HtmxDetails(request) else None
    if found is None:
        return _leave(request, url_onward(assessment, question, sender=back, walk=walk))
    page = question_page(assessment, found, progress, sender=back, walk=walk)
    return push_url(show_step(request, ASKING, assessment, {"page": page}), page.action)


def _leave(request: HttpRequest, address: str) -> HttpResponse:
    """On to a page after the questions; one that is no step of the wizard brings its own frame, so htmx loads it whole."""
    if HtmxDetails(request) and sender(request) in {"result", "recheck"}:
        return HttpResponseClientRedirect(address)
    return SeeOther(address)


def _show(request: HttpRequest, assessment: Assessment, found: Asked) -> HttpResponse:
    progress = progress_of(assessment)
    if found.id not in progress.path:
        return SeeOther(next_url(assessment, progress))
    walk = _walk(request, assessment, progress)
    page = question_page(assessment, found, progress, sender=sender(request), walk=walk)
    return show_step(request, ASKING, assessment, {"page": page})


def _walk(request: HttpRequest, assessment: Assessment, progress: Progress) -> Walk | None:
    return walk_of(assessment, progress) if sender(request) == "recheck" else None
