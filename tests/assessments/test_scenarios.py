"""Levels that somebody tried and kept under a name."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments.export import data_of
from assessments.locking import DeletedError
from assessments.models import Assessment, Scenario
from assessments.samples import samples, store_sample
from assessments.scenarios import (
    MOST,
    Kept,
    RefusedError,
    delete_scenario,
    keep_scenario,
    rename_scenario,
    scenario_numbered,
    scenarios_of,
)

LEVELS = {"dv_ci": 3}


def keep(assessment: Assessment, *names: str) -> None:
    for name in names:
        keep_scenario(assessment=assessment, name=name, levels=LEVELS)


def test_what_is_kept_is_read_again_in_the_order_of_keeping(assessment: Assessment) -> None:
    keep(assessment, "Second team", "All of it")
    assert scenarios_of(assessment) == (Kept(1, "Second team", LEVELS), Kept(2, "All of it", LEVELS))
    assert scenario_numbered(assessment, 2) == Kept(2, "All of it", LEVELS)
    assert scenario_numbered(assessment, 3) is None


def test_keeping_counts_as_work_on_the_assessment(assessment: Assessment) -> None:
    before = assessment.version
    keep(assessment, "Second team")
    assessment.refresh_from_db()
    assert assessment.version == before + 1


def test_a_name_is_one_line_of_visible_text(assessment: Assessment) -> None:
    keep(assessment, "  Second\r\n\u202eteam \x07 <b>now</b> ")
    assert [each.name for each in scenarios_of(assessment)] == ["Second team <b>now</b>"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Enter a name for the plan"),
        (" \n\u202e ", "Enter a name for the plan"),
        ("x" * 81, "Name must be 80 characters or less"),
        ("a\0b", "cannot be stored"),
        ("second TEAM", "A plan is called “second TEAM” already"),
    ],
)
def test_a_name_that_cannot_be_says_why(assessment: Assessment, name: str, says: str) -> None:
    keep(assessment, "Second team")
    with pytest.raises(RefusedError, match=says):
        keep(assessment, name)
    assert len(scenarios_of(assessment)) == 1


def test_a_name_is_free_in_another_assessment(assessment: Assessment) -> None:
    from tests.factories import AssessmentFactory

    other = AssessmentFactory()
    keep(assessment, "Second team")
    keep(other, "Second team")
    assert [each.number for each in scenarios_of(other)] == [1]


def test_there_is_room_for_three(assessment: Assessment) -> None:
    keep(assessment, *(f"Plan {n}" for n in range(MOST)))
    with pytest.raises(RefusedError, match="There are 3 named plans already"):
        keep(assessment, "One more")
    delete_scenario(assessment=assessment, number=1)
    keep(assessment, "One more")
    assert [each.number for each in scenarios_of(assessment)] == [2, 3, 4]


def test_a_page_that_is_still_open_never_names_another_one(assessment: Assessment) -> None:
    keep(assessment, "Second team")
    delete_scenario(assessment=assessment, number=1)
    keep(assessment, "All of it")
    delete_scenario(assessment=assessment, number=1)
    assert [(each.number, each.name) for each in scenarios_of(assessment)] == [(2, "All of it")]


def test_renaming_keeps_levels_and_number(assessment: Assessment) -> None:
    keep(assessment, "Second team", "All of it")
    rename_scenario(assessment=assessment, number=1, name="SECOND TEAM")
    assert scenarios_of(assessment)[0] == Kept(1, "SECOND TEAM", LEVELS)
    with pytest.raises(RefusedError, match="already"):
        rename_scenario(assessment=assessment, number=1, name="all of it")


def test_deleting_twice_is_as_good_as_once(assessment: Assessment) -> None:
    keep(assessment, "Second team")
    for _ in range(2):
        delete_scenario(assessment=assessment, number=1)
    assert scenarios_of(assessment) == ()


def test_nothing_is_kept_of_an_assessment_that_is_gone(assessment: Assessment) -> None:
    Assessment.objects.all().delete()
    with pytest.raises(DeletedError):
        keep(assessment, "Second team")


def test_it_goes_with_its_assessment(assessment: Assessment, visitor: Client) -> None:
    keep(assessment, "Second team")
    visitor.post(reverse("assessments:delete", args=[assessment.public_id]))
    assert not Scenario.objects.exists()


def test_it_is_in_the_data_that_can_be_taken_along(assessment: Assessment) -> None:
    keep(assessment, "Second team")
    (found,) = data_of(assessment)["scenarios"]
    assert found | {"kept": ""} == {"number": 1, "name": "Second team", "levels": LEVELS, "kept": ""}


@pytest.mark.django_db
def test_a_sample_is_not_even_asked(django_assert_num_queries: object) -> None:
    store_sample(samples()[0])
    sample = Assessment.objects.get(sample=samples()[0].slug)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert scenarios_of(sample) == ()


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_keep_at_once_get_two_numbers() -> None:
    from tests.factories import AssessmentFactory

    assessment = AssessmentFactory()

    def keep_one(name: str) -> int:
        try:
            return keep_scenario(
                assessment=Assessment.objects.get(pk=assessment.pk), name=name, levels=LEVELS
            ).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as windows:
        assert sorted(windows.map(keep_one, ["Mine", "Yours"])) == [1, 2]
