"""Wherever somebody is about to enter or pass something on, a link says what becomes of it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

WHERE = (
    "assessments/wizard/landing.html", "assessments/wizard/scope.html", "sharing/share.html", "sharing/open.html",
    "survey/take_part.html", "desk/join.html", "account/signup.html",
)  # fmt: skip


@pytest.mark.parametrize("template", WHERE)
def test_the_page_links_to_what_is_stored(template: str) -> None:
    text = (Path(settings.BASE_DIR) / "templates" / template).read_text(encoding="utf-8")
    assert '{% include "_stored.html" %}' in text


def test_the_link_leads_to_the_page_about_privacy(client: Client, db: None) -> None:
    found = re.search(r'<a href="([^"]+)">What is stored', client.get("/").content.decode())
    assert found is not None
    assert "What Groundwork stores about you" in client.get(found[1]).content.decode()
