"""Somebody plays with levels in front of others, keeps what they like under a name, and finds it in the report."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from assessments.scenarios import scenarios_of
from tests.journeys.conftest import enter, holding
from tests.journeys.inspection import broken_in_any_theme
from tests.journeys.person import Person, Visit


def test_from_the_result_to_a_kept_plan_and_back(way: type[Person], visit: Visit, tallis: Assessment) -> None:
    somebody = way.at(visit, f"/a/{tallis.public_id}/result/", session=holding(tallis), staged=True)
    page = somebody.page
    somebody.press("What if …?", exact=True)
    somebody.arrives("What if …?")
    said = page.locator("#said")
    expect(said).to_contain_text("No level is changed yet")

    # one level, and the effect follows at once; without scripts after a button
    somebody.choose(page.locator("#do_orc-3"))
    if not somebody.scripts:
        somebody.press("Show what follows")
        somebody.arrives("What if …?")
    expect(said).to_contain_text("With one level changed, 36 person-weeks are behind you.")
    expect(page).to_have_url(f"{page.url.partition('/a/')[0]}/a/{tallis.public_id}/what-if/?do_orc=3")
    expect(page.locator("#outcome")).to_contain_text("Pipeline orchestration from 1 to 3")
    somebody.look()

    if somebody.scripts:
        _what_scripts_add(page)

    # what the advice itself names is one link away
    somebody.press("Open the DataOps gate")
    expect(said).to_contain_text("the DataOps gate opens, the bottleneck moves to MLOps")
    expect(page.locator("#do_tst-2")).to_be_checked()
    if somebody.scripts:
        assert not broken_in_any_theme(page)

    somebody.press("Save the plan")
    expect(page.get_by_role("alert")).to_contain_text("Enter a name for the plan")
    somebody.fill("Name of the plan", "Second <team>")
    somebody.press("Save the plan")
    expect(page.locator("#saved")).to_contain_text("Second <team>")
    somebody.look()
    assert [each.name for each in scenarios_of(tallis)] == ["Second <team>"]

    somebody.press("Today’s answers")
    expect(said).to_contain_text("No level is changed yet")
    somebody.press("Back to the result")
    expect(page.locator("section", has=page.locator("#scenarios"))).to_contain_text("78 person-weeks less")
    somebody.press("Look at it Second <team>")
    somebody.arrives("What if …?")
    expect(said).to_contain_text("With five levels changed")

    somebody.press("Delete Second <team>")
    somebody.arrives("Delete “Second <team>”?")
    somebody.press("Delete the plan")
    somebody.arrives("What if …?")
    assert not scenarios_of(tallis)


def _what_scripts_add(page: Page) -> None:
    """The focus stays where it is, what is being typed too, a lost connection is said, and Back leaves at once."""
    said = page.locator("#said")
    # In place from the start: what is asked right after a route was laid may still pass it by.
    line = {"cut": False}
    page.route("**/what-if/?*", lambda route: route.abort() if line["cut"] else route.continue_())
    page.locator("#dv_ci-today").focus()
    for level in (0, 1, 2):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#dv_ci-{level}")).to_be_focused()
    page.wait_for_url("**/what-if/?*dv_ci=2*")
    expect(page.locator("#outcome .marks")).to_contain_text("Version control, build and test")
    expect(page.locator("#dv_ci-2")).to_be_focused()
    page.get_by_label("Name of the plan").fill("Half a na")
    page.locator("#dv_ci-2").focus()
    line["cut"] = True
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("did not get through")
    line["cut"] = False
    page.keyboard.press("ArrowRight")
    expect(said).not_to_contain_text("did not get through")
    expect(page.get_by_label("Name of the plan")).to_have_value("Half a na")
    page.wait_for_url("**/what-if/?*dv_ci=4*")
    page.unroute("**/what-if/?*")
    page.reload()
    expect(page.locator("#dv_ci-4")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("What if")
    page.go_forward()
    page.get_by_label("Name of the plan").fill("")


@pytest.mark.parametrize(("width", "height"), [(390, 800), (320, 640), (1280, 720)])
def test_every_level_can_be_hit_with_a_thumb(
    visit: Visit, tallis: Assessment, width: int, height: int
) -> None:
    page = enter(visit, tallis, "what-if/", viewport={"width": width, "height": height})
    sizes = "[...document.querySelectorAll('.segment')].map(each => each.getBoundingClientRect())"
    boxes = page.evaluate(f"{sizes}.map(box => [box.width, box.height])")
    assert len(boxes) == 18 * 6
    assert min(high for _, high in boxes) >= 44
    assert min(wide for wide, _ in boxes) >= (44 if width >= 390 else 36)
