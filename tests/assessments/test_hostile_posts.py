"""Whatever is sent, the server answers with a page, and stores nothing but what a question offers."""

from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Assessment
from assessments.playbooks import current
from assessments.questions import asked
from tests.assessments.conftest import Open, answered
from tests.factories import AssessmentFactory

pytestmark = pytest.mark.django_db

QUESTIONS = [
    each.id for part in (current().context, current().capabilities, current().signals) for each in part
]
NASTY = st.sampled_from(
    ["", "\0", "5", "-1", "2.0", "na", "unknown", "none-of-these", "\u202eabc", "<script>alert(1)</script>", "１", "٣",
     "nan", "inf", "1e308", "true", "null", "[]", "{{ 7*7 }}", "' OR 1=1 --", "../../etc/passwd", "%00", "\ud7ff", "\uffff",
     "x" * 3000]
)  # fmt: skip
WORDS = NASTY | st.text(max_size=60)
FEW = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FEW
@given(
    question=st.sampled_from(QUESTIONS),
    answers=st.lists(WORDS, max_size=4),
    number=WORDS,
    na_reason=WORDS,
    note=WORDS,
    leave=st.booleans(),
)
def test_answers(  # noqa: PLR0917  # one parameter a field of the form
    question: str, answers: list[str], number: str, na_reason: str, note: str, leave: bool, browser_of: Open
) -> None:
    assessment = AssessmentFactory()
    sent: dict[str, object] = {"answer": answers, "number": number, "na_reason": na_reason, "note": note}
    visitor, url = browser_of(assessment), f"/a/{assessment.public_id}/q/{question}/"
    response = visitor.post(url, sent | ({"leave": "1"} if leave else {}))
    assert response.status_code in {303, 422}
    assert visitor.get(url).status_code in {200, 303}, "what was kept can be shown"
    found = asked(current(), question)
    assert found is not None
    for stored in assessment.answers.filter(value__isnull=False):
        assert found.accept(stored.value) == stored.value
        assert len(stored.note) <= 2000
        assert "\0" not in stored.note + stored.na_reason
        assert "\u202e" not in stored.note + stored.na_reason
        assert stored.value != "na" or stored.na_reason
    if response.status_code == 422:
        assert not answered(assessment)


@FEW
@given(question=st.from_regex(r"[-a-zA-Z0-9_]{1,60}", fullmatch=True), answer=WORDS)
def test_foreign_questions(question: str, answer: str, browser_of: Open) -> None:
    if question in QUESTIONS:
        return
    assessment = AssessmentFactory()
    response = browser_of(assessment).post(f"/a/{assessment.public_id}/q/{question}/", {"answer": answer})
    assert response.status_code == 404
    assert not answered(assessment)


@FEW
@given(
    key=st.text(
        alphabet=st.characters(exclude_characters="/?#", exclude_categories=["Cs"]), min_size=1, max_size=60
    )
)
def test_tampered_keys(key: str, client: Client) -> None:
    for url in (f"/a/{key}/", f"/a/{key}/q/dv_ci/", f"/r/{key}"):
        assert client.post(url, {"answer": "2"}).status_code in {403, 404, 405}
        assert client.get(url).status_code in {200, 404}, "200: “..” and “.” lead to other pages"


@FEW
@given(mode=WORDS, stated=WORDS)
def test_starts(mode: str, stated: str, client: Client) -> None:
    before = Assessment.objects.count()
    status = client.post("/start/", {"mode": mode, "stated": stated}).status_code
    assert status in {303, 422}
    assert Assessment.objects.count() == before + (status == 303)


@FEW
@given(scope=WORDS, organisation=WORDS, decision=WORDS)
def test_scopes(scope: str, organisation: str, decision: str, browser_of: Open) -> None:
    assessment = AssessmentFactory()
    sent = {"scope": scope, "organisation": organisation, "decision": decision}
    status = browser_of(assessment).post(f"/a/{assessment.public_id}/scope/", sent).status_code
    assert status in {303, 422}
    assessment.refresh_from_db()
    assert (assessment.version == 0) == (status == 422)


def test_a_body_that_is_far_too_large_is_refused(browser_of: Open) -> None:
    assessment = AssessmentFactory()
    body = urlencode({"answer": "2", "note": "x" * 400_000})
    response = browser_of(assessment).post(
        f"/a/{assessment.public_id}/q/dv_ci/", body, "application/x-www-form-urlencoded"
    )
    assert response.status_code in {400, 413}
    assert not answered(assessment)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_form_fits_the_number_of_fields_that_is_accepted(question: str) -> None:
    found = asked(current(), question)
    assert found is not None
    beside = ("csrfmiddlewaretoken", "number", "na_reason", "note", "leave", "unknown", "na", "none-of-these")
    assert len(found.choices) + len(beside) <= django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_form_with_far_too_many_fields_is_refused(browser_of: Open) -> None:
    assessment = AssessmentFactory()
    response = browser_of(assessment).post(
        f"/a/{assessment.public_id}/q/c_roles/", {"answer": ["developer"] * 201}
    )
    assert response.status_code == 400
    assert not answered(assessment)
