"""The consultant's main job, and the desk for eyes, ears, hands and screens of all kinds."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.accounts.models import User
from assessments.models import Assessment, Workspace
from tests.assessments.conftest import answer_everything
from tests.assessments.workspace.conftest import begun, finished
from tests.factories import ClientFactory, MembershipFactory, UserFactory, WorkspaceFactory, answered_like
from tests.journeys.conftest import holding, signed_in
from tests.journeys.desks import furnish, pages_of
from tests.journeys.inspection import flaws_of
from tests.journeys.person import Person, Visit


@pytest.fixture
def workspace(transactional_db: None) -> Workspace:
    return WorkspaceFactory(name="Keller Consulting")


@pytest.fixture
def ana(workspace: Workspace) -> User:
    user: User = MembershipFactory(
        workspace=workspace, user=UserFactory(email="ana@keller.example"), role="consultant"
    ).user
    return user


@pytest.fixture
def person(way: type[Person], visit: Visit, ana: User) -> Person:
    """Ana on the way to her desk."""
    return way.at(visit, None, session=signed_in(ana))


def at_the_desk(person: Person) -> None:
    person.page.goto("/desk/")
    person.look()


def test_from_signing_in_to_a_result_that_the_client_has_shared(person: Person) -> None:
    at_the_desk(person)
    person.arrives("No assessment on the desk")
    person.press("New assessment")
    person.arrives("New assessment")
    person.fill(person.page.get_by_role("combobox", name="Client"), "Kestrel Bank")
    person.fill("Unit", "Retail banking")
    person.choose("The client alone")
    person.press("Prepare it")
    person.arrives("Kestrel Bank")
    link = person.page.get_by_label("To copy and send").input_value()

    client = person.elsewhere(link)
    client.arrives("Keller Consulting asks you")
    client.press("Begin")
    client.arrives("What are your answers about?")
    client.go_on()
    client.arrives("Keep this link")
    assert client.page.get_by_label("Your private link").input_value() != link
    made = Assessment.objects.get()
    answer_everything(made)
    client.page.goto(f"/a/{made.public_id}/review/")

    person.page.goto("/desk/")
    person.arrives("One assessment, one with the client")
    expect(person.page.get_by_role("cell", name="Not shared with you")).to_be_visible()

    client.press("Show the result")
    client.page.wait_for_url("**/result/")
    client.look()
    client.press("Share with Keller Consulting")
    client.arrives("Share your answers with Keller Consulting?")
    client.press("Share with Keller Consulting")
    client.arrives("Check your answers")
    expect(client.page.get_by_text("Your answers are shared with")).to_be_visible()

    person.page.goto("/desk/")
    person.arrives("One assessment, one with a result")
    person.press(person.page.get_by_role("rowheader").get_by_role("link", name="Kestrel Bank"))
    person.page.wait_for_url("**/result/")
    person.look()
    person.press("To the desk")
    person.arrives("One assessment, one with a result")


def test_what_is_deleted_is_back_with_one_press(person: Person, workspace: Workspace) -> None:
    finished(ClientFactory(workspace=workspace, name="Kestrel Bank"), "Retail banking")
    at_the_desk(person)
    person.press("Manage")
    person.arrives("Kestrel Bank")
    person.press("Delete it")
    person.arrives("No assessment on the desk")
    person.press("Undo")
    person.arrives("One assessment, one with a result")
    expect(person.page.get_by_text("Back as it was")).to_be_visible()


def test_an_assessment_is_found_by_its_unit_and_opened(person: Person, workspace: Workspace) -> None:
    kestrel = ClientFactory(workspace=workspace, name="Kestrel Bank")
    finished(kestrel, "Retail banking")
    begun(kestrel, "Cards")
    at_the_desk(person)
    person.arrives("Two assessments")
    person.fill("Search client or unit", "cards")
    person.page.keyboard.press("Enter")
    expect(person.page.get_by_text("1 of 2, newest first")).to_be_visible()
    expect(person.page).to_have_url(re.compile("q=cards"))
    expect(person.page.get_by_role("row")).to_have_count(2)
    person.look()


def test_an_assessment_is_handed_over(person: Person, visit: Visit) -> None:
    at_the_desk(person)
    person.press(person.page.get_by_label("Desk").get_by_role("link", name="Inbox"))
    person.arrives("Nothing waits for you")
    person.press("Make a link")
    link = person.page.get_by_label("Works until").input_value()
    mine = answered_like("lumo", "Lumo")

    owner = type(person).at(visit, link, session=holding(mine))
    owner.arrives("Hand an assessment over to Keller Consulting")
    owner.choose("Lumo")
    owner.press(owner.page.get_by_role("button", name="Hand over to Keller Consulting"))
    expect(owner.page.get_by_text("1 assessment is handed over")).to_be_visible()

    person.page.goto("/desk/")
    person.press("1 assessment was handed over to you")
    person.arrives("One assessment, handed over to you")
    person.press("Take it")
    person.arrives("Lumo")
    person.press("Open the result")
    person.page.wait_for_url("**/result/")


def test_the_list_follows_what_is_typed_and_chosen(person: Person, workspace: Workspace) -> None:
    kestrel = ClientFactory(workspace=workspace, name="Kestrel Bank")
    finished(kestrel, "Retail banking")
    begun(ClientFactory(workspace=workspace, name="Harrow Pumps"))
    at_the_desk(person)
    page = person.page
    search = page.get_by_label("Search client or unit")
    if person.scripts:
        search.press_sequentially("kes")
    else:
        person.fill("Search client or unit", "kes")
        person.press("Show", exact=True)
    expect(page.locator("#said")).to_have_text("1 of 2, newest first")
    if person.scripts:
        expect(search).to_be_focused()
    page.wait_for_url(re.compile(r"[?&]q=kes"))
    page.get_by_label("State").select_option("answering")
    if not person.scripts:
        person.press("Show", exact=True)
    expect(page.get_by_role("heading", name="Nothing fits")).to_be_visible()
    person.look()
    page.go_back()
    expect(page.get_by_role("link", name="Kestrel Bank", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Harrow Pumps")).to_have_count(0)
    expect(search).to_have_value("kes")


# --- Every page ---------------------------------------------------------------------------------------------------------


LONG = "Verkehrsinfrastrukturfinanzierungsgesellschaft"


@pytest.fixture
def owner_of_much(transactional_db: None) -> User:
    """Somebody whose desk has something on every page, with long names."""
    return furnish(workspace="Keller Consulting", client=LONG, unit="W" * 80)


def every_page(visit: Visit, user: User, **options: Any) -> Iterator[tuple[str, Page]]:
    page = visit(None, session=signed_in(user), **options)
    for path in pages_of(user):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        yield path, page


@pytest.mark.look
@pytest.mark.long
def test_every_page_is_sound_in_any_theme_at_any_width(visit: Visit, owner_of_much: User) -> None:
    sizes = [(width, 800) for width in (320, 768, 1280)]
    pages = every_page(visit, owner_of_much, reduced_motion="reduce")
    assert {path: found for path, page in pages if (found := flaws_of(page, sizes))} == {}


def test_the_list_prints_without_what_is_pressed(visit: Visit, owner_of_much: User) -> None:
    page = visit("/desk/", session=signed_in(owner_of_much))
    page.emulate_media(media="print")
    for hidden in (".desk-filters", ".desk-nav", ".desk-list .more"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".legend")).to_be_visible()
    assert re.search("Verkehrs", page.locator("main").inner_text())
