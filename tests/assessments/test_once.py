"""Forms that make something make it once, however often they are sent."""

import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from assessments.models import ApiToken, Assessment, HandOverCode, Membership, ShareLink
from tests.factories import ClientFactory, MembershipFactory, answered_like

ONCE = re.compile(r'name="once" value="([\w-]+)"')


@pytest.fixture
def owner(db: None) -> Membership:
    return MembershipFactory(workspace__name="Kestrel Advisory")


@pytest.fixture
def desk(owner: Membership) -> Browser:
    browser = Browser()
    browser.force_login(owner.user)
    return browser


@pytest.fixture
def shared(owner: Membership) -> Assessment:
    made = answered_like("lumo", "Lumo")
    made.client = ClientFactory(workspace=owner.workspace)
    made.save()
    return made


FORMS: dict[str, tuple[str, dict[str, str], Callable[[], int]]] = {
    "a link to read": (
        "/a/{shared}/links/",
        {"label": "Board", "days": "30", "passphrase": "seven blue herons"},
        ShareLink.objects.count,
    ),
    "a key": ("/desk/{workspace}/keys/", {"name": "Tool", "scope": "read"}, ApiToken.objects.count),
    "an assessment": (
        "/desk/{workspace}/new/",
        {"client": "Pumps", "unit": "", "mode": "full", "who": "us"},
        lambda: Assessment.objects.filter(client__name="Pumps").count(),
    ),
    "a link for handing over": (
        "/desk/{workspace}/inbox/ -> /desk/{workspace}/inbox/link/",
        {},
        HandOverCode.objects.count,
    ),
}


@pytest.mark.parametrize("what", FORMS)
def test_sent_twice_it_makes_one(what: str, desk: Browser, owner: Membership, shared: Assessment) -> None:
    addresses, fields, made = FORMS[what]
    page, _, target = addresses.format(
        workspace=owner.workspace.public_id, shared=shared.public_id
    ).partition(" -> ")
    found = ONCE.search(desk.get(page).content.decode())
    assert found
    sent = {**fields, "once": found[1]}
    first, second = (desk.post(target or page, sent) for _ in range(2))
    assert first.status_code == second.status_code in (200, 303)
    assert first.headers.get("Location") == second.headers.get("Location")
    assert made() == 1
    again = ONCE.search(desk.get(page).content.decode())
    assert again
    desk.post(target or page, {**fields, "once": again[1]})
    assert made() == 2, "another page makes another one"


def test_the_second_answer_shows_the_same_secret(desk: Browser, shared: Assessment) -> None:
    page = f"/a/{shared.public_id}/links/"
    found = ONCE.search(desk.get(page).content.decode())
    assert found
    sent = {"label": "Board", "days": "30", "once": found[1]}
    links = [re.findall(r"/s/[\w-]{43}/", desk.post(page, sent).content.decode()) for _ in range(2)]
    assert links[0] == links[1] != []
    other = Browser()
    other.cookies.load({name: each.value for name, each in desk.cookies.items() if name != "csrf"})
    elsewhere = re.findall(r"/s/[\w-]{43}/", other.post(page, sent).content.decode())
    assert elsewhere != links[0], "the number alone tells nobody the secret"


GONE: dict[str, tuple[str, dict[str, str], str, type[ApiToken | HandOverCode]]] = {
    "a key": (
        "/desk/{workspace}/keys/",
        {"name": "Tool", "scope": "read"},
        "/desk/{workspace}/keys/{made}/remove/",
        ApiToken,
    ),
    "a link for handing over": (
        "/desk/{workspace}/inbox/ -> /desk/{workspace}/inbox/link/",
        {},
        "/desk/{workspace}/inbox/link/{made}/end/",
        HandOverCode,
    ),
}


@pytest.mark.parametrize("what", GONE)
def test_sent_once_more_it_brings_nothing_back_that_was_ended(
    what: str, desk: Browser, owner: Membership
) -> None:
    addresses, fields, end, kind = GONE[what]
    workspace = owner.workspace.public_id
    page, _, target = addresses.format(workspace=workspace).partition(" -> ")
    found = ONCE.search(desk.get(page).content.decode())
    assert found
    sent = {**fields, "once": found[1]}
    desk.post(target or page, sent)
    ended = kind.objects.get()
    desk.post(end.format(workspace=workspace, made=ended.public_id))
    assert not kind.objects.exists()
    desk.post(target or page, sent)
    made = kind.objects.get()
    assert made.digest != ended.digest, "the secret may have been ended because somebody knows it"
    assert made.public_id != ended.public_id
