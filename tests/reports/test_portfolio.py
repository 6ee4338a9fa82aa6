"""/desk/<workspace>/portfolio/: many units side by side."""

import re
from typing import Any

import pytest
from cssselect2 import ElementWrapper
from django.core.cache import caches
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from assessments.answering import record_answer
from assessments.milestones import keep
from assessments.models import Answer, Assessment, Client, Membership
from assessments.playbooks import current
from assessments.samples import samples
from tests.assessments.sharing.conftest import desk, owner
from tests.assessments.sharing.conftest import tallis as of_client
from tests.factories import AssessmentFactory, ClientFactory, MembershipFactory

__all__ = ["desk", "of_client", "owner"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["fragments"].clear()


def address(owner: Membership) -> str:
    return f"/desk/{owner.workspace.public_id}/portfolio/"


def opened(browser: Browser, path: str) -> Any:
    answer = browser.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def css(page: Any, selector: str) -> list[Any]:
    """The elements below this one that a selector finds."""
    return [each.etree_element for each in ElementWrapper.from_html_root(page).query_all(selector)]


def rows(page: Any) -> list[str]:
    """The units from the top down."""
    return [each.text_content() for each in css(page, ".heat-grid tbody th.unit bdi")]


def unit(client: Client, name: str, slug: str = "lumo", **more: Any) -> Assessment:
    made: Assessment = AssessmentFactory(client=client, unit=name, **more)
    answers = next(each for each in samples() if each.slug == slug).answers
    Answer.objects.bulk_create(
        Answer(assessment=made, question=q, value=value) for q, value in answers.items()
    )
    return made


def test_a_row_holds_every_level_the_gates_and_the_bottleneck(
    desk: Browser, owner: Membership, of_client: Assessment
) -> None:
    page = opened(desk, address(owner))
    (row,) = css(page, ".heat-grid tbody tr:not(.client)")
    cells = css(row, "td.cell")
    stored = dict(of_client.answers.values_list("question", "value"))
    wanted = [stored[each.id] for layer in current().layers for each in current().capabilities_of[layer.id]]
    assert [css(each, "[aria-hidden]")[0].text_content() for each in cells] == [str(each) for each in wanted]
    assert [each.get("class") for each in cells] == [f"cell level-{each}" for each in wanted]
    assert [css(each, ".visually-hidden")[0].text_content() for each in cells] == [
        f"{each} of 4" for each in wanted
    ]
    gates = [each.text_content() for each in css(row, "td.gates title")]
    assert gates == ["DevOps: Gate open", "DataOps: Gate closed", "MLOps: Blocked"]
    assert css(row, "td.bottleneck")[0].text_content() == "DataOps"
    assert len(row) == 1 + 18 + 3
    assert len(css(page, "thead th.capability")) == 18


def test_nothing_is_averaged_or_ranked(desk: Browser, owner: Membership) -> None:
    for name, slug in (("Weak", "harrow-pumps"), ("Strong", "lumo"), ("Middle", "tallis-software")):
        unit(ClientFactory(workspace=owner.workspace, name=name), "", slug)
    page = opened(desk, address(owner))
    assert [each.text_content() for each in css(page, "tr.client bdi")] == ["Middle", "Strong", "Weak"]
    text = css(page, "main")[0].text_content()
    assert not re.search(r"\d\.\d|average|rank(?!ed)|score|best|worst", text)


def test_of_each_unit_the_newest_assessment_stands_there(desk: Browser, owner: Membership) -> None:
    client = ClientFactory(workspace=owner.workspace)
    unit(client, "Payments", "harrow-pumps")
    newest = unit(client, "Payments")
    unit(client, "Logistics")
    page = opened(desk, address(owner))
    assert rows(page) == ["Logistics", "Payments"]
    assert f"/a/{newest.public_id}/result/" in page.xpath("//th[@class='unit']//a/@href")


def test_what_is_put_aside_binned_or_kept_by_the_client_is_left_out(desk: Browser, owner: Membership) -> None:
    client = ClientFactory(workspace=owner.workspace)
    now = timezone.now()
    unit(client, "Here")
    unit(client, "Archived", archived=now)
    unit(client, "Binned", binned=now)
    unit(client, "Kept", kept_by_client=True)
    unit(ClientFactory(workspace=owner.workspace, archived=now), "Of an archived client")
    unit(ClientFactory(), "Of another workspace")
    assert rows(opened(desk, address(owner))) == ["Here"]


def test_one_client_can_be_looked_at_alone(desk: Browser, owner: Membership) -> None:
    one, two = (ClientFactory(workspace=owner.workspace, name=each) for each in ("One", "Two"))
    unit(one, "First")
    unit(two, "Second")
    chosen = desk.get(f"{address(owner)}?client={two.public_id}")
    assert chosen["Location"] == f"{address(owner)}{two.public_id}/"
    assert rows(opened(desk, chosen["Location"])) == ["Second"]
    foreign = ClientFactory()
    assert desk.get(f"{address(owner)}{foreign.public_id}/").status_code == 404
    assert desk.get(f"{address(owner)}?client={foreign.public_id}").status_code == 404
    assert desk.get(f"{address(owner)}?client=").status_code == 200


def test_an_empty_portfolio_says_what_will_stand_here(desk: Browser, owner: Membership) -> None:
    page = opened(desk, address(owner))
    assert css(page, "h1")[0].text_content() == "No unit to compare yet"
    assert not css(page, ".heat-grid")


def test_viewers_may_look_and_strangers_may_not(owner: Membership) -> None:
    viewer, stranger = Browser(), Browser()
    viewer.force_login(MembershipFactory(workspace=owner.workspace, role="viewer").user)
    stranger.force_login(MembershipFactory().user)
    assert viewer.get(address(owner)).status_code == 200
    assert stranger.get(address(owner)).status_code == 404
    assert Browser().get(address(owner)).status_code == 302


def test_milestones_show_how_gates_opened(desk: Browser, owner: Membership, of_client: Assessment) -> None:
    keep(assessment=of_client, name="Spring")
    for each in current().capabilities_of["dataops"]:
        record_answer(assessment=of_client, question=each.id, value=3)
    page = opened(desk, address(owner))
    (title,) = css(page, "td.since title")
    assert "Open gates at each milestone and today: 1, 2, of 3." in title.text_content()
    assert re.search(r"Passed since .*: DataOps\.", title.text_content())


def test_a_unit_without_milestones_says_so(desk: Browser, owner: Membership, of_client: Assessment) -> None:
    assert "no milestone yet" in css(opened(desk, address(owner)), "td.since")[0].text_content()


def test_a_change_shows_at_once(desk: Browser, owner: Membership, of_client: Assessment) -> None:
    opened(desk, address(owner))
    record_answer(assessment=of_client, question="dv_ci", value="unknown")
    of_client.unit = "Renamed"
    of_client.save(update_fields=["unit"])
    page = opened(desk, address(owner))
    assert css(page, "td.cell")[0].get("class") == "cell unknown"
    assert rows(page) == ["Renamed"]


def test_queries_do_not_grow_with_units(desk: Browser, owner: Membership) -> None:
    client = ClientFactory(workspace=owner.workspace)
    unit(client, "First")
    with CaptureQueriesContext(connection) as few:
        opened(desk, address(owner))
    for n in range(30):
        keep(assessment=unit(client, f"Unit {n}"), name="Then")
    with CaptureQueriesContext(connection) as many:
        page = opened(desk, address(owner))
    assert len(rows(page)) == 31
    assert len(many) == len(few)


def test_many_units_stand_on_several_pages(
    desk: Browser, owner: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.portfolio.A_PAGE", 2)
    client = ClientFactory(workspace=owner.workspace)
    for name in ("A", "B", "C"):
        unit(client, name)
    first, second = opened(desk, address(owner)), opened(desk, f"{address(owner)}?page=2")
    assert (rows(first), rows(second)) == (["A", "B"], ["C"])
    assert rows(opened(desk, f"{address(owner)}?page=nonsense")) == ["A", "B"]
    assert css(first, "h1")[0].text_content() == "Three units side by side"


def test_what_was_typed_is_text(desk: Browser, owner: Membership) -> None:
    unit(ClientFactory(workspace=owner.workspace, name="<b>Bold</b>"), "<script>alert(1)</script>")
    page = desk.get(address(owner)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>Bold</b>" not in page
