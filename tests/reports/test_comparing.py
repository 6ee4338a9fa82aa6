"""/a/<id>/milestones/ and /a/<id>/compare/: keep, rename, delete, choose two, and see what has changed."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from advisor import loader
from assessments import playbooks
from assessments.answering import record_answer, widen
from assessments.milestones import MOST, keep, milestones_of
from assessments.models import Assessment
from assessments.playbooks import current
from reports.printing import paper
from reports.telling import report_of
from tests.assessments.conftest import Open, answer_everything
from tests.factories import AssessmentFactory

pytestmark = pytest.mark.django_db


def url(assessment: Assessment, path: str = "milestones/") -> str:
    return f"/a/{assessment.public_id}/{path}"


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def answer(assessment: Assessment, **levels: object) -> None:
    for question, level in levels.items():
        record_answer(assessment=assessment, question=question, value=level)


def lift(assessment: Assessment, layer: str, level: int) -> None:
    answer(assessment, **{each.id: level for each in current().capabilities_of[layer]})


# --- Keeping ------------------------------------------------------------------------------------------------------------


def test_without_one_the_page_says_what_they_are_for(visitor: Client, assessment: Assessment) -> None:
    page = text(visitor.get(url(assessment)).content.decode())
    assert "A milestone keeps all answers of a day under a name" in page
    assert "None yet." in page
    assert not milestones_of(assessment)


def test_keeping_one_shows_it_with_the_result_of_the_day(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    response = visitor.post(url(assessment), {"name": "Before the programme"})
    assert (response.status_code, response["Location"]) == (303, url(assessment, "milestones/?kept=1"))
    page = text(visitor.get(response["Location"]).content.decode())
    assert "Kept as “ Before the programme ”." in page
    assert "1 milestone " in page
    count = len(milestones_of(assessment)[0].answers)
    for words in (f"{count} of {count} questions answered", "Bottleneck: DevOps", "No gate open"):
        assert words in page


@pytest.mark.parametrize(("name", "says"), [("", "Enter a name"), ("x" * 81, "80 characters or less")])
def test_a_name_that_cannot_be_stored_comes_back_with_what_to_do(
    visitor: Client, assessment: Assessment, name: str, says: str
) -> None:
    response = visitor.post(url(assessment), {"name": name})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(says) == 2, "in the summary and at the field"
    assert f'value="{name}"' in page
    assert "<title>Error: " in page


def test_a_second_one_with_the_same_answers_is_kept_only_after_asking(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment)
    visitor.post(url(assessment), {"name": "Then"})
    response = visitor.post(url(assessment), {"name": "Once more"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Nothing has changed since" in page
    assert 'value="Once more"' in page
    assert len(milestones_of(assessment)) == 1
    assert visitor.post(url(assessment), {"name": "Once more", "again": "1"}).status_code == 303
    assert [each.name for each in milestones_of(assessment)] == ["Then", "Once more"]


def test_two_dozen_are_enough(visitor: Client, assessment: Assessment) -> None:
    for number in range(MOST):
        keep(assessment=assessment, name=str(number), again=True)
    page = visitor.get(url(assessment)).content.decode()
    assert "There is room for no more" in page
    assert 'name="name"' not in page
    response = visitor.post(url(assessment), {"name": "One more", "again": "1"})
    assert response.status_code == 422
    assert "Delete one that you no longer compare with" in response.content.decode()


def test_names_stay_text(visitor: Client, assessment: Assessment) -> None:
    hostile = '"><script>alert(1)</script><b>{{ 7 }}'
    keep(assessment=assessment, name=hostile)
    answer(assessment, dv_ci=3)
    for path in (
        "milestones/?kept=1",
        "compare/",
        "milestones/1/rename/",
        "milestones/1/delete/",
        "recheck/",
        "result/",
    ):
        page = visitor.get(url(assessment, path)).content.decode()
        assert "<script>alert" not in page
        assert "<b>{{ 7" not in page


# --- Renaming and deleting ----------------------------------------------------------------------------------------------


def test_a_milestone_gets_another_name(visitor: Client, assessment: Assessment) -> None:
    keep(assessment=assessment, name="Thn")
    assert 'value="Thn"' in visitor.get(url(assessment, "milestones/1/rename/")).content.decode()
    refused = visitor.post(url(assessment, "milestones/1/rename/"), {"name": " "})
    assert refused.status_code == 422
    assert refused.content.decode().count("Enter a name") == 2
    assert visitor.post(url(assessment, "milestones/1/rename/"), {"name": "Then"}).status_code == 303
    assert milestones_of(assessment)[0].name == "Then"


def test_a_milestone_is_deleted_after_asking(visitor: Client, assessment: Assessment) -> None:
    keep(assessment=assessment, name="Then")
    assert "Delete the milestone" in visitor.get(url(assessment, "milestones/1/delete/")).content.decode()
    assert milestones_of(assessment)
    response = visitor.post(url(assessment, "milestones/1/delete/"))
    assert (response.status_code, response["Location"]) == (303, url(assessment))
    assert not milestones_of(assessment)
    assert visitor.post(url(assessment, "milestones/1/delete/")).status_code == 404


@pytest.mark.parametrize("number", ["2", "0", "99999", "9" * 30, "9" * 5000])
@pytest.mark.parametrize("path", ["rename", "delete"])
def test_a_number_that_is_not_there_is_not_found(
    visitor: Client, assessment: Assessment, number: str, path: str
) -> None:
    keep(assessment=assessment, name="Then")
    assert visitor.get(url(assessment, f"milestones/{number}/{path}/")).status_code == 404


PATHS = ["milestones/", "milestones/1/rename/", "milestones/1/delete/", "compare/", "recheck/"]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_else_gets_in_and_no_cache_keeps_it(
    client: Client, visitor: Client, assessment: Assessment, path: str
) -> None:
    answer_everything(assessment)
    keep(assessment=assessment, name="Then")
    assert client.get(url(assessment, path)).status_code == 404
    assert client.post(url(assessment, path), {"name": "x"}).status_code in {404, 405}
    assert "no-store" in visitor.get(url(assessment, path))["Cache-Control"]
    assert len(milestones_of(assessment)) == 1


@pytest.mark.parametrize("path", [each for each in PATHS if each != "compare/"])
def test_a_form_from_elsewhere_is_refused(assessment: Assessment, visitor: Client, path: str) -> None:
    keep(assessment=assessment, name="Then")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.cookies
    assert strict.post(url(assessment, path), {"name": "x"}).status_code == 403
    assert [each.name for each in milestones_of(assessment)] == ["Then"]


# --- Comparing ----------------------------------------------------------------------------------------------------------


def test_without_a_milestone_there_is_nothing_to_compare_with(
    visitor: Client, assessment: Assessment
) -> None:
    page = visitor.get(url(assessment, "compare/")).content.decode()
    assert "Nothing to compare with yet" in page
    assert f'href="{url(assessment)}"' in page


def test_two_milestones_or_one_and_today_are_compared(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    keep(assessment=assessment, name="Before")
    answer(assessment, dv_ci=1)
    keep(assessment=assessment, name="Quarter")
    lift(assessment, "devops", 3)

    def headline(query: str = "") -> str:
        page = visitor.get(url(assessment, f"compare/{query}")).content.decode()
        return text(re.findall(r"<h1.*?</h1>", page, re.DOTALL)[0])

    passed = "The DevOps gate is open: the bottleneck has moved up to DataOps"
    assert headline("?from=1&to=2") == headline("?from=2&to=1") == "One answer is higher, none is lower"
    assert headline("?from=1&to=now") == headline("?from=2") == passed
    assert headline() == headline("?from=77&to=x") == passed, "the newest one and today"
    assert headline("?from=2&to=2") == "Nothing has changed"
    assert headline("?to=2") == "One answer is higher, none is lower", "with the one before"
    assert headline("?to=1") == "Nothing has changed", "there is none before"


def test_right_after_keeping_one_the_one_before_it_is_compared(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment)
    keep(assessment=assessment, name="Before")
    answer(assessment, dv_ci=1)
    keep(assessment=assessment, name="Quarter")
    page = visitor.get(url(assessment, "compare/")).content.decode()
    assert '<option value="1" selected>Before, ' in page
    assert "One answer is higher, none is lower" in page


def test_every_section_stands_on_the_page(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment, c_models="2_5")
    keep(assessment=assessment, name="Before")
    lift(assessment, "devops", 3)
    answer(assessment, do_tst="unknown")
    page = text(visitor.get(url(assessment, "compare/")).content.decode())
    for words in (
        "passed since",
        "the floor below carries it now, but its own gate is closed",
        "up 3",
        "no longer known",
        "Done: the levels they were to bring are reached",
        "Still open",
        "Confidence is",
        "% of the blocks answered",
        "Notes are not compared",
    ):
        assert words in page, words


def test_an_edition_that_was_taken_away_compares_nothing(visitor: Client, assessment: Assessment) -> None:
    answer_everything(assessment)
    keep(assessment=assessment, name="Then")
    assessment.milestones.update(edition="1999.1")
    for path in ("compare/", "milestones/", "result/"):
        response = visitor.get(url(assessment, path))
        assert response.status_code == 200
    page = visitor.get(url(assessment, "compare/")).content.decode()
    assert "Nothing can be compared: edition 1999.1 is not on this server any more" in page
    assert "1999.1, is not on this server any more" in visitor.get(url(assessment)).content.decode()
    Assessment.objects.update(edition="1998.1")
    page = visitor.get(url(assessment, "compare/")).content.decode()
    assert "is not on this server any more" in page


@pytest.fixture
def later_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Edition 2027.1 beside the shipped one; two of its questions are not those of 2026.1."""
    for name in ("2026.1", "2027.1"):
        shutil.copytree(loader.EDITIONS / "2026.1", tmp_path / name)
    head = tmp_path / "2027.1" / "playbook.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace('edition: "2026.1"', 'edition: "2027.1"'), encoding="utf-8"
    )
    (tmp_path / "2027.1" / "mapping.yaml").write_text(
        '"2026.1":\n  dv_obs: null\n  sig_lead: null\n', encoding="utf-8"
    )
    monkeypatch.setattr(loader, "EDITIONS", tmp_path)
    monkeypatch.setattr("advisor.loader.files.EDITIONS", tmp_path)
    playbooks.edition.cache_clear()
    yield "2027.1"
    playbooks.edition.cache_clear()


