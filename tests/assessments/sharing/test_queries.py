"""How many database statements it takes to share, to read what is shared, and to set what a workspace says of itself."""

from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.access import READING_KEY
from assessments.links import digest_of
from assessments.logos import logo_from
from assessments.models import Assessment, Brand, Membership, ShareLink
from tests.assessments.workspace.logos import picture
from tests.plans import whole_reads
from tests.statements import asked

SHARING = {
    # Session, account and membership are three of each page of the desk; a transaction is two.
    "GET assessments:share_links": 4,
    "POST assessments:share_links": 11,
    "POST assessments:revoke_share": 9,
    "GET assessments:shared_link": 2,
    "POST assessments:shared_link": 14,
    "GET reports:shared": 12,
    "GET reports:shared_pdf": 35,  # with two counts of how many were made
    "GET reports:shared_whatif": 5,
    "GET assessments:brand_logo": 1,
    "GET assessments:brand_colours": 1,
    "GET assessments:branding": 5,
    "POST assessments:branding": 9,
    "POST assessments:unbrand": 7,
    "GET assessments:offers": 4,
    "POST assessments:offers": 9,
    "GET reports:defaults": 4,
    "POST reports:defaults": 9,
    "GET reports:client_data": 6,
    "GET reports:portfolio": 9,
    "GET reports:client_portfolio": 10,
}
"""PAGE -> queries. A name of an address, with its method."""

FORMS = {
    "POST assessments:share_links": {"label": "Board, December", "days": "30"},
    "POST assessments:branding": {"name": "Kestrel Advisory", "accent": "#0b5d4e"},
    "POST assessments:offers": {"devops-managed": "Pipeline Care"},
    "POST reports:defaults": {"group": "people", "capacity_use": "50"},
}

BY_A_READER = ("shared_link", "shared", "shared_pdf", "shared_whatif", "brand_logo", "brand_colours")
SHOWN_AT_ONCE = "POST assessments:share_links"
"""Its answer is a page, since the secret is kept nowhere."""

SECRET, MARK = "s" * 43, "m" * 22


@pytest.fixture
def link(owner: Membership, tallis: Assessment) -> ShareLink:
    """A link, and a brand with everything."""
    cache.clear()
    caches["fragments"].clear()
    logo = logo_from(picture())
    Brand.objects.create(
        workspace=owner.workspace, mark=MARK, name="Kestrel", accent="#0b5d4e", accent_dark="#7fd1b9",
        logo=logo.png, logo_width=logo.width, logo_height=logo.height,
    )  # fmt: skip
    expires = timezone.now() + timedelta(days=1)
    return ShareLink.objects.create(
        assessment=tallis, digest=digest_of(SECRET), label="Board", expires=expires
    )


@pytest.mark.parametrize("line", SHARING)
def test_a_page_takes_just_these_queries(line: str, desk: Browser, link: ShareLink) -> None:
    method, _, name = line.partition(" ")
    browser = _reader(link) if name.partition(":")[2] in BY_A_READER else desk
    address = reverse(name, kwargs=_places(name, link))
    with CaptureQueriesContext(connection) as taken:
        answer = browser.get(address) if method == "GET" else browser.post(address, FORMS.get(line, {}))
    assert answer.status_code == (303 if method == "POST" and line != SHOWN_AT_ONCE else 200)
    assert len(asked(taken)) == SHARING[line], "\n".join([line, *asked(taken)])
    assert not whole_reads(taken), line


def _reader(link: ShareLink) -> Browser:
    browser = Browser()
    session = browser.session
    session[READING_KEY] = [link.public_id]
    session.save()
    return browser


def _places(name: str, link: ShareLink) -> dict[str, str]:
    client = link.assessment.client
    assert client
    workspace = client.workspace.public_id
    match name.partition(":")[2]:
        case "share_links":
            return {"public_id": link.assessment.public_id}
        case "revoke_share":
            return {"public_id": link.assessment.public_id, "share": link.public_id}
        case "shared_link":
            return {"token": SECRET}
        case "brand_logo" | "brand_colours":
            return {"mark": MARK}
        case "client_portfolio" | "client_data":
            return {"workspace": workspace, "client": client.public_id}
        case "shared" | "shared_pdf" | "shared_whatif":
            return {"share": link.public_id}
        case _:
            return {"workspace": workspace}
