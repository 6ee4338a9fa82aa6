"""Answers are stored once, with a trail, checked against the edition, and read back as a situation."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advisor.engine.playbook import Playbook
from advisor.engine.situation import NOT_APPLICABLE, UNKNOWN
from assessments.answering import (
    AnswerError,
    answers_of,
    clean_text,
    create_assessment,
    delete_assessment,
    describe,
    record_answer,
    widen,
)
from assessments.links import replace_link
from assessments.locking import DeletedError
from assessments.models import Answer, AnswerChange, Assessment
from assessments.questions import RefusedError
from tests.assessments.conftest import answer_everything, situation_of

pytestmark = pytest.mark.django_db


def messages_of(assessment: Assessment, **answer: object) -> dict[str, str]:
    with pytest.raises(AnswerError) as refused:
        record_answer(assessment=assessment, **answer)  # type: ignore[arg-type]
    assert not assessment.answers.exists(), "a refused answer is not stored"
    assert not assessment.changes.exists(), "a refused answer leaves no line in the trail"
    return dict(refused.value.mistakes)


def test_an_answer_is_stored_with_a_line_in_the_trail(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Since spring")
    answer = assessment.answers.get()
    assert (answer.question, answer.value, answer.note) == ("dv_ci", 2, "Since spring")
    change = assessment.changes.get()
    assert (change.question, change.old, change.new) == ("dv_ci", None, 2)


def test_the_same_answer_again_changes_nothing(assessment: Assessment) -> None:
    first = record_answer(assessment=assessment, question="dv_ci", value=2, note="Since spring")
    again = record_answer(assessment=assessment, question="dv_ci", value=2, note="Since spring")
    assert again.updated == first.updated
    assert assessment.changes.count() == 1
    assert Assessment.objects.get().version == 1


def test_a_changed_answer_keeps_one_row_and_adds_a_line(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2)
    record_answer(assessment=assessment, question="dv_ci", value="unknown")
    assert assessment.answers.get().value == "unknown"
    assert list(assessment.changes.order_by("pk").values_list("old", "new")) == [(None, 2), (2, "unknown")]


def test_a_changed_note_is_no_change_of_the_answer(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2, note="First")
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Second")
    assert assessment.answers.get().note == "Second"
    assert assessment.changes.count() == 1, "an old note must not live on in the trail"


def test_storing_takes_few_statements(assessment: Assessment) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        record_answer(assessment=assessment, question="dv_ci", value=2)
    assert len(queries) <= 7, [each["sql"] for each in queries]


@pytest.mark.parametrize("value", [5, -1, 2.5, "2", True, None, [], [2], {}, "green", "na"])
def test_a_level_that_is_not_offered_is_refused(assessment: Assessment, value: object) -> None:
    said = messages_of(assessment, question="dv_ci", value=value)
    assert said["answer"].startswith("Select ")
    assert said["answer"].endswith("or ‘I don’t know’")


def test_a_foreign_question_is_refused(assessment: Assessment) -> None:
    assert messages_of(assessment, question="hr_happy", value=2) == {
        "answer": "This question is not part of the assessment."
    }


def test_does_not_apply_needs_a_reason(assessment: Assessment) -> None:
    assert messages_of(assessment, question="ml_trn", value="na", na_reason="  ") == {
        "na_reason": "Enter why this does not apply to you"
    }


def test_does_not_apply_is_stored_with_its_reason(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="ml_trn", value="na", na_reason="We only buy models")
    assert assessment.answers.get().na_reason == "We only buy models"
    assert situation_of(assessment).levels == {"ml_trn": NOT_APPLICABLE}


def test_a_reason_is_dropped_with_another_answer(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="ml_trn", value=1, na_reason="left over in the form")
    assert assessment.answers.get().na_reason == ""


def test_all_mistakes_are_told_at_once(assessment: Assessment) -> None:
    said = messages_of(assessment, question="dv_ci", value=None, note="x" * 2001)
    assert set(said) == {"answer", "note"}
    assert said["note"] == "Note must be 2,000 characters or less"


@pytest.mark.parametrize(
    ("question", "value"),
    [("c_capacity_fte", 0), ("c_capacity_fte", float("nan")), ("c_capacity_fte", float("inf")), ("c_capacity_fte", "three"),
     ("c_roles", []), ("c_roles", ["executive", "pirate"]), ("c_roles", "executive"), ("c_size", "xxl"), ("stated", 1)],
)  # fmt: skip
def test_other_kinds_refuse_what_they_do_not_offer(
    assessment: Assessment, question: str, value: object
) -> None:
    assert "answer" in messages_of(assessment, question=question, value=value)


def test_several_are_stored_once_and_in_the_order_of_the_list(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="c_roles", value=["developer", "executive", "developer"])
    assert assessment.answers.get().value == ["executive", "developer"]


def test_none_of_several_is_an_answer_where_it_makes_sense(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="c_tools", value=[])
    assert assessment.answers.get().value == []
    assert situation_of(assessment).tools == ()


def test_text_is_composed_and_freed_of_what_cannot_be_seen() -> None:
    assert clean_text("Mu\u0308ller\r\nGmbH\x07 \u202eevil", 100, "Note") == "Müller\nGmbH evil"


def test_a_letter_keeps_thirty_marks_and_a_hundred_thousand_take_no_time() -> None:
    """Anybody may send a note like that, and putting its marks in order once took a minute."""
    begun = time.monotonic()
    cleaned = clean_text("a" + "\u0301\u0316" * 90_000 + "b", 100, "Note")
    assert time.monotonic() - begun < 1
    assert cleaned.startswith("á")
    assert cleaned.endswith("b")
    assert len(cleaned) <= 32
    assert clean_text("e\u0323\u0302 \u1112\u1161\u11ab", 100, "Note") == "ệ 한"


def test_a_nul_character_is_refused() -> None:
    with pytest.raises(RefusedError, match="cannot be stored"):
        clean_text("a\0b", 100, "Note")


def test_the_length_counts_after_line_ends_are_made_plain() -> None:
    assert len(clean_text("a\r\n" * 1000, 2000, "Note")) == 1999


def test_a_situation_holds_every_kind_of_answer_in_its_own_type(assessment: Assessment) -> None:
    answers = {
        "stated": "devops", "c_size": "s", "c_models": "unknown", "c_regulated": "no", "c_horizon_months": "12",
        "c_capacity_fte": 1.5, "c_tools": ["data_bi"], "c_roles": ["developer"], "c_key_person": "unknown",
        "dv_ci": 3, "dv_cd": "unknown", "sig_lead": "weeks", "sig_cfr": "unknown",
    }  # fmt: skip
    for question, value in answers.items():
        record_answer(assessment=assessment, question=question, value=value)
    found = situation_of(assessment)
    assert (found.stated, found.size, found.models, found.regulated) == ("devops", "s", None, False)
    assert (found.horizon_months, found.capacity_fte, found.key_person) == (12, 1.5, None)
    assert (found.tools, found.roles) == (("data_bi",), ("developer",))
    assert found.levels == {"dv_ci": 3, "dv_cd": UNKNOWN}
    assert found.signals == {"sig_lead": "weeks", "sig_cfr": "unknown"}


def test_reading_takes_one_query(assessment: Assessment) -> None:
    answer_everything(assessment)
    with CaptureQueriesContext(connection) as queries:
        answers_of(assessment)
    assert len(queries) == 1


def test_an_answer_that_becomes_irrelevant_is_kept(assessment: Assessment, playbook: Playbook) -> None:
    from advisor.engine.asking import path

    record_answer(assessment=assessment, question="c_models", value="0")
    record_answer(assessment=assessment, question="c_ml_plans", value="committed")
    record_answer(assessment=assessment, question="c_models", value="1")
    assert "c_ml_plans" not in path(playbook, situation_of(assessment))
    record_answer(assessment=assessment, question="c_models", value="0")
    assert situation_of(assessment).ml_plans == "committed"


# --- Two windows --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        lambda gone: record_answer(assessment=gone, question="dv_ci", value=2),
        lambda gone: describe(assessment=gone, organisation="", scope="All", decision=""),
        lambda gone: widen(assessment=gone),
        lambda gone: replace_link(assessment=gone),
    ],
    ids=["answer", "describe", "widen", "replace the link"],
)
def test_nothing_is_written_to_an_assessment_that_another_window_deleted(
    assessment: Assessment, write: Callable[[Assessment], object]
) -> None:
    delete_assessment(assessment=Assessment.objects.get())
    with pytest.raises(DeletedError):
        write(assessment)
    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()
    assert not AnswerChange.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_first_answers_at_the_same_moment_do_not_collide(playbook: Playbook) -> None:
    assessment = create_assessment(playbook=playbook, mode="full")
    together = Barrier(4)

    def answer(level: int) -> None:
        mine = Assessment.objects.get(pk=assessment.pk)
        together.wait(timeout=10)
        try:
            record_answer(assessment=mine, question="dv_ci", value=level)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(answer, range(4)))
    trail = list(assessment.changes.order_by("pk").values_list("old", "new"))
    assert [old for old, _ in trail] == [None, *(new for _, new in trail[:-1])], "one after the other"
    assert assessment.answers.get().value == trail[-1][1]
    assert Assessment.objects.get().version == 4


def test_two_new_links_at_once_are_two_links(assessment: Assessment) -> None:
    other_window = Assessment.objects.get()
    replace_link(assessment=assessment)
    replace_link(assessment=other_window)
    assert Assessment.objects.get().link_number == 3
