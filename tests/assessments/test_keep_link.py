"""/a/<id>/keep/ and /keep/new/: the private link, shown and replaced."""

import re

from django.test import Client
from pytest_django.fixtures import Settings

from assessments.models import Assessment


def link_on(page: str) -> str:
    found = re.search(r'value="http://testserver(/r/[^"]+)"', page)
    assert found is not None
    return found[1]


def test_it_shows_the_link_and_its_code(visitor: Client, assessment: Assessment) -> None:
    page = visitor.get(f"/a/{assessment.public_id}/keep/").content.decode()
    assert len(link_on(page)) == len("/r/") + 43
    assert 'src="data:image/svg+xml' in page
    assert f'href="/a/{assessment.public_id}/q/stated/"' in page


def test_it_shows_the_same_link_again(visitor: Client, assessment: Assessment) -> None:
    first, again = (visitor.get(f"/a/{assessment.public_id}/keep/").content.decode() for _ in range(2))
    assert link_on(first) == link_on(again)


def test_replacing_it_ends_the_old_one(visitor: Client, client: Client, assessment: Assessment) -> None:
    old = link_on(visitor.get(f"/a/{assessment.public_id}/keep/").content.decode())
    response = visitor.post(f"/a/{assessment.public_id}/keep/new/")
    assert (response.status_code, response["Location"]) == (
        303,
        f"/a/{assessment.public_id}/keep/?replaced=1",
    )
    assert "The link is new" in visitor.get(response["Location"]).content.decode()
    new = link_on(visitor.get(f"/a/{assessment.public_id}/keep/").content.decode())
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_no_dead_link_is_shown_after_the_servers_key_was_replaced(
    visitor: Client, client: Client, assessment: Assessment, settings: Settings
) -> None:
    kept = link_on(visitor.get(f"/a/{assessment.public_id}/keep/").content.decode())
    stays = dict(visitor.session)
    settings.SECRET_KEY = "another key that is long enough to be one, or nearly so"
    session = visitor.session
    session.update(stays)
    session.save()
    page = visitor.get(f"/a/{assessment.public_id}/keep/").content.decode()
    assert "/r/" not in page
    assert "data:image" not in page
    assert "Make a new link" in page
    assert client.get(kept).status_code == 200, "what was handed out still works"
    visitor.post(f"/a/{assessment.public_id}/keep/new/")
    new = link_on(visitor.get(f"/a/{assessment.public_id}/keep/").content.decode())
    assert client.get(new).status_code == 200
    assert client.get(kept).status_code == 404


def test_a_public_address_in_the_settings_comes_before_the_one_that_was_asked(
    visitor: Client, assessment: Assessment, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://groundwork.example.com"
    page = visitor.get(f"/a/{assessment.public_id}/keep/").content.decode()
    assert re.search(r'value="https://groundwork\.example\.com/r/[\w-]{43}"', page)
    assert "testserver" not in page


def test_replacing_it_shuts_out_whoever_came_in_by_the_old_one(
    visitor: Client, client: Client, assessment: Assessment
) -> None:
    old = link_on(visitor.get(f"/a/{assessment.public_id}/keep/").content.decode())
    assert client.post(old).status_code == 303
    assert client.get(f"/a/{assessment.public_id}/").status_code == 200
    visitor.post(f"/a/{assessment.public_id}/keep/new/")
    assert client.get(f"/a/{assessment.public_id}/").status_code == 404
    assert client.get(f"/a/{assessment.public_id}/keep/").status_code == 404
    assert visitor.get(f"/a/{assessment.public_id}/").status_code == 200
