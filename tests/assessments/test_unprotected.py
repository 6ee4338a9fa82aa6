"""The line that says when others in the network can read what somebody with an account types."""

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from assessments.http import passes_unprotected
from tests.factories import MembershipFactory

SAID = "others in this network can read what you type"


@pytest.mark.parametrize(
    ("host", "secure", "unprotected"),
    [
        ("groundwork.example.com", False, True),
        ("groundwork.example.com", True, False),
        ("192.168.0.20:8000", False, True),
        ("[fd00::7]:8000", False, True),
        ("localhost:8000", False, False),
        ("groundwork.localhost:8000", False, False),
        ("127.0.0.1:8000", False, False),
        ("127.8.8.8", False, False),
        ("[::1]:8000", False, False),
        ("localhost.example.com", False, True),
        ("127.0.0.1.example.com", False, True),
    ],
)
def test_plain_http_is_for_this_machine_alone(
    settings: Settings, host: str, secure: bool, unprotected: bool
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert passes_unprotected(RequestFactory().get("/", HTTP_HOST=host, secure=secure)) is unprotected


@pytest.fixture
def consultant(db: None) -> tuple[Client, str]:
    """A browser that is signed in, and the address of its desk."""
    membership, client = MembershipFactory(), Client()
    client.force_login(membership.user)
    return client, f"/desk/{membership.workspace.public_id}/"


def test_at_the_desk_and_before_a_password_is_typed(
    settings: Settings, consultant: tuple[Client, str]
) -> None:
    settings.ALLOWED_HOSTS = ["groundwork.example.com", "localhost"]
    client, desk = consultant
    for browser, page in ((client, desk), (client, "/account/"), (Client(), "/account/login/")):
        for host, secure, expected in (
            ("groundwork.example.com", False, True),
            ("groundwork.example.com", True, False),
            ("localhost", False, False),
        ):
            answer = browser.get(page, HTTP_HOST=host, secure=secure)
            assert answer.status_code == 200
            assert (SAID in answer.content.decode()) is expected, (page, host, secure)


def test_what_to_do_is_said_and_nobody_else_is_bothered(
    settings: Settings, consultant: tuple[Client, str]
) -> None:
    settings.ALLOWED_HOSTS = ["groundwork.example.com"]
    client, desk = consultant
    page = client.get(desk, HTTP_HOST="groundwork.example.com").content.decode()
    assert "<bdi>GROUNDWORK_HTTPS</bdi>" in page
    assert SAID not in Client().get("/", HTTP_HOST="groundwork.example.com").content.decode()
