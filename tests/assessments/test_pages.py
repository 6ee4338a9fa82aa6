"""The pages beside every journey, and those for mistakes."""

import re

import pytest
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.views.defaults import bad_request, permission_denied, server_error

from advisor.engine.playbook import Playbook


def test_the_method_page_prints_every_rule_and_source(client: Client, playbook: Playbook) -> None:
    page = client.get("/method/").content.decode()
    for rule in playbook.rules:
        assert f">{rule.id}<" in page
    for source in playbook.sources:
        assert f">{source.id}<" in page
    assert f"edition {playbook.edition}" in page


def test_the_privacy_page_promises_only_what_is_so(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    assert "deleted 30 days after it was last used" in page
    assert "looking at a page does not count" in page
    assert "nothing is deleted by itself" not in page


def test_the_accessibility_page_names_its_standard(client: Client) -> None:
    assert "WCAG 2.2" in client.get("/accessibility/").content.decode()


def test_the_licence_page_prints_the_licence(client: Client) -> None:
    page = client.get("/licence/").content.decode()
    assert (
        "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"
        in page
    )
    assert "SIL Open Font License" in page
    for font in ("BricolageGrotesque", "SourceSans3", "IBMPlexMono"):
        assert find(f"fonts/OFL-{font}.txt") is not None
        assert f"OFL-{font}" in page


def test_every_page_leads_to_the_licence(client: Client) -> None:
    assert 'href="/licence/"' in client.get("/privacy/").content.decode()


def test_a_page_that_is_not_there_says_so_in_our_look(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "We cannot find this page" in response.content.decode()


def test_the_other_mistakes_have_pages_too(client: Client) -> None:
    request = HttpRequest()
    request.META["SERVER_NAME"], request.META["SERVER_PORT"] = "testserver", "80"
    for view, code in ((bad_request, 400), (permission_denied, 403)):
        response = view(request, Exception("x"))
        assert response.status_code == code
        assert '<header class="header">' in response.content.decode()
    assert "on our side" in server_error(request).content.decode()


def test_the_page_for_a_broken_server_needs_no_request() -> None:
    assert "on our side" in render_to_string("500.html")


@pytest.mark.parametrize(
    "url", ["/", "/method/", "/privacy/", "/accessibility/", "/licence/", "/left/", "/deleted/", "/nowhere/"]
)
def test_every_page_has_its_landmarks(client: Client, url: str) -> None:
    page = client.get(url).content.decode()
    assert re.search(r'<html lang="en" dir="ltr">', page)
    assert page.count("<h1") == page.count("<main") == page.count("<header") == 1
    assert page.index('class="skip-link"') < page.index("<header")


def test_security_headers_are_on_every_page(client: Client) -> None:
    headers = client.get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
