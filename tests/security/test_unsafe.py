"""No address changes anything unless its form was sent from one of our pages."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from assessments.samples import samples, store_sample
from tests.assessments.test_access_table import MAY, World, brief_pdfs, expected
from tests.factories import MembershipFactory

__all__ = ["brief_pdfs"]

pytestmark = pytest.mark.django_db

UNSAFE = ("post", "put", "patch", "delete")

OPEN = {
    "assessments:violations",  # what a browser reports by itself; it is one line in the log
}
"""Addresses that take what no form of ours has sent. Programs come with a key instead, and no cookie lets them in."""

DERIVED = {
    "sessions.Session",
    "usersessions.UserSession",  # when somebody was last seen
    "assessments.Counter",
    "assessments.Digest",  # what the list shows, worked out anew where it is out of date
    "reports.MadePdf",
}
"""What looking may write: who was here, how often, and what was worked out from the rest."""


def every_pattern(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """The name of every address, with an example of it. Nobody is asked whether what stands in it exists."""
    for each in resolver.url_patterns:
        text = str(each.pattern)
        if isinstance(each, URLResolver):
            yield from every_pattern(each, before + text, each.namespace or space)
        elif isinstance(each, URLPattern):
            yield f"{space}:{each.name}", "/" + before + text


def example(pattern: str) -> str:
    """An address that fits a pattern."""
    parts = pattern.replace("<int:number>", "1").replace("<int:pk>", "1")
    found = "".join(
        piece if not number % 2 else "x"
        for number, piece in enumerate(parts.replace("<", "\0").replace(">", "\0").split("\0"))
    )
    return found.removesuffix("$").replace("^", "")


ALL = sorted({(name, pattern) for name, pattern in every_pattern(get_resolver()) if "(?P" not in pattern})


def test_the_walk_finds_the_addresses_of_every_part() -> None:
    spaces = {name.partition(":")[0] for name, _ in ALL}
    assert {"assessments", "reports", "api"} <= spaces
    assert set(MAY) <= {name for name, _ in ALL}
    assert any(name.endswith("account_login") for name, _ in ALL)


def refused(name: str) -> tuple[int, ...]:
    """With what an address refuses a form without its token."""
    if name.startswith("api:"):
        return 401, 403, 404, 405  # no cookie lets a program in
    if name == "assessments:branding":
        return 302, 404  # its token is checked once it is settled who may send a file
    return (403,)


def test_without_its_token_no_form_is_taken(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")
    browser, taken = Browser(enforce_csrf_checks=True, headers={"Origin": "https://evil.example"}), []
    for name, pattern in ALL:
        if name in OPEN:
            continue
        for method in UNSAFE:
            status = getattr(browser, method)(example(pattern)).status_code
            if status not in refused(name):
                taken.append((name, method, status))
    assert taken == []


def test_the_one_form_with_a_file_is_refused_to_its_owner_too() -> None:
    world = World()
    owner = Browser(enforce_csrf_checks=True)
    owner.force_login(MembershipFactory(workspace=world.workspace).user)
    before = checksum()
    assert owner.post(world.address_of("assessments:branding"), {"name": "Taken over"}).status_code == 403
    assert checksum() == before


def checksum() -> str:
    """Of all that is stored and does not follow from something else."""
    said = sha256()
    with connection.cursor() as cursor:
        for label, reading in readings().items():
            cursor.execute(reading)
            said.update(repr((label, cursor.fetchall())).encode())
    return said.hexdigest()


@cache
def readings() -> dict[str, str]:
    """For each kind of row the SQL that reads all of them: to write it takes longer than to read a few rows."""
    return {
        each._meta.label: str(each._default_manager.order_by("pk").values_list().query)
        for each in apps.get_models()
        if each._meta.label not in DERIVED
    }


@pytest.mark.usefixtures("brief_pdfs")
def test_looking_changes_nothing() -> None:
    store_sample(next(each for each in samples() if each.slug == "lumo"))
    world = World()
    browsers = world.browsers()
    before, changed = checksum(), []
    for name in MAY:
        for who in ("stranger", "holder", "reader", "phone", "owner"):
            if "in" not in expected(who, name):
                continue
            status = browsers[who].get(world.address_of(name)).status_code
            assert status < 500
            if checksum() != before:
                changed.append((name, who, status))
                before = checksum()
    assert changed == []