def test_under_another_edition_only_mapped_questions_are_compared(
    visitor: Client, assessment: Assessment, later_edition: str
) -> None:
    answer_everything(assessment, c_models="2_5")
    keep(assessment=assessment, name="Then")
    answer(assessment, dv_obs=4)
    Assessment.objects.update(edition=later_edition)
    page = text(visitor.get(url(assessment, "compare/")).content.decode())
    assert "Asked under another edition (2026.1): 22 of its 24 questions are compared." in page
    assert "Nothing has changed in what can be compared" in page


def test_a_quick_check_is_compared_with_the_questions_it_had(visitor: Client, browser_of: Open) -> None:
    quick = AssessmentFactory(mode="quick")
    answer_everything(quick)
    keep(assessment=quick, name="Quick")
    widen(assessment=quick)
    page = text(browser_of(quick).get(url(quick, "compare/")).content.decode())
    assert "A quick check then, a full assessment now. Only the" in page
    assert "The gates cannot be compared" in page


# --- In the report ------------------------------------------------------------------------------------------------------


def test_a_report_has_no_change_to_tell_without_a_milestone_that_differs(assessment: Assessment) -> None:
    answer_everything(assessment)
    assert report_of(assessment).progress is None
    keep(assessment=assessment, name="Then")
    assert report_of(assessment).progress is None


