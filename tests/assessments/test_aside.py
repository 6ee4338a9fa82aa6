"""Beside a question: how far somebody is."""

import pytest
from django.test import Client

from assessments.answering import record_answer
from assessments.models import Assessment


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("c_size", "3 of 35 questions answered"),
        ("dv_cd", "3 of 35 questions answered"),
        ("ml_trn", "3 of 35 questions answered"),
        ("sig_lead", "3 of 35 questions answered"),
    ],
)
def test_every_page_counts_the_questions(
    visitor: Client, assessment: Assessment, question: str, words: str
) -> None:
    for answered, value in (("stated", "devops"), ("c_models", "1"), ("dv_ci", 2)):
        record_answer(assessment=assessment, question=answered, value=value)
    page = visitor.get(f"/a/{assessment.public_id}/q/{question}/").content.decode()
    assert f'<p class="answered">{words}</p>' in page
