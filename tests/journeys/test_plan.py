"""Somebody makes the plan their own: puts off, explains, names who, undoes, and finds it all in the report."""

from playwright.sync_api import expect

from assessments.models import Assessment
from assessments.planning import plan_changes
from tests.journeys.conftest import holding
from tests.journeys.inspection import broken_in_any_theme
from tests.journeys.person import Person, Visit

REASON = "The scheduler is bought in May"


def test_from_the_result_to_an_accepted_risk_and_back(
    way: type[Person], visit: Visit, tallis: Assessment
) -> None:
    somebody = way.at(visit, f"/a/{tallis.public_id}/result/", session=holding(tallis))
    page = somebody.page
    somebody.press("Change the plan")
    somebody.arrives("Make the plan yours")

    # a move that nothing depends on goes at once, and the way back is at hand
    somebody.press("To Later Know where critical data comes from and who may see it")
    expect(
        page.get_by_role("status").filter(has_text="Data catalogue").or_(page.locator("#moved"))
    ).to_be_visible()
    expect(page.locator("#slot-later ~ ol #move-do_i_lineage")).to_be_visible()
    somebody.press("Undo")
    expect(page.locator("#slot-next ~ ol #move-do_i_lineage")).to_be_visible()
    assert not plan_changes(tallis)

    # one that another needs wants a reason first
    somebody.press("To Next One scheduler, and runs you can repeat")
    expect(page.locator("#slot-next ~ ol #move-do_i_orchestrate")).to_be_visible()
    somebody.press("To Later One scheduler, and runs you can repeat")
    somebody.arrives("One scheduler, and runs you can repeat")
    somebody.press("Save", exact=True)
    somebody.arrives("One scheduler, and runs you can repeat")
    expect(page.get_by_role("alert")).to_contain_text("Enter why you accept this.")
    somebody.fill("Why this order is accepted", REASON)
    somebody.fill("Owner (optional)", "Ana Keller")
    somebody.fill("from", "5")
    somebody.fill("to", "8")
    somebody.press("Save", exact=True)
    somebody.arrives("Make the plan yours")
    expect(page.locator("#move-do_i_orchestrate")).to_contain_text(f"Accepted because: {REASON}")
    if somebody.scripts:
        assert not broken_in_any_theme(page)

    # and the report prints it, beside what was calculated
    page.goto(f"/a/{tallis.public_id}/result/#roadmap")
    roadmap = page.locator("section", has=page.locator("#roadmap"))
    expect(roadmap).to_contain_text("One accepted risk")
    expect(roadmap).to_contain_text(REASON)
    expect(roadmap).to_contain_text("was 10 to 30 person-weeks")

    somebody.press("Change the plan")
    somebody.press("Take all changes back")
    somebody.press("Take them back")
    somebody.arrives("Make the plan yours")
    assert not plan_changes(tallis)
