"""The invented organisations that come with Groundwork: read from samples.json, stored like real assessments."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from django.db import transaction

from advisor.engine.situation import Mode
from assessments.answering import answers_of, record_answer
from assessments.models import Assessment
from assessments.playbooks import current
from assessments.questions import Value

ABOUT = ("mode", "organisation", "scope", "decision")
"""What a sample and an assessment say alike about themselves."""

type Stored = Literal["loaded", "renewed", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An invented organisation. ``answers`` holds values as they are stored, ``notes`` what was written beside them."""

    slug: str
    organisation: str
    scope: str
    decision: str
    mode: Mode
    answers: Mapping[str, Value]
    notes: Mapping[str, str]


@cache
def samples() -> tuple[Sample, ...]:
    """All of them, in the order in which they are shown."""
    raw = json.loads(Path(__file__).with_name("samples.json").read_text(encoding="utf-8"))
    return tuple(
        Sample(answers={**context, **answers}, **about)
        for context, answers, about in ((each.pop("context"), each.pop("answers"), each) for each in raw)
    )


@transaction.atomic
def store_sample(sample: Sample) -> Stored:
    """Make the database hold this sample as it is written, and touch nothing if it does already."""
    kept = Assessment.objects.filter(sample=sample.slug).first()
    if kept is not None and _same(sample, kept):
        return "unchanged"
    assessment = kept or Assessment(sample=sample.slug)
    assessment.edition = current().edition
    for name in ABOUT:
        setattr(assessment, name, getattr(sample, name))
    assessment.save()
    assessment.answers.all().delete()
    for question, value in sample.answers.items():
        record_answer(
            assessment=assessment, question=question, value=value, note=sample.notes.get(question, "")
        )
    return "renewed" if kept else "loaded"


def _same(sample: Sample, kept: Assessment) -> bool:
    about = all(getattr(kept, name) == getattr(sample, name) for name in ABOUT)
    answers = {question: (given.value, given.note) for question, given in answers_of(kept).items()}
    written = {
        question: (value, sample.notes.get(question, "")) for question, value in sample.answers.items()
    }
    return about and kept.edition == current().edition and answers == written
