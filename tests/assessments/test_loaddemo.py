"""`manage.py loaddemo`: the samples are there after it, complete, and a second run changes nothing."""

from io import StringIO

import pytest
from django.core.management import call_command

from advisor.engine import advise
from advisor.engine.asking import path
from assessments.answering import answers_of, record_answer
from assessments.models import Answer, AnswerChange, Assessment
from assessments.playbooks import current
from assessments.samples import Sample, samples
from tests.assessments.conftest import situation_of
from tests.factories import AssessmentFactory, answered_like

pytestmark = pytest.mark.django_db

COLUMNS = {
    "answers": ("question", "value", "na_reason", "note", "draft", "revision"),
    "changes": ("question", "old", "new"),
}
SLUGS = ["harrow-pumps", "nordhaven-parcel", "tallis-software", "land-records", "lumo"]


def load(**options: bool) -> str:
    out = StringIO()
    call_command("loaddemo", stdout=out, **options)
    return out.getvalue()


def test_all_samples_are_stored_with_every_answer_and_note():
    said = load()
    for sample in samples():
        stored = Assessment.objects.get(sample=sample.slug)
        assert stored.organisation == sample.organisation
        answers = answers_of(stored)
        assert {question: given.value for question, given in answers.items()} == sample.answers
        assert {question: given.note for question, given in answers.items() if given.note} == sample.notes
        assert f"{sample.organisation}: loaded" in said
    assert [each.slug for each in samples()] == SLUGS


def test_a_second_run_changes_nothing():
    load()
    before = list(Assessment.objects.order_by("pk").values()), list(Answer.objects.order_by("pk").values())
    changes = AnswerChange.objects.count()
    said = load()
    assert before == (
        list(Assessment.objects.order_by("pk").values()),
        list(Answer.objects.order_by("pk").values()),
    )
    assert AnswerChange.objects.count() == changes
    assert said.count("unchanged") == len(SLUGS)


def test_a_sample_that_was_changed_is_renewed():
    load()
    Assessment.objects.get(sample="lumo").answers.filter(question="dv_ci").update(value=4)
    said = load()
    assert answers_of(Assessment.objects.get(sample="lumo"))["dv_ci"].value == 2
    assert "Lumo: renewed" in said
    assert Assessment.objects.count() == len(SLUGS)


def test_if_empty_leaves_a_used_database_alone():
    Assessment.objects.create(edition=current().edition, mode="full")
    said = load(if_empty=True)
    assert Assessment.objects.count() == 1
    assert "no samples were loaded" in said


def test_if_empty_fills_an_empty_database():
    load(if_empty=True)
    assert Assessment.objects.count() == len(SLUGS)


@pytest.mark.parametrize(
    ("slug", "bottleneck", "status", "moves", "pitfalls"),
    [
        (
            "harrow-pumps",
            "devops",
            "not_applicable",
            ["dv_i_own", "dv_i_ci", "dv_i_env"],
            ["tooling_trap", "dashboard_polish", "key_person"],
        ),
        (
            "nordhaven-parcel",
            "dataops",
            "watch",
            ["do_i_owners", "do_i_orchestrate", "do_i_tests"],
            ["dashboard_polish"],
        ),
        (
            "tallis-software",
            "dataops",
            "active",
            ["dv_i_baseline", "do_i_orchestrate", "do_i_code"],
            ["premature_mlops", "ignoring_maintenance"],
        ),
        (
            "land-records",
            None,
            "undetermined",
            ["dv_i_baseline", "do_i_baseline", "ml_i_inventory"],
            ["flying_blind"],
        ),
        (
            "lumo",
            "devops",
            "light",
            ["dv_i_observe", "do_i_orchestrate"],
            ["premature_mlops", "ignoring_maintenance", "key_person", "platform_for_one"],
        ),
    ],
)
def test_each_sample_tells_its_own_story(
    slug: str, bottleneck: str | None, status: str, moves: list[str], pitfalls: list[str]
):
    load()
    advice = advise(current(), situation_of(Assessment.objects.get(sample=slug)))
    assert advice.bottleneck.layer == bottleneck
    assert advice.mlops_status == status
    assert [each.move.code for each in advice.first_moves] == moves
    assert [each.id for each in advice.pitfalls] == pitfalls
    assert advice.confidence.level == ("low" if slug == "land-records" else "high")


@pytest.mark.parametrize("slug", SLUGS)
def test_samples_answer_only_what_is_asked(slug: str):
    load()
    stored = Assessment.objects.get(sample=slug)
    asked = path(current(), situation_of(stored))
    answered = answers_of(stored)
    assert set(answered) - set(asked) <= {"c_roles"}, (
        "a quick check does not ask for roles, the agency tells them"
    )
    if slug != "land-records":
        assert set(asked) == set(answered)


@pytest.mark.parametrize("sample", samples(), ids=SLUGS)
def test_tests_that_begin_with_its_answers_find_what_answering_one_by_one_would_store(sample: Sample):
    quick, slow = answered_like(sample.slug, "Lumo"), AssessmentFactory()
    for question, value in sample.answers.items():
        record_answer(assessment=slow, question=question, value=value)
    for rows in ("answers", "changes"):
        stored = [
            list(getattr(each, rows).order_by("question").values_list(*COLUMNS[rows]))
            for each in (quick, slow)
        ]
        assert stored[0] == stored[1]
        assert len(stored[0]) == len(sample.answers)
