"""/desk/<workspace>/defaults/: figures that new assessments of a workspace begin with."""

import pytest
from django.test import Client as Browser

from assessments.defaults import copy_defaults, default_figures
from assessments.models import Assessment, AuditEvent, Membership
from reports.telling import report_of
from tests.assessments.sharing.conftest import desk, owner
from tests.assessments.sharing.conftest import tallis as of_client
from tests.factories import MembershipFactory

__all__ = ["desk", "of_client", "owner"]


def address(owner: Membership) -> str:
    return f"/desk/{owner.workspace.public_id}/defaults/"


def set_in(desk: Browser, owner: Membership, group: str, **figures: str) -> None:
    answer = desk.post(address(owner), {"group": group, **figures})
    assert answer.status_code == 303
    assert answer["Location"].endswith(f"?saved={group}#{group}")


def test_a_group_is_stored_by_itself_and_emptied_again(desk: Browser, owner: Membership) -> None:
    set_in(desk, owner, "money", day_rate="1100")
    set_in(desk, owner, "people", capacity_use="60")
    assert default_figures(owner.workspace) == {"day_rate": 1100, "capacity_use": 0.6}
    set_in(desk, owner, "people", capacity_use="")
    assert default_figures(owner.workspace) == {"day_rate": 1100}
    assert AuditEvent.objects.filter(action="defaults.changed").count() == 3


@pytest.mark.parametrize(
    ("group", "figures"),
    [("money", {"day_rate": "many"}), ("people", {"capacity_use": "101"}), ("efforts", {"effort-dv_i_baseline": "3"}),
     ("leads", {"lead-dv_i_baseline": "5", "lead-dv_i_baseline-high": "3"}), ("gates", {"minimum-dv_ci": "4"})],
)  # fmt: skip
def test_what_is_not_possible_is_said(
    desk: Browser, owner: Membership, group: str, figures: dict[str, str]
) -> None:
    answer = desk.post(address(owner), {"group": group, **figures})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert default_figures(owner.workspace) == {}


def test_a_budget_is_of_one_organisation_and_no_default(desk: Browser, owner: Membership) -> None:
    assert 'name="budget"' not in desk.get(address(owner)).content.decode()
    set_in(desk, owner, "money", day_rate="900", budget="5000")
    assert default_figures(owner.workspace) == {"day_rate": 900}


def test_an_unknown_group_is_not_found(desk: Browser, owner: Membership) -> None:
    assert desk.post(address(owner), {"group": "cellar"}).status_code == 404


def test_they_are_for_owners_alone(owner: Membership) -> None:
    browser = Browser()
    browser.force_login(MembershipFactory(workspace=owner.workspace, role="consultant").user)
    assert browser.get(address(owner)).status_code == 403


def test_a_new_assessment_takes_them_along_and_keeps_them(
    desk: Browser, owner: Membership, of_client: Assessment
) -> None:
    set_in(desk, owner, "people", capacity_use="60")
    set_in(desk, owner, "leads", **{"lead-dv_i_baseline": "1", "lead-dv_i_baseline-high": "2"})
    copy_defaults(assessment=of_client)
    before = report_of(of_client)
    assert before.changed is not None
    assert {each.own for each in before.changed.rows} == {"60\u00a0%", "1 to 2 weeks"}
    set_in(desk, owner, "people", capacity_use="20")
    assert report_of(of_client) == before, "what the workspace changes later changes no report"


def test_a_figure_that_is_there_already_stays(
    desk: Browser, owner: Membership, of_client: Assessment
) -> None:
    of_client.own_figures.create(name="capacity_use", value=0.5)
    set_in(desk, owner, "people", capacity_use="60")
    copy_defaults(assessment=of_client)
    assert of_client.own_figures.get().value == 0.5


def test_an_assessment_of_nobody_takes_nothing(
    desk: Browser, owner: Membership, assessment: Assessment
) -> None:
    set_in(desk, owner, "people", capacity_use="60")
    copy_defaults(assessment=assessment)
    assert not assessment.own_figures.exists()
