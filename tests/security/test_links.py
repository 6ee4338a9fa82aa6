"""Secret links: long enough, stored as a digest, and nothing tells a wrong one from one that was right once."""

import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from assessments.answering import delete_assessment
from assessments.handing_over import link_of as hand_over_link
from assessments.handing_over import make_code
from assessments.links import digest_of, link_of, replace_link
from assessments.models import Invitation, ShareLink, Workshop
from assessments.surveys import link_of as survey_link
from assessments.surveys import open_survey
from assessments.workshop.joining import end_workshop, join_link, open_workshop, stage_link
from tests.factories import AssessmentFactory, ClientFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

RUNS = 200
CLOSE = 0.005
"""Seconds."""
SECRET = "s" * 43


def ways() -> dict[str, str]:
    """A link of every kind that leads somewhere."""
    assessment = AssessmentFactory(client=ClientFactory())
    room = open_workshop(assessment=assessment, by=None)
    return {
        "private": link_of(assessment),
        "survey": str(survey_link(open_survey(request=None, assessment=AssessmentFactory()))),
        "hand over": str(hand_over_link(make_code(request=None, workspace=WorkspaceFactory()))),
        "stage": stage_link(room),
        "join": join_link(room),
    }


def test_every_secret_has_bits_enough_and_stands_in_no_row() -> None:
    secrets = {name: link.rstrip("/").rpartition("/")[2] for name, link in ways().items()}
    assert {name: len(each) for name, each in secrets.items()} == {
        "private": 43, "survey": 43, "hand over": 43, "stage": 43, "join": 22,
    }  # fmt: skip
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", each) for each in secrets.values())
    stored = "\n".join(
        repr(row) for model in apps.get_models() for row in model._default_manager.values_list()
    )
    assert [name for name, each in secrets.items() if each[:10] in stored] == []


def private() -> list[str]:
    replaced, deleted = AssessmentFactory(), AssessmentFactory()
    found = [f"/r/{'x' * 43}", link_of(replaced), link_of(deleted)]
    replace_link(assessment=replaced)
    delete_assessment(assessment=deleted)
    return found


def shared() -> list[str]:
    later, earlier = timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=1)
    for secret, expires in (("a" * 43, later), ("b" * 43, earlier)):
        ShareLink.objects.create(
            assessment=AssessmentFactory(), label="Board", digest=digest_of(secret), expires=expires
        )
    ShareLink.objects.filter(digest=digest_of("a" * 43)).update(revoked=timezone.now())
    return [f"/s/{each * 43}/" for each in "xab"]


def invited() -> list[str]:
    earlier = timezone.now() - timedelta(days=1)
    Invitation.objects.create(
        workspace=WorkspaceFactory(), email="a@example.com", role="viewer", digest=digest_of(SECRET), expires=earlier
    )  # fmt: skip
    return [f"/invitation/{'x' * 43}", f"/invitation/{SECRET}"]


def screens() -> list[str]:
    over = open_workshop(assessment=AssessmentFactory(), by=None)
    found = [f"/stage/{'x' * 43}/", stage_link(over)]
    end_workshop(workshop=over, by=None)
    Workshop.objects.filter(pk=over.pk).update(ended=timezone.now() - timedelta(days=2))
    return found


def same(page: bytes, address: str) -> bytes:
    """A page without its own address and without the token of its form for the appearance, new on every page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w{64}"', b"", page.replace(address.encode(), b""))


@pytest.mark.parametrize("links", [private, shared, invited, screens], ids=lambda each: each.__name__)
def test_nothing_tells_wrong_links_from_those_that_were_right_once(links: Callable[[], list[str]]) -> None:
    """Bodies to the letter, and the time it takes over 200 runs, taken by turns."""
    addresses, browser = links(), Client()
    answers = [browser.get(each) for each in addresses]
    assert {each.status_code for each in answers} == {404}
    assert len({same(each.content, at) for each, at in zip(answers, addresses, strict=True)}) == 1
    told = [{**each.headers, "X-Request-ID": ""} for each in answers]  # which is new each time
    assert len({str(sorted(each.items())) for each in told}) == 1
    taken: dict[str, list[float]] = {each: [] for each in addresses}
    for _ in range(RUNS):
        for each in addresses:
            begun = time.perf_counter()
            browser.get(each)
            taken[each].append(time.perf_counter() - begun)
    middle = [statistics.median(each) for each in taken.values()]
    assert max(middle) - min(middle) < CLOSE