def test_a_report_tells_what_has_changed_since_the_newest_milestone(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment)
    keep(assessment=assessment, name="First")
    answer(assessment, dv_cd=1)
    keep(assessment=assessment, name="Second")
    answer(assessment, dv_ci=2)
    page = report_of(assessment)
    assert page.progress is not None
    assert page.progress.heading.startswith("Change since “Second”, ")
    assert page.progress.says.startswith("One answer is higher, none is lower.")
    assert {row.since for each in page.levels.floors for row in each.rows} == {"", "up 2"}
    html = visitor.get(url(assessment, "result/")).content.decode()
    assert "Change since “Second”" in html
    assert f'href="{url(assessment, "compare/")}?from=2&amp;to=now"' in html


def test_the_result_leads_to_milestones_comparison_and_re_check(
    visitor: Client, assessment: Assessment
) -> None:
    answer_everything(assessment)
    html = visitor.get(url(assessment, "result/")).content.decode()
    assert "Keep this as a milestone" in html
    for path in ("milestones/", "compare/", "recheck/"):
        assert f'href="{url(assessment, path)}"' in html


def test_on_paper_the_change_stands_where_one_stands(assessment: Assessment) -> None:
    answer_everything(assessment)
    keep(assessment=assessment, name="Before the programme")
    lift(assessment, "devops", 3)
    sheets = text(paper(report_of(assessment)))
    standing = sheets[sheets.index("Where you stand") : sheets.index("What opens it")]
    assert "Change since “Before the programme”" in standing
    assert "The DevOps gate is open: the bottleneck has moved up to DataOps." in standing
    assert "3 of 4 , up 3" in standing
