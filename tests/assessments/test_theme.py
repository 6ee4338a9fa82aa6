"""POST /theme/: light, dark, or as the system says."""

import pytest
from django.test import Client


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_choice_is_in_the_first_html(client: Client, theme: str) -> None:
    response = client.post("/theme/", {"theme": theme, "next": "/privacy/"})
    assert (response.status_code, response["Location"]) == (303, "/privacy/")
    page = client.get("/privacy/").content.decode()
    assert f' data-theme="{theme}">' in page
    assert page.count('aria-pressed="true"') == 1


def test_system_takes_the_choice_back(client: Client) -> None:
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": "system"})
    assert "data-theme=" not in client.get("/").content.decode()


def test_anything_else_counts_as_system(client: Client) -> None:
    client.post("/theme/", {"theme": '"><script>'})
    page = client.get("/").content.decode()
    assert "data-theme=" not in page
    assert '"><script>' not in page


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "\\\\evil"]
)
def test_it_leads_to_no_other_site(client: Client, back: str) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": back})["Location"] == "/"
