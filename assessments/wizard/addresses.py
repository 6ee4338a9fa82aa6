"""Where the wizard's pages are, and where each of them leads."""

from typing import Literal, cast, get_args

from django.http import HttpRequest
from django.urls import reverse

from assessments.models import Assessment
from assessments.wizard.progress import Progress
from assessments.wizard.recheck import Walk

type Sender = Literal["", "review", "result", "recheck"]
"""The page that sent somebody to a question and wants them back; empty where the questions are asked in turn."""


def sender(request: HttpRequest) -> Sender:
    """Who sent somebody to this question."""
    named = request.GET.get("return", "")
    return cast("Sender", named) if named in get_args(Sender.__value__) else ""


def question_url(assessment: Assessment, question: str, *, sender: Sender = "") -> str:
    """Where one question stands; with a ``sender`` its answer leads back there."""
    url = reverse("assessments:question", args=[assessment.public_id, question])
    return f"{url}?return={sender}" if sender else url


def back_to(assessment: Assessment, sender: Sender) -> str:
    """Where the sender is; empty without one."""
    named = {"review": "assessments:review", "result": "reports:result", "recheck": "assessments:recheck"}
    return reverse(named[sender], args=[assessment.public_id]) if sender else ""


def review_url(assessment: Assessment) -> str:
    return reverse("assessments:review", args=[assessment.public_id])


def hub_url(assessment: Assessment) -> str:
    return reverse("assessments:hub", args=[assessment.public_id])


def sheet_url(assessment: Assessment, part: str) -> str:
    """Where all questions of one part stand on one page."""
    return reverse("assessments:sheet", args=[assessment.public_id, part])


def keep_url(assessment: Assessment) -> str:
    return reverse("assessments:keep", args=[assessment.public_id])


def next_url(assessment: Assessment, progress: Progress) -> str:
    """The first open question, or the review page where nothing is open."""
    return question_url(assessment, progress.open[0]) if progress.open else review_url(assessment)


def following(
    question: str, before: Progress, after: Progress, *, sender: Sender = "", walk: Walk | None = None
) -> str | None:
    """The question that comes after an answer: the next open one, or on a re-check the next of its gate.

    None where none is left, and for somebody who was sent here to change an answer, unless the change opened new
    questions.
    """
    if walk:
        return walk.after(question)
    changed_only = question in before.answers and set(after.path) <= set(before.path)
    return None if sender and changed_only else after.open_after(question)


def url_onward(
    assessment: Assessment, question: str | None, *, sender: Sender = "", walk: Walk | None = None
) -> str:
    """Where this question is; where there is none, what a re-check has shown, the page that sent somebody here, or the review."""
    if question:
        return question_url(assessment, question, sender=sender)
    if walk and walk.milestone:
        return f"{reverse('reports:compare', args=[assessment.public_id])}?from={walk.milestone}&to=now"
    return back_to(assessment, sender) or review_url(assessment)


def back_url(
    assessment: Assessment, question: str, progress: Progress, *, sender: Sender, walk: Walk | None = None
) -> str:
    """What lies before a question: the one asked earlier, or what sent somebody here."""
    if walk and (earlier := walk.before(question)):
        return question_url(assessment, earlier, sender=sender)
    if sender:
        return back_to(assessment, sender)
    before = progress.before(question)
    if before:
        return question_url(assessment, before)
    return reverse("assessments:scope", args=[assessment.public_id])


def skip_url(assessment: Assessment, question: str, progress: Progress) -> str:
    """Where it leads to leave a question open."""
    following = progress.open_after(question)
    return question_url(assessment, following) if following else review_url(assessment)
