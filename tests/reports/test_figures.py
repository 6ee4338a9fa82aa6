"""/a/<id>/figures/: figures of judgement set for one assessment, a group at a time."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, OwnFigure
from assessments.planning import own_figures, set_figures
from reports.telling import report_of


def address(assessment: Assessment) -> str:
    return reverse("reports:figures", args=[assessment.public_id])


def test_every_figure_stands_beside_the_editions(owner: Client, tallis: Assessment) -> None:
    text = owner.get(address(tallis)).content.decode()
    assert "Edition: 80\N{NO-BREAK SPACE}%" in text
    assert "Edition: 10 to 30 person-weeks" in text
    assert "Version control, build and test" in text
    assert "Average of DataOps" in text


def test_a_group_is_stored_by_itself_and_percent_is_a_share(owner: Client, tallis: Assessment) -> None:
    set_figures(assessment=tallis, figures={"minimum:dv_ci": 1})
    answer = owner.post(address(tallis), {"group": "people", "capacity_use": "50", "days_per_week": " 4 "})
    assert answer["Location"] == f"{address(tallis)}?saved=people#people"
    assert own_figures(tallis) == {"minimum:dv_ci": 1, "capacity_use": 0.5, "days_per_week": 4}


def test_an_empty_field_goes_back_to_the_edition(owner: Client, tallis: Assessment) -> None:
    set_figures(assessment=tallis, figures={"capacity_use": 0.5, "protection_share": 0.2})
    owner.post(address(tallis), {"group": "people", "protection_share": "20"})
    assert own_figures(tallis) == {"protection_share": 0.2}


def test_what_is_stored_is_read_back_as_the_same(owner: Client, tallis: Assessment) -> None:
    set_figures(assessment=tallis, figures={"capacity_use": 0.333, "budget": 1234567.0, "day_rate": 850.5})
    page = owner.get(address(tallis)).context["page"]
    fields = {each.name: each.low for group in page.groups for each in group.fields}
    assert (fields["capacity_use"], fields["budget"], fields["day_rate"]) == ("33.3", "1234567", "850.5")
    owner.post(
        address(tallis), {"group": "money", "budget": fields["budget"], "day_rate": fields["day_rate"]}
    )
    assert own_figures(tallis)["budget"] == 1234567


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"group": "people", "capacity_use": "120"}, "120 is not possible; enter a number from 1 to 100"),
        ({"group": "people", "capacity_use": "half"}, "“half” is not a number; enter a number from 1 to 100"),
        ({"group": "gates", "minimum-dv_ci": "4"}, "4 is not possible; enter a whole number from 0 to 3"),
        ({"group": "gates", "minimum-dv_ci": "1.5"}, "1.5 is not possible; enter a whole number from 0 to 3"),
        ({"group": "money", "budget": "1,000"}, "1,000 can be read in two ways"),
        ({"group": "money", "budget": "1000"}, "Enter a day rate too"),
        ({"group": "efforts", "effort-do_i_code-high": "3"}, "enter both ends, or leave both empty"),
    ],
)
def test_a_mistake_names_what_was_found_and_what_is_allowed(
    owner: Client, tallis: Assessment, sent: dict[str, str], says: str
) -> None:
    answer = owner.post(address(tallis), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not OwnFigure.objects.exists()


def test_an_unknown_group_is_not_found(owner: Client, tallis: Assessment) -> None:
    assert owner.post(address(tallis), {"group": "everything"}).status_code == 404
    assert owner.post(address(tallis), {}).status_code == 404


def test_own_figures_reach_gates_efforts_and_money_and_are_listed(owner: Client, tallis: Assessment) -> None:
    before = report_of(tallis)
    own = {"minimum:dv_chg": 3, "effort:do_i_orchestrate": (1, 2), "day_rate": 800.0, "capacity_use": 0.4}
    set_figures(assessment=tallis, figures=own)
    after = report_of(tallis)
    assert before.changed is None
    assert after.changed
    assert after.changed.heading == "Four figures are changed"
    assert {(row.title, row.edition, row.own) for row in after.changed.rows} == {
        ("Day rate", "none", "800 a day"),
        ("Share of freed time that reaches the plan", "80\N{NO-BREAK SPACE}%", "40\N{NO-BREAK SPACE}%"),
        ("Change approval and security", "1 of 4", "3 of 4"),
        ("One scheduler, and runs you can repeat", "10 to 30 person-weeks", "1 to 2 person-weeks"),
    }
    assert after.budget
    assert after.budget.released
    assert after.budget.released.money
    assert before.headline != after.headline  # the foundation no longer holds
    assert "Here with figures of your own" in str([why.note for row in after.gates.rows for why in row.whys])


def test_a_rate_in_the_address_goes_before_the_stored_one(owner: Client, tallis: Assessment) -> None:
    set_figures(assessment=tallis, figures={"day_rate": 800.0, "budget": 100_000.0})
    stored = report_of(tallis).budget
    looked = report_of(tallis, day_rate=400).budget
    assert stored
    assert looked
    assert stored.affordable
    assert not looked.affordable


def test_figures_are_in_the_data_that_can_be_taken_along(owner: Client, tallis: Assessment) -> None:
    set_figures(assessment=tallis, figures={"effort:do_i_code": (1, 2), "capacity_use": 0.5})
    data = owner.get(reverse("assessments:data", args=[tallis.public_id])).json()
    assert data["figures"] == {"effort:do_i_code": [1, 2], "capacity_use": 0.5}
