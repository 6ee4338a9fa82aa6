"""The pages of sharing, and of what a workspace sets for its reports, for everybody and in invented languages."""

import re
from collections.abc import Iterator
from pprint import pformat
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from playwright.sync_api import Page

from assessments.milestones import keep
from assessments.models import Assessment, Membership
from tests.assessments.sharing.conftest import desk, owner
from tests.assessments.sharing.conftest import tallis as of_client
from tests.assessments.workspace.logos import picture
from tests.journeys.inspection import broken_in_any_theme, cut_off, flaws_in_markup
from tests.journeys.person import Visit
from tests.journeys.test_pseudo_locales import faults_at, literals
from tests.pseudo import LONG, MIRRORED, speaking

__all__ = ["desk", "of_client", "owner"]


PAGES = (
    "a/{a}/links/", "desk/{w}/branding/", "desk/{w}/offers/", "desk/{w}/defaults/", "desk/{w}/portfolio/", "a/{a}/result/",
    "{link}",
)  # fmt: skip


@pytest.fixture
def paths(desk: Browser, owner: Membership, of_client: Assessment) -> list[str]:
    """All pages of a workspace with a brand and of a report with a link, and what the link opens."""
    workspace = owner.workspace.public_id
    logo = SimpleUploadedFile("logo.png", picture(), "image/png")
    desk.post(f"/desk/{workspace}/branding/", {"name": "Kestrel Advisory", "accent": "#0b5d4e", "logo": logo})
    desk.post(f"/desk/{workspace}/offers/", {"dataops-managed": "Kestrel Advisory"})
    keep(assessment=of_client, name="Kestrel Advisory")
    form = {"label": "Kestrel Advisory", "days": "7", "passphrase": "long enough"}
    shown = desk.post(f"/a/{of_client.public_id}/links/", form).content.decode()
    link = re.search(r"s/[\w-]{43}/", shown)
    assert link
    return [each.format(a=of_client.public_id, w=workspace, link=link[0]) for each in PAGES]


def signed_in(visit: Visit, desk: Browser, **options: Any) -> Page:
    key = desk.cookies[settings.SESSION_COOKIE_NAME].value
    return visit(None, session=key, reduced_motion="reduce", **options)


def each_of(page: Page, paths: list[str]) -> Iterator[str]:
    for path in paths:
        answer = page.goto(f"/{path}")
        assert answer is not None
        assert answer.status == 200, path
        yield path


@pytest.mark.look
def test_no_rule_of_axe_is_broken_and_nothing_is_cut_off(
    visit: Visit, desk: Browser, paths: list[str]
) -> None:
    page = signed_in(visit, desk)
    broken, flawed, narrow = {}, {}, {}
    for path in each_of(page, paths):
        broken[path] = broken_in_any_theme(page)
        flawed[path] = [] if "result" in path else flaws_in_markup(page)  # a link in a drawing has no hash
        page.set_viewport_size({"width": 320, "height": 500})
        narrow[path] = cut_off(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    assert not any(broken.values()), broken
    assert not any(flawed.values()), flawed
    assert not any(narrow.values()), narrow


@pytest.mark.look
@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_every_word_comes_from_a_catalogue_and_longer_ones_fit(
    visit: Visit, desk: Browser, paths: list[str], language: str
) -> None:
    ours = re.compile("Kestrel Advisory|Tallis Software|Payments|Ana Keller|#\\w{6}")
    literal, broken = {}, {}
    with speaking(language) as headers:
        page = signed_in(visit, desk, extra_http_headers=headers)
        for path in each_of(page, [each for each in paths if "result" not in each]):
            broken[path] = faults_at(page)
            if language == LONG:
                literal[path] = literals(page, ours)
    assert not any(literal.values()), pformat(literal, width=160)
    assert not any(broken.values()), pformat(broken, width=160)
