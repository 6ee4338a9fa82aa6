"""Where the wizard's pages are, and where each of them leads."""

from django.urls import reverse

from assessments.models import Assessment
from assessments.wizard.progress import Progress


def question_url(assessment: Assessment, question: str, *, returning: bool = False) -> str:
    """Where one question stands; with ``returning`` its answer leads back to the review."""
    url = reverse("assessments:question", args=[assessment.public_id, question])
    return f"{url}?return=review" if returning else url


def review_url(assessment: Assessment) -> str:
    return reverse("assessments:review", args=[assessment.public_id])


def keep_url(assessment: Assessment) -> str:
    return reverse("assessments:keep", args=[assessment.public_id])


def next_url(assessment: Assessment, progress: Progress) -> str:
    """The first open question, or the review page where nothing is open."""
    return question_url(assessment, progress.open[0]) if progress.open else review_url(assessment)


def url_after(
    assessment: Assessment, question: str, before: Progress, after: Progress, *, returning: bool = False
) -> str:
    """Where an answer leads: to the next open question, and to the review where none is left.

    Somebody who came from the review goes back there, unless the answer opened new questions.
    """
    changed_only = question in before.answers and set(after.path) <= set(before.path)
    following = None if returning and changed_only else after.open_after(question)
    return question_url(assessment, following, returning=returning) if following else review_url(assessment)


def back_url(assessment: Assessment, question: str, progress: Progress, *, returning: bool) -> str:
    """What lies before a question: the one asked earlier, or what sent somebody here."""
    if returning:
        return review_url(assessment)
    before = progress.before(question)
    if before:
        return question_url(assessment, before)
    return reverse("assessments:scope", args=[assessment.public_id])


def skip_url(assessment: Assessment, question: str, progress: Progress) -> str:
    """Where it leads to leave a question open."""
    following = progress.open_after(question)
    return question_url(assessment, following) if following else review_url(assessment)
