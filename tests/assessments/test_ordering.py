"""Saves that overtake each other, from one window and from two: what was acknowledged is never lost."""

from itertools import permutations
from random import Random

import pytest
from django.db import transaction

from assessments.answering import ConflictError, record_answer
from assessments.models import Assessment
from assessments.ordering import Edit, Stamp, judge
from tests.assessments.interleavings import Game, Reply
from tests.factories import AssessmentFactory


def test_a_page_replaces_what_it_wrote_itself() -> None:
    assert judge(Edit("a", 2, 0), Stamp("a", 1, 1)) == "take"


@pytest.mark.parametrize("seq", [1, 2])
def test_what_a_page_sent_earlier_is_dropped(seq: int) -> None:
    assert judge(Edit("a", seq, 0), Stamp("a", 2, 1)) == "drop"


def test_without_a_count_a_page_is_taken_at_its_word() -> None:
    assert judge(Edit("a", None, 0), Stamp("a", 7, 1)) == "take"


def test_another_page_has_to_have_seen_the_answer() -> None:
    assert judge(Edit("b", 1, 1), Stamp("a", 1, 1)) == "take"
    assert judge(Edit("b", 9, 0), Stamp("a", 1, 1)) == "conflict"


class Memory:
    """The rule alone, over a variable."""

    def __init__(self) -> None:
        self.value: str | None = None
        self.stamp = Stamp("", 0, 0)

    def load(self) -> tuple[str | None, int]:
        return self.value, self.stamp.revision

    def send(self, edit: Edit, value: str) -> Reply:
        verdict = judge(edit, self.stamp) if self.value else "take"
        if verdict == "conflict" and value != self.value:
            return Reply(None)
        if verdict == "take":
            revision = self.stamp.revision + (value != self.value)
            self.value, self.stamp = value, Stamp(edit.page, edit.seq or 0, revision)
        return Reply(self.stamp.revision)


class Database:
    """The real thing: every value is the note of an answer."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment

    def load(self) -> tuple[str | None, int]:
        row = self.assessment.answers.first()
        return (row.note, row.revision) if row else (None, 0)

    def send(self, edit: Edit, value: str) -> Reply:
        try:
            row = record_answer(assessment=self.assessment, question="dv_ci", value=2, note=value, edit=edit)
        except ConflictError:
            return Reply(None)
        return Reply(row.revision)


def test_ten_thousand_interleavings_of_two_windows_lose_nothing() -> None:
    for seed in range(10_000):
        memory = Memory()
        Game(Random(seed), memory.send, memory.load).play(steps=24)


@pytest.mark.django_db
def test_neither_does_the_database_lose_anything() -> None:
    for seed in range(300):
        with transaction.atomic():
            database = Database(AssessmentFactory())
            Game(Random(seed), database.send, database.load).play(steps=16)


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
def test_in_whatever_order_the_saves_of_one_page_arrive_the_last_one_sent_counts(
    assessment: Assessment, order: tuple[int, ...]
) -> None:
    for seq in order:
        record_answer(
            assessment=assessment,
            question="dv_ci",
            value=seq,
            edit=Edit("page", seq, 0),
            note=f"Number {seq}",
        )
    assert assessment.answers.get().value == 3


@pytest.mark.django_db
def test_going_back_to_the_stored_answer_is_not_undone_by_what_was_sent_before(
    assessment: Assessment,
) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=1, edit=Edit("first", 1, 0))
    record_answer(assessment=assessment, question="dv_ci", value=1, edit=Edit("second", 2, 1))
    record_answer(assessment=assessment, question="dv_ci", value=4, edit=Edit("second", 1, 1))
    assert assessment.answers.get().value == 1


@pytest.mark.django_db
def test_the_same_body_twice_is_one_row_one_line_and_one_version(assessment: Assessment) -> None:
    for _ in range(2):
        record_answer(assessment=assessment, question="dv_ci", value=1, edit=Edit("page", 1, 0))
    assert assessment.answers.get().revision == 1
    assert assessment.changes.count() == 1
    assert Assessment.objects.get().version == 1
