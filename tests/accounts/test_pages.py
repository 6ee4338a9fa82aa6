"""Every page of an account: ours in look and word, kept by no cache, and with forms that only we can have sent."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from assessments.accounts import urls
from tests.accounts.test_second_step import switch_on

GIVEN = {"key": "abc", "uidb36": "1", "pk": 1}


def addresses() -> list[str]:
    """Every address, with something in place of what differs."""
    found = []
    for each in urls.urlpatterns:
        assert isinstance(each, URLPattern)
        values = {name: GIVEN[name] for name in each.pattern.converters}
        found.append(reverse(str(each.name), kwargs=values))
    return found


FOREIGN = re.compile(
    r"allauth|two-factor|\bMFA\b|third-party|\bEmail\b|username|example\.com!|Enter the fields", re.IGNORECASE
)


@pytest.mark.parametrize("address", addresses())
@pytest.mark.parametrize("way", ["stranger", "signed in", "with a second step"])
def test_a_page_is_ours(signed: Client, address: str, way: str) -> None:
    if way == "with a second step":
        switch_on(signed)
    browser = Client() if way == "stranger" else signed
    response = browser.get(address)
    assert response.status_code in {200, 302, 403, 404}
    assert "no-store" in response["Cache-Control"]
    if response.status_code != 200 or "html" not in response["Content-Type"]:
        return
    page = response.content.decode()
    assert "css/account.css" in page, "one of our templates"
    assert re.search(r"<title>[^<]+ – Groundwork</title>", page)
    assert page.count("<h1") == page.count("<main") == 1
    words = re.sub(r"<script.*?</script>|<link[^>]*>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert not FOREIGN.search(words), FOREIGN.search(words)
    assert page.count('method="post"') == page.count('name="csrfmiddlewaretoken"')


@pytest.mark.parametrize("address", addresses())
def test_a_form_that_we_have_not_sent_is_refused(signed: Client, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed.cookies
    assert strict.post(address, {"login": "a", "email": "b@example.com"}).status_code in {403, 405}


def test_nothing_of_allauth_is_mounted_that_has_no_page_of_ours() -> None:
    names = {str(each) for each in get_resolver().reverse_dict if isinstance(each, str)}
    assert not {
        each
        for each in names
        if each.startswith(("socialaccount", "openid", "account_request", "account_confirm_login"))
    }
    assert "mfa_trust" not in names
