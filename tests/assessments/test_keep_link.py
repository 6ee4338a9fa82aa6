"""/a/<id>/keep/ and /keep/new/: the private link, shown and replaced."""

import re

from django.test import Client

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
    assert (response.status_code, response["Location"]) == (303, f"/a/{assessment.public_id}/keep/")
    new = link_on(visitor.get(f"/a/{assessment.public_id}/keep/").content.decode())
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
