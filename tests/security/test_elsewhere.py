"""Nobody is led to another server, whatever an address or a host name says."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PLACES = (
    "https://evil.example/", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "http:evil.example", "https:/evil.example", "http:///evil.example", "javascript:alert(1)", "data:text/html,x", "ftp://evil.example",
    "/\t/evil.example", "\t//evil.example", " //evil.example", "/\n/evil.example", "https://testserver@evil.example",
    "https://testserver.evil.example", "https://evil.example#testserver", "https://evil.example?testserver", "//evil.example/%2f..",
    "https:evil.example", "HTTPS://EVIL.EXAMPLE", "//evil%E3%80%82example", "//ⓔvil.example", "",
)  # fmt: skip
HOSTS = (
    "evil.example", "localhost.evil.example", "evil.example:8000", "localhost@evil.example", "localhost:evil", "127.0.0.1.evil.example",
    "testserver evil.example", "testserver,evil.example", "[::1]evil.example", "evil.example/testserver", "", "\u2028evil.example",
)  # fmt: skip
SEEN = ("/", "/privacy/", "/account/login/", "/account/password/reset/", "/join/", "/nowhere/")


@pytest.mark.parametrize("place", PLACES)
def test_the_appearance_leads_back_to_this_server_alone(client: Client, place: str) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": place})
    assert answer.status_code == 303
    assert answer["Location"] == "/"


@pytest.mark.parametrize("place", PLACES)
def test_no_page_of_accounts_carries_it_along(client: Client, place: str) -> None:
    page = client.get("/account/login/", {"next": place}).content.decode()
    assert 'action="https://evil' not in page
    assert 'href="//evil' not in page
    assert 'href="https://evil' not in page


@pytest.mark.parametrize("host", HOSTS)
def test_a_poisoned_host_is_refused_everywhere(client: Client, host: str, mailoutbox: list[object]) -> None:
    for path in SEEN:
        answer = (
            client.get(path, headers={"Host": host}) if host else client.get(path, SERVER_NAME="evil.example")
        )
        assert answer.status_code == 400
        assert "evil" not in answer.content.decode()
    client.post(
        "/account/password/reset/", {"email": "ann@example.com"}, headers={"Host": host or "evil.example"}
    )
    assert mailoutbox == []


def test_another_header_names_no_host(client: Client) -> None:
    for header in (
        "X-Forwarded-Host",
        "X-Host",
        "X-Forwarded-Server",
        "Forwarded",
        "X-Original-URL",
        "X-Rewrite-URL",
    ):
        page = client.get("/privacy/", headers={header: "evil.example"})
        assert page.status_code == 200
        assert "evil.example" not in page.content.decode()


@pytest.mark.parametrize(
    "said",
    [
        "http://[::1",
        "http://[" + "a" * 30_000,
        "//[x]:y/",
        "http://testserver:port/",
        "\x00",
        "http://\u2100.example/",
    ],
)
@pytest.mark.parametrize(
    "path", ["/account/logout/", "/account/again/", "/start/", "/nowhere/", "/account/delete/"]
)
def test_a_page_that_nobody_can_have_come_from_is_none(client: Client, path: str, said: str) -> None:
    """Where a form is refused, and where somebody shall sign in first, a page leads back to the one before."""
    browser = Client(enforce_csrf_checks=True)
    for method in (browser.get, browser.post):
        assert method(path, headers={"Referer": said}).status_code < 500
