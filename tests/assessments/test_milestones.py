"""Milestones: answers as they were, kept once and never changed again."""

import json
from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from assessments import milestones
from assessments.answering import Given, RefusedError, answers_of, record_answer, situation_from, widen
from assessments.export import data_of
from assessments.locking import DeletedError
from assessments.milestones import FullError, SameError, given_at, is_as_kept, keep, milestones_of
from assessments.models import Assessment, Milestone, OwnFigure
from assessments.playbooks import current
from tests.assessments.conftest import answer_everything, situation_of
from tests.factories import AssessmentFactory


def test_every_answer_in_force_is_kept_with_reason_and_note(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Since May")
    record_answer(assessment=assessment, question="ml_ret", value="na", na_reason="No models")
    record_answer(assessment=assessment, question="c_roles", value=["developer"])
    assessment.answers.create(question="dv_cd", draft={"note": "half"})
    kept = keep(assessment=assessment, name="  Before the\tprogramme ")
    kept.refresh_from_db()
    assert (kept.number, kept.name, kept.edition, kept.mode) == (
        1,
        "Before the programme",
        assessment.edition,
        "full",
    )
    assert kept.answers == {
        "dv_ci": {"value": 2, "na_reason": "", "note": "Since May"},
        "ml_ret": {"value": "na", "na_reason": "No models", "note": ""},
        "c_roles": {"value": ["developer"], "na_reason": "", "note": ""},
    }
    assert given_at(kept) == answers_of(assessment)


def test_own_figures_are_kept_by_name(assessment: Assessment) -> None:
    OwnFigure.objects.create(assessment=assessment, name="capacity_use", value=0.5)
    OwnFigure.objects.create(assessment=assessment, name="effort:dv_i_ci", value=[2, 4])
    keep(assessment=assessment, name="Ours")
    assert milestones_of(assessment)[0].figures == {"capacity_use": 0.5, "effort:dv_i_ci": [2, 4]}


def test_nothing_that_happens_later_touches_it(assessment: Assessment) -> None:
    assessment.mode = "quick"
    assessment.save()
    answer_everything(assessment, dv_ci=1)
    before = situation_of(assessment)
    kept = keep(assessment=assessment, name="Then")
    record_answer(assessment=assessment, question="dv_ci", value=4)
    widen(assessment=assessment)
    Assessment.objects.update(edition="2031.1")
    kept.refresh_from_db()
    assert (kept.mode, kept.edition) == ("quick", current().edition)
    assert situation_from(current(), kept, given_at(kept)) == before


@pytest.mark.parametrize(
    "work",
    [
        lambda each: keep(assessment=each, name="Then", again=True),
        lambda each: milestones.rename(assessment=each, number=1, name="Now"),
        lambda each: milestones.delete(assessment=each, number=1),
    ],
    ids=["keep", "rename", "delete"],
)
def test_working_on_milestones_counts_as_work(
    assessment: Assessment, work: Callable[[Assessment], object]
) -> None:
    keep(assessment=assessment, name="Before")
    long_ago = timezone.now() - timedelta(days=700)
    Assessment.objects.update(touched=long_ago)
    work(assessment)
    assessment.refresh_from_db()
    assert assessment.touched > long_ago


def test_numbers_count_within_the_assessment(assessment: Assessment) -> None:
    other = AssessmentFactory()
    assert keep(assessment=other, name="Theirs").number == 1
    assert [keep(assessment=assessment, name=each, again=True).number for each in "abc"] == [1, 2, 3]
    milestones.delete(assessment=assessment, number=2)
    assert [each.number for each in milestones_of(assessment)] == [1, 3]
    assert keep(assessment=assessment, name="d", again=True).number == 4


def test_a_page_that_is_still_open_never_names_another_one(assessment: Assessment) -> None:
    keep(assessment=assessment, name="a")
    milestones.delete(assessment=assessment, number=1)
    keep(assessment=assessment, name="b")
    milestones.delete(assessment=assessment, number=1)
    milestones.rename(assessment=assessment, number=1, name="a again")
    assert [(each.number, each.name) for each in milestones_of(assessment)] == [(2, "b")]


def test_the_same_answers_are_kept_twice_only_if_that_is_meant(assessment: Assessment) -> None:
    first = keep(assessment=assessment, name="Then")
    with pytest.raises(SameError) as refused:
        keep(assessment=assessment, name="Once more")
    assert refused.value.newest == first
    assert keep(assessment=assessment, name="Once more", again=True).number == 2


def test_another_note_mode_or_figure_makes_a_difference(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2)
    keep(assessment=assessment, name="a")
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Seen")
    keep(assessment=assessment, name="b")
    OwnFigure.objects.create(assessment=assessment, name="capacity_use", value=0.5)
    keep(assessment=assessment, name="c")
    Assessment.objects.update(mode="quick")
    assert keep(assessment=assessment, name="d").mode == "quick"


def test_there_is_room_for_two_dozen(assessment: Assessment) -> None:
    for number in range(milestones.MOST):
        keep(assessment=assessment, name=str(number), again=True)
    with pytest.raises(FullError, match="24 milestones already"):
        keep(assessment=assessment, name="One more", again=True)
    milestones.delete(assessment=assessment, number=1)
    keep(assessment=assessment, name="One more", again=True)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Enter a name"),
        (" \u202e\n ", "Enter a name"),
        ("x" * 81, "80 characters or less"),
        ("a\0b", "cannot be stored"),
    ],
)
def test_a_name_that_cannot_be_stored_is_refused(assessment: Assessment, name: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        keep(assessment=assessment, name=name)
    kept = keep(assessment=assessment, name="x" * 80)
    with pytest.raises(RefusedError, match=says):
        milestones.rename(assessment=assessment, number=kept.number, name=name)
    assert milestones_of(assessment)[0].name == "x" * 80


def test_renaming_and_deleting_reach_only_ones_own(assessment: Assessment) -> None:
    kept = keep(assessment=assessment, name="Ours")
    other = AssessmentFactory()
    keep(assessment=other, name="Theirs")
    milestones.rename(assessment=assessment, number=kept.number, name="Renamed")
    milestones.delete(assessment=assessment, number=7)
    assert [each.name for each in milestones_of(assessment)] == ["Renamed"]
    milestones.delete(assessment=assessment, number=1)
    assert [each.name for each in milestones_of(other)] == ["Theirs"]


def test_a_note_makes_no_other_answer(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2)
    kept = keep(assessment=assessment, name="Then")
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Seen")
    assert is_as_kept(kept, assessment, answers_of(assessment))
    assert not is_as_kept(kept, assessment, {"dv_ci": Given(3, "", "")})
    assert not is_as_kept(kept, assessment, {})


# --- Deleting, taking along, two at once ----------------------------------------------------------------------------------


def test_they_go_with_their_assessment(assessment: Assessment) -> None:
    keep(assessment=assessment, name="Then")
    Assessment.objects.filter(pk=assessment.pk).delete()
    assert not Milestone.objects.exists()
    with pytest.raises(DeletedError):
        keep(assessment=assessment, name="Too late")


def test_they_are_in_the_data_to_take_along(assessment: Assessment) -> None:
    record_answer(assessment=assessment, question="dv_ci", value=2, note="Since May")
    kept = keep(assessment=assessment, name="Then")
    (told,) = json.loads(json.dumps(data_of(assessment)))["milestones"]
    assert told == {
        "number": 1,
        "name": "Then",
        "edition": kept.edition,
        "mode": "full",
        "answers": kept.answers,
        "figures": {},
        "kept": kept.created.isoformat(),
    }


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_keep_two(transactional_db: None) -> None:
    assessment = AssessmentFactory()
    made: list[int] = []

    def keep_one(name: str) -> None:
        own = Assessment.objects.get(pk=assessment.pk)
        made.append(keep(assessment=own, name=name, again=True).number)
        connection.close()

    threads = [Thread(target=keep_one, args=(name,)) for name in "abcd"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    close_old_connections()
    assert sorted(made) == [1, 2, 3, 4]
