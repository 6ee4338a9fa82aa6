"""The way back into a room: an assessment whose workshop is under way leads there from the desk and from its questions."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from assessments.links import link_of
from assessments.models import Assessment, Client, Workshop, Workspace
from assessments.workshop.joining import end_workshop, join_link, open_workshop
from tests.assessments.workspace.conftest import SignIn, at, begun, finished
from tests.factories import PhoneFactory, WorkspaceFactory


@pytest.fixture
def workshop(kestrel: Client) -> Workshop:
    """Four people are in its room; one more waits outside, and one was taken out."""
    made = open_workshop(assessment=begun(kestrel, "Retail banking"), by=None)
    PhoneFactory.create_batch(4, workshop=made)
    PhoneFactory(workshop=made, admitted=False)
    PhoneFactory(workshop=made, removed=True)
    return made


def pages(browser: Browser, workspace: Workspace, assessment: Assessment) -> tuple[str, str, str]:
    """The desk, the assessment's page there, and its questions."""
    addresses = (
        at("desk", workspace),
        at("desk_assessment", workspace, assessment.public_id),
        f"/a/{assessment.public_id}/",
    )
    desk, details, questions = (browser.get(each).content.decode() for each in addresses)
    return desk, details, questions


def rows_of(browser: Browser, workspace: Workspace, query: str) -> str:
    """The rows of the list alone."""
    return browser.get(at("desk", workspace) + query).content.decode().partition("<tbody")[2]


def test_whoever_comes_back_in_mid_workshop_is_led_into_the_room(
    consultant: Browser, workspace: Workspace, workshop: Workshop
) -> None:
    room = f"/a/{workshop.assessment.public_id}/room/"
    desk, details, questions = pages(consultant, workspace, workshop.assessment)
    assert f'class="who"><a href="{room}">' in desk
    assert "<b>In the room now</b>" in desk
    assert f'<a class="button" href="{room}">Back to the room</a>' in details
    assert f'<a class="button" href="{room}">Back to the room</a>' in questions
    for page in (details, questions):
        assert "The room is open, and 4 people are in it." in page
    assert questions.count('class="button"') == 1, "the next open question is no rival to the room"


@pytest.mark.parametrize("over", ["ended", "left alone", "archived"])
def test_a_room_that_is_over_leads_nobody_back(
    consultant: Browser, workspace: Workspace, workshop: Workshop, over: str
) -> None:
    match over:
        case "ended":
            end_workshop(workshop=workshop, by=None)
        case "left alone":
            Workshop.objects.update(active=timezone.now() - timedelta(hours=12))
        case "archived":
            Assessment.objects.update(archived=timezone.now())
    desk, details, questions = pages(consultant, workspace, workshop.assessment)
    assert "<b>In the room now</b>" not in desk
    assert "Back to the room" not in details
    assert ("Back to the room" in questions) is (over == "archived"), "it can still be led from there"


def test_a_result_waits_while_people_talk_about_it(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = finished(kestrel)
    open_workshop(assessment=made, by=None)
    desk, details, _ = pages(consultant, workspace, made)
    assert f'class="who"><a href="/a/{made.public_id}/room/">' in desk
    assert "Back to the room" in details
    assert "Open the result" not in details
    for page in (desk, details):
        assert "Shown here after the workshop" in page
        assert "is the bottleneck" not in page


def test_the_desk_counts_and_finds_it_among_those_in_the_room_alone(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    finished(kestrel, "Cards")
    shown = finished(kestrel, "Retail banking")
    opened = open_workshop(assessment=shown, by=None)
    open_workshop(assessment=begun(kestrel, "Savings"), by=None)
    desk, *_ = pages(consultant, workspace, shown)
    assert "Three assessments, one with a result, two in the room now" in desk
    units = {
        query: {
            each
            for each in ("Cards", "Retail banking", "Savings")
            if each in rows_of(consultant, workspace, query)
        }
        for query in ("?state=room", "?state=ready", "?state=answering", "?found=dataops")
    }
    assert units == {
        "?state=room": {"Retail banking", "Savings"},
        "?state=ready": {"Cards"},
        "?state=answering": set(),
        "?found=dataops": {"Cards"},
    }
    end_workshop(workshop=opened, by=None)
    desk, *_ = pages(consultant, workspace, shown)
    assert "Three assessments, two with a result, one in the room now" in desk
    assert "Retail banking" in rows_of(consultant, workspace, "?found=dataops")


def test_viewers_read_that_people_are_in_a_room_and_are_not_led_into_it(
    sign_in: SignIn, workspace: Workspace, workshop: Workshop
) -> None:
    desk = sign_in("viewer").get(at("desk", workspace)).content.decode()
    assert "<b>In the room now</b>" in desk
    assert "/room/" not in desk


def test_whoever_works_at_a_desk_is_not_told_to_keep_a_link(
    consultant: Browser, workspace: Workspace, workshop: Workshop
) -> None:
    address = f"/a/{workshop.assessment.public_id}/keep/?leaving=1"
    page = consultant.get(address).content.decode()
    assert "You find it again at your desk." in page
    assert "Keep this link" not in page
    assert str(link_of(workshop.assessment)) in page, "it is there for the client"


def test_a_consultant_of_another_house_keeps_the_link_like_everybody(
    sign_in: SignIn, workshop: Workshop
) -> None:
    browser = sign_in("consultant", WorkspaceFactory())
    browser.post(str(link_of(workshop.assessment)))
    page = browser.get(f"/a/{workshop.assessment.public_id}/keep/?leaving=1").content.decode()
    assert "Keep this link" in page
    assert "at your desk" not in page


def test_the_room_knows_whose_it_is_and_what_to_do_before(
    consultant: Browser, workspace: Workspace, kestrel: Client
) -> None:
    made = begun(kestrel, "Retail banking")
    room = f"/a/{made.public_id}/room/"
    before = consultant.get(room).content.decode()
    assert before.index(f"/a/{made.public_id}/sheet/organisation/") < before.index("Open the room</button>")
    assert ">Sign in<" not in before
    workshop = open_workshop(assessment=made, by=None)
    for page in (consultant.get(room), Browser().get(join_link(workshop))):
        assert "<bdi>Kestrel Bank</bdi>" in page.content.decode()
        assert "<bdi>Retail banking</bdi>" in page.content.decode()
