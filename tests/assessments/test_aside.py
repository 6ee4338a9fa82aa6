"""Beside a question: how far somebody is."""

import pytest
from django.test import Client

from assessments.answering import record_answer
from assessments.models import Assessment


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("c_size", "3 of 35 questions answered"),
        ("dv_cd", "1 of 18 blocks answered"),
        ("ml_trn", "1 of 18 blocks answered"),
        ("sig_lead", "3 of 35 questions answered"),
    ],
)
def test_blocks_are_counted_in_the_house_and_questions_around_it(
    visitor: Client, assessment: Assessment, question: str, words: str
) -> None:
    for answered, value in (("stated", "devops"), ("c_models", "1"), ("dv_ci", 2)):
        record_answer(assessment=assessment, question=answered, value=value)
    page = visitor.get(f"/a/{assessment.public_id}/q/{question}/").content.decode()
    assert f'<p class="blocks">{words}</p>' in page
